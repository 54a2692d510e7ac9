"""The rules and the calendar in force, as the plain objects that count with them."""

from datetime import date, timedelta

from deadlines.calendar import Calendar
from deadlines.counting import Count, Counting, Unit
from deadlines.models import CalendarDay, Duty, LegalRule
from deadlines.rules import Start, due_after, due_in_year


class NoRule(LookupError):
    """No rule of that code is in force and applied on the day."""


def calendar() -> Calendar:
    """The working-day calendar; one query."""
    return Calendar(day.as_special_day() for day in CalendarDay.objects.all())


def rule_on(code: str, day: date) -> LegalRule:
    """The row in force and applied on the day of the event. Raises NoRule."""
    rules = LegalRule.objects.filter(code=code, active=True, valid_from__lte=day)
    rule = rules.exclude(valid_to__lt=day).first()
    if rule is None:
        raise NoRule(code)
    return rule


def counted(rule: LegalRule, start: date, given: Calendar) -> Count:
    """The limit of the row for an event on `start`; of a fixed date, the one in that year."""
    if rule.start == Start.YEAR:
        return due_in_year(rule.as_rule(), start.year)
    return due_after(rule.as_rule(), start, given)


def asked_day(duty: Duty) -> date:
    """The day to aim at: the limit with its first day counted, lest anybody need the last one."""
    rule = duty.rule
    not_counted = rule.counting == Counting.CIVIL_CODE and rule.unit == Unit.DAY
    if not_counted and rule.start == Start.PERIOD and rule.number:
        return duty.start + timedelta(days=rule.number - 1)
    return duty.due
