"""One dataset's data of one period: what is done about it, step by step, by whom and when."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from deadlines.periods import Period
from demo.chance import seeded
from demo.history.events import Event, What
from demo.history.fates import Fate
from demo.history.office import leading_to, moments, working_day_from, working_days
from demo.model import DemoDataset
from demo.people import DATA_AUTHORITY, email_of

RETURN_REASON = "Số liệu của một số xã chưa khớp với báo cáo quý, đề nghị rà soát lại."
NOTHING_REASON = "Trong kỳ không phát sinh số liệu mới (nội dung minh hoạ)."
EXTENSION_REASON = "Phần mềm chuyên ngành đang nâng cấp, chưa kết xuất được số liệu (minh hoạ)."
REFUSAL_REASON = "Lý do chưa đủ căn cứ, đề nghị cập nhật ngay trong kỳ (minh hoạ)."
WAIVER_REASON = "Đang rà soát, hợp nhất bộ dữ liệu trong kỳ này (nội dung minh hoạ)."
CLOSING_DAYS = 30  # after the last day, as the rule round_closing has it
RECENT = 12  # days: what waits now was begun lately
DELIVERY = (What.UPLOAD, What.SUBMIT, What.PUBLISH)


@dataclass(frozen=True)
class Case:
    """`due`: the last day by the law; `registered`: the day of registration."""

    dataset: DemoDataset
    period: Period
    registered: date
    due: date
    fate: Fate
    now: datetime

    @property
    def start(self) -> date:
        """From when on it can be delivered: the period is over, the dataset there."""
        return max(self.period.next().first_day, self.registered) + timedelta(days=1)

    def chance(self, purpose: str) -> random.Random:
        return seeded(self.dataset.slug, self.period.code, purpose)


def events_of(case: Case) -> list[Event]:
    """In order. Those that lie after `now` are among them."""
    return _COURSES[case.fate](case)


def _earlier(case: Case) -> list[Event]:
    day = case.registered + timedelta(days=case.chance("days").randint(2, 12))
    return _delivered(case, working_day_from(day))


def _on_time(case: Case) -> list[Event]:
    return _delivered(case, _some_day(case, case.start, case.due))


def _late(case: Case) -> list[Event]:
    first = case.due + timedelta(days=1)
    return _delivered(case, _some_day(case, first, case.due + timedelta(days=18)))


def _after_closing(case: Case) -> list[Event]:
    closed = case.due + timedelta(days=CLOSING_DAYS)
    return _delivered(
        case, _some_day(case, closed + timedelta(days=2), closed + timedelta(days=28))
    )


def _missing(case: Case) -> list[Event]:
    return []


def _nothing(case: Case) -> list[Event]:
    signed = _some_day(case, case.start, case.due)
    days = leading_to(case.chance("declared"), signed, steps=2, after=case.start)
    steps = (What.DECLARE_NOTHING, What.SIGN_NOTHING)
    return _steps(case, steps, days, reason=NOTHING_REASON)


def _extended(case: Case) -> list[Event]:
    return _with_extension(case, case.chance("until").randint(10, 20))


def _extended_past_closing(case: Case) -> list[Event]:
    return _with_extension(case, CLOSING_DAYS + case.chance("until").randint(6, 14))


def _with_extension(case: Case, days_more: int) -> list[Event]:
    until = working_day_from(case.due + timedelta(days=days_more))
    asked = _asked(case, (What.ASK_EXTENSION, What.EXTEND), until)
    # Late in the time that was given, or it would not have been needed.
    day = _some_day(case, until - timedelta(days=8), until)
    return asked + _delivered(case, day, after=case.due + timedelta(days=1))


def _refused(case: Case) -> list[Event]:
    until = working_day_from(case.due + timedelta(days=15))
    return _asked(case, (What.ASK_EXTENSION, What.REFUSE_EXTENSION), until) + _late(case)


def _waived(case: Case) -> list[Event]:
    day = _some_day(case, case.start + timedelta(days=3), case.due)
    return _steps(case, (What.WAIVE,), [day], reason=WAIVER_REASON, document=_document(case))


def _asked(case: Case, steps: Sequence[What], until: date) -> list[Event]:
    """Asked and answered before the last day."""
    answered = _some_day(case, case.start + timedelta(days=4), case.due, "answered")
    days = leading_to(case.chance("asked"), answered, steps=2, after=case.start)
    return _steps(case, steps, days, reason=EXTENSION_REASON, document=_document(case), until=until)


def _submitted(case: Case) -> list[Event]:
    return _delivered(case, _recent_day(case), DELIVERY[:2])


def _ready(case: Case) -> list[Event]:
    return _delivered(case, _recent_day(case), DELIVERY[:1])


def _needs_fixing(case: Case) -> list[Event]:
    return _delivered(case, _recent_day(case), DELIVERY[:1], broken=True)


def _returned(case: Case) -> list[Event]:
    reason = case.dataset.story.reason_vi or RETURN_REASON
    steps = (What.UPLOAD, What.SUBMIT, What.RETURN)
    return _delivered(case, _recent_day(case), steps, reason=reason)


def _extension_waits(case: Case) -> list[Event]:
    day = _recent_day(case)
    until = working_day_from(max(day, case.due) + timedelta(days=20))
    return _steps(
        case,
        (What.ASK_EXTENSION,),
        [day],
        reason=EXTENSION_REASON,
        document=_document(case),
        until=until,
    )


def _nothing_waits(case: Case) -> list[Event]:
    return _steps(case, (What.DECLARE_NOTHING,), [_recent_day(case)], reason=NOTHING_REASON)


_COURSES: dict[Fate, Callable[[Case], list[Event]]] = {
    Fate.EARLIER: _earlier,
    Fate.ON_TIME: _on_time,
    Fate.LATE: _late,
    Fate.AFTER_CLOSING: _after_closing,
    Fate.MISSING: _missing,
    Fate.NOTHING: _nothing,
    Fate.EXTENDED: _extended,
    Fate.EXTENDED_PAST_CLOSING: _extended_past_closing,
    Fate.REFUSED: _refused,
    Fate.WAIVED: _waived,
    Fate.SUBMITTED: _submitted,
    Fate.READY: _ready,
    Fate.NEEDS_FIXING: _needs_fixing,
    Fate.RETURNED: _returned,
    Fate.EXTENSION_WAITS: _extension_waits,
    Fate.NOTHING_WAITS: _nothing_waits,
}


def _some_day(case: Case, first: date, last: date, purpose: str = "day") -> date:
    """A working day between the two; the next one after `first` where there is none."""
    return case.chance(purpose).choice(working_days(first, last) or [working_day_from(first)])


def _recent_day(case: Case) -> date:
    """A working day not long ago on which the last step was taken, but after the period."""
    today = case.now.date()
    first = max(case.start, today - timedelta(days=RECENT))
    return _some_day(case, first, max(first, today - timedelta(days=1)))


def _delivered(
    case: Case,
    last: date,
    steps: Sequence[What] = DELIVERY,
    *,
    after: date | None = None,
    broken: bool = False,
    reason: str = "",
) -> list[Event]:
    """All tables go through the steps, the last of which is taken on the day `last`."""
    days = leading_to(case.chance("steps"), last, steps=len(steps), after=after or case.start)
    tables = [resource.name for resource in case.dataset.resources]
    done = [(step, table, day) for step, day in zip(steps, days, strict=True) for table in tables]
    at = moments(case.chance("minutes"), [day for _, _, day in done])
    return [
        _event(case, step, moment, table=table, broken=broken, reason=_said(step, reason))
        for (step, table, _), moment in zip(done, at, strict=True)
    ]


def _said(step: What, reason: str) -> str:
    return reason if step is What.RETURN else ""


def _steps(
    case: Case,
    steps: Sequence[What],
    days: Sequence[date],
    *,
    reason: str,
    document: str = "",
    until: date | None = None,
) -> list[Event]:
    """Steps about the duty itself; a refusal has a reason of its own."""
    at = moments(case.chance("asking"), days)
    return [
        _event(
            case,
            step,
            moment,
            reason=REFUSAL_REASON if step is What.REFUSE_EXTENSION else reason,
            document=document,
            until=until,
        )
        for step, moment in zip(steps, at, strict=True)
    ]


def _event(
    case: Case,
    what: What,
    moment: datetime,
    *,
    table: str = "",
    reason: str = "",
    document: str = "",
    until: date | None = None,
    broken: bool = False,
) -> Event:
    agency = case.dataset.agency_key
    return Event(
        moment=moment,
        what=what,
        who=_who(what, agency),
        agency=agency,
        dataset=case.dataset.slug,
        table=table,
        period=case.period.code,
        reason=reason,
        document=document,
        until=until,
        broken=broken,
    )


def _who(what: What, agency: str) -> str:
    if what in (What.EXTEND, What.REFUSE_EXTENSION, What.WAIVE):
        return email_of("ict_leader", DATA_AUTHORITY)
    deciding = (What.PUBLISH, What.RETURN, What.SIGN_NOTHING)
    return email_of("approver" if what in deciding else "contributor", agency)


def _document(case: Case) -> str:
    return f"văn bản minh hoạ số {case.chance('document').randint(11, 989)}/MH"
