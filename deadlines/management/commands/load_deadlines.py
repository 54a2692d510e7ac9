"""Load the rules and the working-day calendar that ship with the portal."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from deadlines.calendar import SpecialDay, read_calendar
from deadlines.counting import FixedDate
from deadlines.models import CalendarDay, LegalRule
from deadlines.rules import Rule, read_rules


class Command(BaseCommand):
    help = "Load time limits and the calendar. Can run again: rules and years already there stay."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        known = set(LegalRule.objects.values_list("code", flat=True))
        rules = [rule for rule in read_rules() if rule.code not in known]
        LegalRule.objects.bulk_create(map(_rule_row, rules))
        kept = {day.year for day in CalendarDay.objects.dates("day", "year")}
        days = [special for special in read_calendar() if special.day.year not in kept]
        CalendarDay.objects.bulk_create(map(_day_row, days))
        self.stdout.write(
            f"{LegalRule.objects.count()} rules, {CalendarDay.objects.count()} calendar days"
        )


def _rule_row(rule: Rule) -> LegalRule:
    row = LegalRule(
        code=rule.code,
        title_vi=rule.title_vi,
        title_en=rule.title_en,
        citation_vi=rule.citation_vi,
        start=rule.start,
        period_kind=rule.period_kind or "",
        counting=rule.limit.counting,
        valid_from=rule.valid_from,
        valid_to=rule.valid_to,
        active=rule.active,
    )
    if isinstance(rule.limit, FixedDate):
        row.month, row.day, row.rolls = rule.limit.month, rule.limit.day, False
    else:
        row.number, row.unit, row.rolls = rule.limit.number, rule.limit.unit, rule.limit.rolls
    return row


def _day_row(special: SpecialDay) -> CalendarDay:
    return CalendarDay(
        day=special.day,
        kind=special.kind,
        name_vi=special.name,
        certainty=special.certainty,
    )
