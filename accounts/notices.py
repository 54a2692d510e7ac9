"""Putting notices into words.

Each app declares its kinds with `declare`; a notice keeps kind and facts, so that the same row reads
in Vietnamese or English.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from accounts.models import Notice


@dataclass(frozen=True)
class Wording:
    """Templates with %(fact)s places, from gettext_lazy."""

    subject: Promise
    body: Promise


_wordings: dict[str, Wording] = {}


def declare(kind: str, *, subject: Promise, body: Promise) -> None:
    """Register the words of one kind of notice. Raises ValueError for a kind declared twice."""
    if kind in _wordings:
        raise ValueError(f"notice kind declared twice: {kind}")
    _wordings[kind] = Wording(subject, body)


def declared_kinds() -> frozenset[str]:
    return frozenset(_wordings)


def subject_of(notice: Notice) -> str:
    return _words(_wordings[notice.kind].subject, notice.facts)


def body_of(notice: Notice) -> str:
    return _words(_wordings[notice.kind].body, notice.facts)


def _words(template: Promise, facts: dict[str, Any]) -> str:
    return str(template) % facts
