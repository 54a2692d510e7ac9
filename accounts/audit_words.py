"""Putting the audit trail into words.

Each app declares its actions, the names of the facts it records and how their values read; the trail
itself keeps codes, so that the same row reads in Vietnamese or English. A code nobody declares any
more is shown as it is: the trail outlives the code that wrote it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import AuditEvent

ValueWords = Callable[[Any], str]
LabelWords = Callable[[str], str]

_actions: dict[str, Promise] = {}
_facts: dict[str, Promise] = {}
_values: dict[str, ValueWords] = {}
_labels: dict[str, LabelWords] = {}


@dataclass(frozen=True)
class Change:
    """One changed fact in words; before and after are empty where there was none."""

    name: str
    before: str
    after: str


def declare_actions(words: Mapping[str, Promise]) -> None:
    """Action code → words. Raises ValueError for a code declared twice."""
    twice = _actions.keys() & words.keys()
    if twice:
        raise ValueError(f"audit actions declared twice: {sorted(twice)}")
    _actions.update(words)


def declare_facts(
    words: Mapping[str, Promise], values: Mapping[str, ValueWords] | None = None
) -> None:
    """Fact name → words; `values`: fact name → how its value reads."""
    _facts.update(words)
    _values.update(values or {})


def declare_labels(words: Mapping[str, LabelWords]) -> None:
    """Model name → how what was recorded as the name of such an object reads."""
    _labels.update(words)


def one_of(choices: Iterable[tuple[str, Any]]) -> ValueWords:
    """The words of a choice; a code no longer offered is shown as it is."""
    words = dict(choices)
    return lambda code: str(words.get(code, code))


def declared_actions() -> list[tuple[str, Promise]]:
    """Codes with their words, for a choice, in alphabetical order of the words."""
    return sorted(_actions.items(), key=lambda pair: str(pair[1]))


def action_words(code: str) -> str:
    return str(_actions.get(code, code))


def object_words(object_type: str) -> str:
    """The kind of object in words: "bộ dữ liệu"."""
    for model in apps.get_models():
        if model._meta.model_name == object_type:
            return str(model._meta.verbose_name)
    return object_type


def label_words(event: AuditEvent) -> str:
    """Which object it was."""
    words = _labels.get(event.object_type)
    return words(event.object_label) if words else event.object_label


def changes(event: AuditEvent) -> list[Change]:
    """What changed, fact by fact, in the order the facts were declared."""
    rank = {name: number for number, name in enumerate(_facts)}
    names = sorted(
        {*event.before, *event.after}, key=lambda name: (rank.get(name, len(rank)), name)
    )
    found = [
        Change(
            str(_facts.get(name, name)),
            _value_words(name, event.before[name]) if name in event.before else "",
            _value_words(name, event.after[name]) if name in event.after else "",
        )
        for name in names
    ]
    return [change for change in found if change.before or change.after]


def _value_words(name: str, value: Any) -> str:
    if value is None or value in ("", [], {}):
        return _("trống") if value is None else ""
    if name in _values:
        return _values[name](value)
    match value:
        case bool():
            return _("Có") if value else _("Không")
        case list():
            return ", ".join(_value_words("", one) for one in value)
        case dict():
            return "; ".join(f"{key}: {_value_words('', one)}" for key, one in value.items())
        case str():
            return _date_words(value) or value
        case _:
            return str(value)


def _date_words(text: str) -> str:
    """A date or moment as ISO text, the way a person writes it; empty for any other text."""
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        return ""
    if day is not None:
        return date_format(day, "d/m/Y")
    if moment is not None and moment.tzinfo is not None:
        return date_format(localtime(moment), "d/m/Y H:i")
    return ""
