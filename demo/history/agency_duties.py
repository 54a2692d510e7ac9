"""What approvers do once in a while: review the list of open data, assess the year."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from deadlines.counting import Count
from deadlines.rules import Rule, due_after, due_in_year, read_rules, rule_on
from demo.chance import seeded
from demo.history.events import Event, What
from demo.history.office import CALENDAR, moments, working_day_from, working_days
from demo.people import email_of

RULES = read_rules()
LATE, MISSING = 0.10, 0.05  # shares; the rest is on time
REVIEW_NOTE = "Đã rà soát, danh mục dữ liệu mở không thay đổi (nội dung minh hoạ)."
ASSESSMENT_NOTE = "Đã tự kiểm tra, đánh giá dữ liệu của năm (nội dung minh hoạ)."
OPENS_BEFORE = timedelta(days=30)  # the self-assessment, as catalog.duty_kinds has it


def rule_in_force(code: str, day: date) -> Rule:
    """Raises LookupError where there is none."""
    rule = rule_on(RULES, code, day)
    if rule is None:
        raise LookupError(f"no rule {code} on {day}")
    return rule


def reviews(agency: str, first_open: date, now: datetime) -> Iterator[Event]:
    """One after another, each counted from the last, until one is not done or lies after `now`."""
    since = first_open
    while True:
        due = due_after(rule_in_force("open_data_list_review", since), since, CALENDAR).due
        day = _done_on(agency, f"review {due}", due, before=timedelta(days=25))
        if day is None:
            return
        event = _declared(What.REVIEW, agency, day, REVIEW_NOTE)
        if event.moment > now:
            return
        yield event
        since = day


def assessments(agency: str, years: Iterable[int]) -> Iterator[Event]:
    for year in years:
        due = assessed_by(year).due
        day = _done_on(agency, f"assessment {year}", due, before=timedelta(days=24))
        if day is not None:
            yield _declared(What.ASSESS, agency, day, ASSESSMENT_NOTE, str(year))


def assessed_by(year: int) -> Count:
    return due_in_year(rule_in_force("annual_self_assessment", date(year, 12, 1)), year)


def _done_on(agency: str, what: str, due: date, *, before: timedelta) -> date | None:
    """The day on which it is done: mostly in the days before the last one, else late or not at all."""
    chance = seeded(agency, what)
    drawn = chance.random()
    if drawn < MISSING:
        return None
    if drawn < MISSING + LATE:
        return working_day_from(due + timedelta(days=chance.randint(2, 24)))
    return chance.choice(working_days(due - before, due))


def _declared(what: What, agency: str, day: date, note: str, period: str = "") -> Event:
    [moment] = moments(seeded(agency, what, day.isoformat()), [day])
    return Event(
        moment, what, email_of("approver", agency), agency, period=period, reason=note,
        document=f"văn bản minh hoạ số {seeded(agency, day.isoformat()).randint(11, 989)}/MH",
    )  # fmt: skip
