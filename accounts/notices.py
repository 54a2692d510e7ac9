"""Putting notices into words.

Each app declares its kinds with `declare`; a notice keeps kind and facts, so that the same row reads
in Vietnamese or English.
"""

from collections.abc import Callable
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
_facts: dict[str, Callable[[Any], str]] = {}


def declare(kind: str, *, subject: Promise, body: Promise) -> None:
    """Register the words of one kind of notice. Raises ValueError for a kind declared twice."""
    if kind in _wordings:
        raise ValueError(f"notice kind declared twice: {kind}")
    _wordings[kind] = Wording(subject, body)


def declare_fact(name: str, words: Callable[[Any], str]) -> None:
    """How a fact of that name reads, in every notice; facts without this read as they are kept."""
    _facts[name] = words


def declared_kinds() -> frozenset[str]:
    return frozenset(_wordings)


def subject_of(notice: Notice) -> str:
    return _words(_wordings[notice.kind].subject, notice.facts)


def body_of(notice: Notice) -> str:
    return _words(_wordings[notice.kind].body, notice.facts)


def _words(template: Promise, facts: dict[str, Any]) -> str:
    read = {name: _facts[name](fact) if name in _facts else fact for name, fact in facts.items()}
    return str(template) % read
