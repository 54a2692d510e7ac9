"""How an outcome is shown everywhere: shape, words, colour third."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from deadlines.distance import distance_of
from deadlines.duty_words import late_words, moved_words
from deadlines.models import Duty
from deadlines.outcomes import Outcome, outcome_of
from deadlines.period_words import period_name
from deadlines.periods import Period

NEAR = 5  # days before the last day from which a duty asks for attention

# Outcome → kind and icon of its tag. What is finished has no colour: the eye goes to what is left.
SHAPES = {
    Outcome.ON_TIME: ("ok", "tick"),
    Outcome.LATE: ("idle", "half"),
    Outcome.MISSING: ("bad", "warning"),
    Outcome.PENDING: ("info", "clock"),
    Outcome.WAIVED: ("idle", "pause"),
    Outcome.VOID: ("idle", "ring"),
}


@dataclass(frozen=True)
class Look:
    """Kind, icon and words of a tag (templates/components/tag.html)."""

    kind: str
    icon: str
    words: str


def look_of_outcome(outcome: Outcome) -> Look:
    """Of an outcome alone, as in a legend or a heading."""
    kind, icon = SHAPES[outcome]
    return Look(kind, icon, str(outcome.label))


def look_of_duty(duty: Duty, today: date | None = None) -> Look:
    """Of one duty as seen on a day, with its days: "Quá hạn 3 ngày"."""
    today = today or clock.today()
    outcome = outcome_of(duty, today)
    kind, icon = SHAPES[outcome]
    match outcome:
        case Outcome.ON_TIME:
            return _on_time(duty)
        case Outcome.LATE:
            return Look(kind, icon, _late_words(duty))
        case Outcome.MISSING:
            return Look(kind, icon, distance_of(duty, today).words)
        case Outcome.PENDING:
            return _pending(duty, today)
    return look_of_outcome(outcome)


def badge_of_duty(duty: Duty, today: date | None = None) -> Look:
    """Of one subject's newest duty, for a page about the subject: names the period where it is done."""
    look = look_of_duty(duty, today)
    outcome = outcome_of(duty, today or clock.today())
    period = period_name(Period.parse(duty.period))
    nothing = duty.how == Duty.How.NOTHING
    words = {
        Outcome.ON_TIME: _("Không phát sinh %(period)s") if nothing else _("Đúng kỳ %(period)s"),
        Outcome.LATE: _("Muộn, %(period)s"),
        Outcome.WAIVED: _("Được miễn %(period)s"),
    }.get(outcome)
    return replace(look, words=words % {"period": period}) if words else look


def _on_time(duty: Duty) -> Look:
    if duty.how == Duty.How.NOTHING:
        return Look("", "tick", _("Không phát sinh"))
    if duty.how == Duty.How.PULL:
        return Look("", "tick", _("Tự động, đúng hạn"))
    return Look("ok", "tick", _("Đúng hạn"))


def _late_words(duty: Duty) -> str:
    words = late_words(distance_of(duty, duty.fulfilled_on or duty.due))
    if duty.how == Duty.How.NOTHING:
        return _("Không phát sinh, khai %(late)s") % {"late": words.lower()}
    return words


def _pending(duty: Duty, today: date) -> Look:
    near, left = duty.days_left(today) <= NEAR, distance_of(duty, today)
    kind, icon = ("warn", "clock") if near else SHAPES[Outcome.PENDING]
    words = left.words
    if near and left.days:
        words = _("Sắp đến hạn: còn %(span)s") % {"span": left.span}
    if duty.extended_to:
        facts = {"until": moved_words(duty), "left": words[:1].lower() + words[1:]}
        words = _("%(until)s: %(left)s") % facts
    return Look(kind, icon, words)
