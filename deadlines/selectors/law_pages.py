"""The calendar of a year and the rules, as their pages show them."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models.functions import ExtractYear

from core import clock
from deadlines.calendar import Certainty
from deadlines.explanation import limit_words
from deadlines.models import CalendarDay, LegalRule
from deadlines.rules import Start


@dataclass(frozen=True)
class YearCalendar:
    """`months`: [(first day of the month, its rows)]; `certainty`: of the least sure row."""

    year: int
    months: list[tuple[date, list[CalendarDay]]]
    certainty: Certainty

    @property
    def is_certain(self) -> bool:
        return self.certainty is Certainty.HIGH


def calendar_of(year: int) -> YearCalendar:
    rows = list(CalendarDay.objects.filter(day__year=year))
    months = groupby(rows, key=lambda row: row.day.replace(day=1))
    certainty = min((row.certainty for row in rows), default=Certainty.UNKNOWN)
    return YearCalendar(year, [(first, list(days)) for first, days in months], Certainty(certainty))


def calendar_years() -> list[int]:
    """From the first year that has rows, or this one, to the one after the last, which waits for its own."""
    known = CalendarDay.objects.order_by().values_list(ExtractYear("day"), flat=True).distinct()
    years = {*known, clock.today().year}
    return [*range(min(years), max(years) + 2)]


@dataclass(frozen=True)
class RuleRow:
    """One row of a rule; `limit`: in the words of the law."""

    rule: LegalRule
    limit: str

    @property
    def is_in_force(self) -> bool:
        return self.rule.as_rule().is_valid_on(clock.today())

    @property
    def is_last(self) -> bool:
        """Nothing follows it yet, so it may be replaced."""
        return self.rule.valid_to is None


def rules_by_code() -> list[tuple[str, list[RuleRow]]]:
    """[(title, its rows, the newest first)]; one query. What agencies set themselves is no rule."""
    rows = (
        LegalRule.objects.exclude(start=Start.OWN)
        .order_by("code", "-valid_from")
        .select_related("created_by")
    )
    grouped = [list(found) for _code, found in groupby(rows, key=lambda rule: rule.code)]
    return [
        (found[0].title, [RuleRow(rule, limit_words(rule.as_rule())) for rule in found])
        for found in sorted(grouped, key=lambda found: found[-1].pk)
    ]
