from deadlines.models.calendar_day import CalendarDay
from deadlines.models.duty import Duty
from deadlines.models.legal_rule import LegalRule
from deadlines.models.petition import Petition
from deadlines.models.reminder import Reminder
from deadlines.models.round import Correction, Round, Standing
from deadlines.models.sweep import HOLDING, Doubt, Sweep

__all__ = [
    "HOLDING",
    "CalendarDay",
    "Correction",
    "Doubt",
    "Duty",
    "LegalRule",
    "Petition",
    "Reminder",
    "Round",
    "Standing",
    "Sweep",
]
