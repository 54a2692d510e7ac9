"""When something is due, from the command line.

    python -m deadlines due quarterly_update 2026Q4 --explain
    python -m deadlines due connection_account --request 2026-11-20 --consent 2026-11-23
    python -m deadlines due default_list_review --since 2024-02-29
    python -m deadlines due annual_self_assessment 2026 --counting on_or_before

Prints the date as the first line; exit code 1 and a sentence on standard error where there is none.
Uses the rules and the calendar that ship with the portal.
"""

import argparse
import sys
from datetime import date

from deadlines.calendar import Calendar, read_calendar
from deadlines.counting import Count, Counting
from deadlines.explanation import lines
from deadlines.periods import Period
from deadlines.rules import Rule, Start, due_after, due_for_period, due_in_year, read_rules, rule_on

EVENTS = ("request", "consent", "since")


class NoDate(Exception):
    """There is no due date; the message says why and what to give instead."""


def main(arguments: list[str] | None = None) -> int:
    """Answer one question. Returns the exit code."""
    given = _parser().parse_args(arguments)
    calendar = Calendar(read_calendar())
    try:
        rule, found = _answer(given, calendar)
    except NoDate as refusal:
        print(refusal, file=sys.stderr)
        return 1
    print(found.due.isoformat())
    if given.explain:
        print("\n".join(lines(rule, found, calendar)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m deadlines", description=__doc__.splitlines()[0]
    )
    questions = parser.add_subparsers(dest="question", required=True)
    due = questions.add_parser("due", help="the last day of a limit")
    due.add_argument("rule", help="code of the rule, e.g. quarterly_update")
    due.add_argument(
        "period", nargs="?", help="2026Q4, 2026-09 or 2026, for rules of a period or year"
    )
    for event in EVENTS:
        due.add_argument(f"--{event}", type=date.fromisoformat, metavar="YYYY-MM-DD")
    due.add_argument("--counting", choices=[*Counting])
    due.add_argument("--explain", action="store_true", help="the count day by day")
    return parser


def _answer(given: argparse.Namespace, calendar: Calendar) -> tuple[Rule, Count]:
    start = _kind_of(given.rule)
    _check_given(given, start)
    match start:
        case Start.PERIOD:
            period = _period(given.period)
            rule = _rule(given, period.next().first_day)
            if period.kind is not rule.period_kind:
                raise NoDate(f"“{period}” không phải là kỳ của quy định này.")
            return rule, due_for_period(rule, period, calendar)
        case Start.YEAR:
            year = _year(given.period)
            rule = _rule(given, date(year, 12, 31))
            return rule, due_in_year(rule, year)
        case Start.LATER_OF:
            event = max(given.request, given.consent)
        case Start.REQUEST:
            event = given.request
        case Start.SINCE:
            event = given.since
    rule = _rule(given, event)
    return rule, due_after(rule, event, calendar)


def _kind_of(code: str) -> Start:
    rules = read_rules()
    for rule in rules:
        if rule.code == code:
            return rule.start
    known = ", ".join(dict.fromkeys(rule.code for rule in rules))
    raise NoDate(f"Không có quy định “{code}”. Các quy định: {known}.")


def _check_given(given: argparse.Namespace, start: Start) -> None:
    """What the rule counts from has to be there, and nothing else."""
    needed = {
        Start.PERIOD: {"period"},
        Start.YEAR: {"period"},
        Start.LATER_OF: {"request", "consent"},
        Start.REQUEST: {"request"},
        Start.SINCE: {"since"},
    }[start]
    there = {name for name in ("period", *EVENTS) if getattr(given, name) is not None}
    for name in sorted(needed - there):
        raise NoDate(f"Hãy cho biết thêm {_spelled(name)}: thời hạn này được đếm từ đó.")
    for name in sorted(there - needed):
        raise NoDate(f"Hãy bỏ {_spelled(name)}: thời hạn này không đếm từ đó.")


def _spelled(name: str) -> str:
    return "kỳ (ví dụ 2026Q4)" if name == "period" else f"--{name} YYYY-MM-DD"


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError:
        raise NoDate(
            f"“{text}” không phải là kỳ. Hãy viết như 2026Q4, 2026-09 hoặc 2026."
        ) from None


def _year(text: str) -> int:
    if len(text) != 4 or not (text.isascii() and text.isdigit()):
        raise NoDate(f"“{text}” không phải là năm. Hãy viết như 2026.")
    return int(text)


def _rule(given: argparse.Namespace, event: date) -> Rule:
    """The row in force on the day of the event, counted as asked."""
    rule = rule_on(read_rules(), given.rule, event)
    if rule is None:
        raise NoDate(f"Ngày {event:%d/%m/%Y} quy định này không có hiệu lực: không có thời hạn.")
    if given.counting is None:
        return rule
    try:
        return rule.counted(Counting(given.counting))
    except ValueError:
        raise NoDate(f"Quy định này không đếm theo cách {given.counting}.") from None


if __name__ == "__main__":
    sys.exit(main())
