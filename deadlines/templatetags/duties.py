"""Duties in templates."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from deadlines import duty_words, law
from deadlines.distance import Distance, distance_of
from deadlines.models import Duty

register = template.Library()

register.filter("duty_name", duty_words.duty_name)
register.filter("duty_full_name", duty_words.full_name)
register.filter("punctuality", duty_words.punctuality)
register.filter("due_history", duty_words.due_history)
register.filter("weekday", duty_words.weekday)


@register.filter
def due_sentence(duty: Duty) -> str:
    """How far its last day is away today."""
    return duty_words.due_sentence(duty.due, distance_of(duty, clock.today()))


@register.filter
def distance(duty: Duty) -> Distance:
    """From today to its last day."""
    return distance_of(duty, clock.today())


@register.filter
def asked_day(duty: Duty) -> date | None:
    """The day before the last one, to aim at; None where there is no such day or no time for it."""
    asked = law.asked_day(duty)
    in_time = not duty.extended_to and clock.today() <= asked < duty.due
    return asked if in_time else None


@register.inclusion_tag("components/crumbs.html")
def duty_crumbs(here: str, duty: Duty | None = None) -> dict[str, Any]:
    """The way to a page about a duty: one's own work, the duty, `here`."""
    crumbs = [(_("Việc của tôi"), reverse("work"))]
    if duty:
        crumbs.append((duty_words.full_name(duty), reverse("duty", args=[duty.pk])))
    return {"crumbs": [*crumbs, (here, "")]}
