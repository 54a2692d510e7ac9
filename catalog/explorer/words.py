"""Sentences with words from the data in them, which stay Vietnamese on an English page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Union


@dataclass(frozen=True)
class Words:
    """A sentence in the reader's language with {named} parts; `str()` is the sentence.

    A part that is a text comes from the data, one that is Words is the portal's again.
    """

    template: str
    parts: Mapping[str, Union[str, "Words"]] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template.format_map({name: str(part) for name, part in self.parts.items()})


def said(template: str, **parts: "str | Words") -> Words:
    return Words(template, parts)
