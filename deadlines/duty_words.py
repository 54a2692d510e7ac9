"""Duties in words, for pages, calendars and titles."""

from datetime import date

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from deadlines.distance import Distance, distance_of
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


def due_sentence(due: date, left: Distance) -> str:
    """How far the last day is away, for a heading."""
    facts = {"due": short_day(due), "weekday": weekday(due), "span": left.span}
    if left.days > 0:
        words = _("Còn %(span)s: hạn nộp hết ngày %(due)s (%(weekday)s)")
    elif left.days == 0:
        words = _("Hạn hôm nay: nộp trước 24 giờ ngày %(due)s (%(weekday)s)")
    else:
        words = _("Đã quá hạn %(span)s: hạn là hết ngày %(due)s (%(weekday)s)")
    return words % facts


def punctuality(duty: Duty) -> str:
    """Of a duty that is done: "Đúng hạn, trước hạn 3 ngày", "Muộn 2 ngày"; empty before that."""
    if duty.fulfilled_on is None:
        return ""
    early = distance_of(duty, duty.fulfilled_on)
    if early.days == 0:
        return _("Đúng hạn, trong ngày cuối")
    if early.days > 0:
        return _("Đúng hạn, trước hạn %(span)s") % {"span": early.span}
    return late_words(early)


def late_words(late: Distance) -> str:
    return _("Muộn %(span)s") % {"span": late.span}


def moved_words(duty: Duty) -> str:
    """Of a duty whose last day was moved, to when: "Gia hạn đến 30/10/2026"; empty of any other.

    A limit that stood still meanwhile was not given more time: its days were made up for.
    """
    if duty.extended_to is None:
        return ""
    stands = kind_of(duty.kind).stands_still
    words = _("Tạm dừng, lùi đến %(day)s") if stands else _("Gia hạn đến %(day)s")
    return words % {"day": short_day(duty.extended_to)}


def due_history(duty: Duty) -> str:
    """The first last day and the present one: "hạn ban đầu 15/10/2026, gia hạn đến 30/10/2026"."""
    moved = moved_words(duty)
    if not moved:
        return ""
    facts = {"first": short_day(duty.counted_due), "moved": moved[:1].lower() + moved[1:]}
    return _("hạn ban đầu %(first)s, %(moved)s") % facts


def short_day(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")
