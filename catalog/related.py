"""What else there is about a dataset, told by the rooms that build on the catalogue.

The catalogue does not know them: each registers a function in its AppConfig.ready.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catalog.models import Dataset


@dataclass(frozen=True)
class Link:
    """`text` in the reader's language; `note` says what kind of thing it leads to."""

    text: str
    path: str
    note: str = ""


Finder = Callable[[Dataset], Iterable[Link]]
_finders: list[Finder] = []


def tell_of(finder: Finder) -> Finder:
    """Register what finds links; asked once for a page, it should cost one query."""
    _finders.append(finder)
    return finder


def links_about(dataset: Dataset) -> list[Link]:
    """Every link found, in the order in which the rooms registered."""
    return [link for finder in _finders for link in finder(dataset)]
