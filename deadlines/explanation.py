"""A count in words, day by day, for whoever asks why a date is what it is.

Plain Python and Vietnamese: the law's own language. Pages translate the sentences.
"""

from collections.abc import Iterator
from datetime import date

from deadlines.calendar import Calendar, Certainty, DayKind
from deadlines.counting import Count, Counting, FixedDate, Step, StepKind, Unit
from deadlines.rules import Rule

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
UNITS = {Unit.DAY: "ngày", Unit.WORKING_DAY: "ngày làm việc", Unit.MONTH: "tháng"}
DOUBTS = {
    Certainty.PROVISIONAL: "Lịch nghỉ của thời gian này mới là dự kiến: hạn có thể thay đổi.",
    Certainty.COMPUTED: "Lịch nghỉ của thời gian này được tính theo luật, chưa có thông báo chính thức.",
    Certainty.UNKNOWN: "Chưa có lịch nghỉ của thời gian này: mới chỉ trừ thứ Bảy, Chủ nhật.",
}


def lines(rule: Rule, found: Count, calendar: Calendar) -> Iterator[str]:
    """The rule, every day of the count, the end, and what is not certain."""
    yield f"{rule.title_vi}: {limit_words(rule)}, {rule.citation_vi}."
    for step in found.steps:
        yield f"  {_date_words(step.day)}: {step_words(step, rule, calendar)}"
    yield f"Hạn cuối: hết {_date_words(found.due)}."
    if found.certainty in DOUBTS:
        yield DOUBTS[found.certainty]


def step_words(step: Step, rule: Rule, calendar: Calendar) -> str:
    """What that day means for the count."""
    match step.kind:
        case StepKind.EVENT:
            return "ngày bắt đầu, không tính (Điều 147 Bộ luật Dân sự)"
        case StepKind.SKIPPED:
            return f"{day_off_words(step.day, calendar)}, không tính"
        case StepKind.ROLLED:
            return (
                f"{day_off_words(step.day, calendar)}, hạn chuyển sang ngày làm việc tiếp theo"
                " (khoản 5 Điều 148 Bộ luật Dân sự)"
            )
        case StepKind.FIXED:
            strict = rule.limit.counting is Counting.STRICT_BEFORE
            return "phải xong trước ngày này" if strict else "phải xong trong ngày này"
    return _counted_words(step, rule, calendar)


def day_off_words(day: date, calendar: Calendar) -> str:
    """Why nobody works on that day."""
    special = calendar.special(day)
    if special is None:
        return "nghỉ cuối tuần"
    words = {
        DayKind.HOLIDAY: "nghỉ lễ",
        DayKind.IN_LIEU_OFF: "nghỉ bù",
        DayKind.SWAP_OFF: "nghỉ hoán đổi",
    }
    return f"{words.get(special.kind, '')} ({special.name})".strip()


def _counted_words(step: Step, rule: Rule, calendar: Calendar) -> str:
    if isinstance(rule.limit, FixedDate):
        return ""
    words = f"{UNITS[rule.limit.unit]} thứ {step.number}"
    if rule.limit.unit is Unit.MONTH:
        return f"hết {words}"
    special = calendar.special(step.day)
    if special is not None and special.is_working:
        return f"{words} ({special.name})"
    return words


def limit_words(rule: Rule) -> str:
    """The limit itself: "15 ngày, không tính ngày đầu"."""
    if isinstance(rule.limit, FixedDate):
        before = "trước" if rule.limit.counting is Counting.STRICT_BEFORE else "chậm nhất"
        return f"{before} ngày {rule.limit.day:02}/{rule.limit.month:02} hằng năm"
    counted = (
        "không tính ngày đầu" if rule.limit.counting is Counting.CIVIL_CODE else "tính cả ngày đầu"
    )
    return f"{rule.limit.number:02} {UNITS[rule.limit.unit]}, {counted}"


def _date_words(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day:%d/%m/%Y}"
