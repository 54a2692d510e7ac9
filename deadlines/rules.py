"""Legal limits as rows: what is due, counted how, from which event, by which clause, since when."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from deadlines.calendar import Calendar
from deadlines.counting import Count, Counting, FixedDate, Limit, Unit, count, count_to
from deadlines.periods import Kind, Period

SHIPPED = Path(__file__).parent / "reference" / "rules.csv"


class Start(StrEnum):
    """The event a limit counts from."""

    PERIOD = "period"  # the first day of the period after the one the data are of
    LATER_OF = "later_of"  # the later of the request and the owner's consent
    REQUEST = "request"
    SINCE = "since"  # the last time it was done, or the day of a notice
    YEAR = "year"  # none: a fixed date of each year
    OWN = "own"  # the event an agency set itself a limit for: no law, no row the portal ships with


@dataclass(frozen=True)
class Rule:
    """One row; `valid_to` None: still in force. An inactive rule is kept but not applied."""

    code: str
    title_vi: str
    title_en: str
    citation_vi: str
    start: Start
    period_kind: Kind | None
    limit: Limit | FixedDate
    valid_from: date
    valid_to: date | None
    active: bool

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def counted(self, counting: Counting) -> "Rule":
        """The same rule under another way of counting. Raises ValueError where that cannot be."""
        return replace(self, limit=replace(self.limit, counting=counting))


def due_for_period(rule: Rule, period: Period, calendar: Calendar) -> Count:
    """For data of `period`: counted from the first day of the next one (Đ4.1b QĐ 22/2023).

    Raises ValueError for a period of another kind than the rule's.
    """
    if period.kind is not rule.period_kind:
        raise ValueError(f"{rule.code} is not for a {period.kind}")
    return due_after(rule, period.next().first_day, calendar)


def due_after(rule: Rule, event: date, calendar: Calendar) -> Count:
    """Counted from an event. Raises ValueError for a rule with a fixed date."""
    if isinstance(rule.limit, FixedDate):
        raise ValueError(f"{rule.code} has a fixed date")  # noqa: TRY004  no argument's type
    return count(rule.limit, event, calendar)


def due_in_year(rule: Rule, year: int) -> Count:
    """Raises ValueError for a rule that counts from an event."""
    if isinstance(rule.limit, Limit):
        raise ValueError(f"{rule.code} counts from an event")  # noqa: TRY004  no argument's type
    return count_to(rule.limit, year)


def rule_on(rules: Sequence[Rule], code: str, day: date) -> Rule | None:
    """The row of that code in force on the day of the event, active or not."""
    return next((rule for rule in rules if rule.code == code and rule.is_valid_on(day)), None)


def read_rules(path: Path = SHIPPED) -> list[Rule]:
    """The rows the portal ships with."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_rule(row) for row in csv.DictReader(file)]


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        code=row["code"],
        title_vi=row["title_vi"],
        title_en=row["title_en"],
        citation_vi=row["citation_vi"],
        start=Start(row["start"]),
        period_kind=Kind(row["period_kind"]) if row["period_kind"] else None,
        limit=_limit(row),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        active=row["active"] == "yes",
    )


def _limit(row: dict[str, str]) -> Limit | FixedDate:
    counting = Counting(row["counting"])
    if row["start"] == Start.YEAR:
        return FixedDate(int(row["month"]), int(row["day"]), counting)
    return Limit(int(row["number"]), Unit(row["unit"]), counting, row["rolls"] == "yes")
