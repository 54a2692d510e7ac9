"""Duties in words, for pages, calendars and titles."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from deadlines.explanation import WEEKDAYS
from deadlines.kinds import kind_of
from deadlines.models import Duty
from deadlines.period_words import period_name
from deadlines.periods import Period


def duty_name(duty: Duty) -> str:
    """What is to be done: the dataset, or the kind of deed where it is the agency's own."""
    kind = kind_of(duty.kind)
    if kind.in_progress:
        return duty.title
    if duty.subject == duty.agency.key:
        return str(kind.title)
    return f"{kind.title}: {duty.title}"


def full_name(duty: Duty) -> str:
    """With its period: "Trường học theo xã, Quý III/2026"."""
    return f"{duty_name(duty)}, {period_words(duty)}" if duty.period else duty_name(duty)


def period_words(duty: Duty) -> str:
    return period_name(Period.parse(duty.period)) if duty.period else ""


def weekday(day: date) -> str:
    """ "thứ Sáu", as documents write it inside a sentence; "Friday" on an English page."""
    vietnamese = get_language() == "vi"
    return WEEKDAYS[day.weekday()] if vietnamese else formats.date_format(day, "l")


def due_sentence(due: date, today: date) -> str:
    """How far the last day is away, for a heading."""
    days = (due - today).days
    facts = {"due": formats.date_format(due, "SHORT_DATE_FORMAT"), "weekday": weekday(due)}
    if days > 0:
        words = ngettext(
            "Còn %(days)s ngày: hạn nộp hết ngày %(due)s (%(weekday)s)",
            "Còn %(days)s ngày: hạn nộp hết ngày %(due)s (%(weekday)s)",
            days,
        )
    elif days == 0:
        words = _("Hạn hôm nay: nộp trước 24 giờ ngày %(due)s (%(weekday)s)")
    else:
        words = ngettext(
            "Đã quá hạn %(days)s ngày: hạn là hết ngày %(due)s (%(weekday)s)",
            "Đã quá hạn %(days)s ngày: hạn là hết ngày %(due)s (%(weekday)s)",
            -days,
        )
    return words % (facts | {"days": abs(days)})


def punctuality(duty: Duty) -> str:
    """Of a duty that is done: "Đúng hạn, trước hạn 3 ngày", "Muộn 2 ngày"; empty before that."""
    if duty.fulfilled_on is None:
        return ""
    early = (duty.due - duty.fulfilled_on).days
    if early == 0:
        return _("Đúng hạn, trong ngày cuối")
    if early > 0:
        words = ngettext(
            "Đúng hạn, trước hạn %(days)s ngày", "Đúng hạn, trước hạn %(days)s ngày", early
        )
    else:
        words = ngettext("Muộn %(days)s ngày", "Muộn %(days)s ngày", -early)
    return words % {"days": abs(early)}
