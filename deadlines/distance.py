"""How far a last day lies from another day, in the unit its limit counts in, and that in words.

Who has five working days reads how many working days are left, not how many nights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock
from deadlines import law
from deadlines.calendar import Calendar
from deadlines.counting import Unit, working_days
from deadlines.models import Duty


@dataclass(frozen=True)
class Distance:
    """`days` to go, less than nothing once the last day has passed; `unit`: DAY or WORKING_DAY."""

    days: int
    unit: Unit = Unit.DAY

    @property
    def span(self) -> str:
        """Without saying which way: "3 ngày", "3 ngày làm việc"."""
        days = abs(self.days)
        if self.unit == Unit.WORKING_DAY:
            words = ngettext("%(days)s ngày làm việc", "%(days)s ngày làm việc", days)
        else:
            words = ngettext("%(days)s ngày", "%(days)s ngày", days)
        return words % {"days": days}

    @property
    def words(self) -> str:
        """Beside other facts: "Còn 3 ngày làm việc", "Hạn hôm nay", "Quá hạn 2 ngày"."""
        if self.days == 0:
            return _("Hạn hôm nay")
        if self.days > 0:
            return _("Còn %(span)s") % {"span": self.span}
        return _("Quá hạn %(span)s") % {"span": self.span}


def days_to(due: date, day: date, unit: str, calendar: Calendar | None = None) -> Distance:
    """From `day` to `due`, for a limit in that unit; one query where a calendar is needed and not given.

    Over a weekend no working day passes: then days of the calendar say what there is to say.
    """
    plain = Distance((due - day).days)
    if unit != Unit.WORKING_DAY or not plain.days:
        return plain
    first, last = sorted((day, due))
    between = working_days(first, last, calendar or law.calendar())
    if not between:
        return plain
    return Distance(between if plain.days > 0 else -between, Unit.WORKING_DAY)


def working_days_left(duty: Duty, calendar: Calendar) -> int:
    """From today to the duty's last day in working days, whatever its limit counts; for spreadsheets."""
    today = clock.today()
    first, last = sorted((today, duty.due))
    between = working_days(first, last, calendar)
    return between if duty.due >= today else -between


def distance_of(duty: Duty, day: date) -> Distance:
    """From `day` to the duty's last day."""
    return days_to(duty.due, day, duty.rule.unit, duty.__dict__.get(LENT))


def calendar_for(duty: Duty) -> Calendar:
    """What was lent to it, else one query."""
    lent: Calendar | None = duty.__dict__.get(LENT)
    return lent or law.calendar()


def lend_calendar(duties: Iterable[Duty], calendar: Calendar | None = None) -> list[Duty]:
    """The duties, each with the calendar at hand where its limit needs one: one query for all, or none.

    Whoever lists duties lends it to them; their rules come with them (`select_related("rule")`).
    """
    listed = list(duties)
    counted = [duty for duty in listed if duty.rule.unit == Unit.WORKING_DAY]
    if counted:
        calendar = calendar or law.calendar()
        for duty in counted:
            duty.__dict__[LENT] = calendar
    return listed


LENT = "lent_calendar"
