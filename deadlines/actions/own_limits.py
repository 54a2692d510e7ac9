"""Limits that an agency sets itself, where the law sets none: a row for each length, made when first needed.

A duty keeps the row it was made under, so a length the agency changes later moves nothing that runs.
"""

from dataclasses import dataclass
from datetime import date

from deadlines.counting import Counting, Unit
from deadlines.models import LegalRule
from deadlines.rules import Start

BEFORE_EVERY_EVENT = date(2000, 1, 1)


@dataclass(frozen=True)
class OwnLimit:
    """So many working days from an event. `ground_vi` says whose limit it is, where a law would stand."""

    code: str
    title_vi: str
    title_en: str
    ground_vi: str


def rule_of(limit: OwnLimit, working_days: int) -> str:
    """The code of the rule of that length, for opening.open_for_event. Raises ValueError below one."""
    if working_days < 1:
        raise ValueError(f"a limit is one day or more, not {working_days}")
    row, _created = LegalRule.objects.get_or_create(
        code=f"{limit.code}_{working_days}",
        valid_from=BEFORE_EVERY_EVENT,
        defaults={
            "title_vi": limit.title_vi,
            "title_en": limit.title_en,
            "citation_vi": limit.ground_vi,
            "start": Start.OWN,
            "number": working_days,
            "unit": Unit.WORKING_DAY,
            "counting": Counting.CIVIL_CODE,
            "rolls": True,
        },
    )
    return row.code
