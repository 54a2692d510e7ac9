"""What stands on a map and in the list beside it, and what could not be placed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from catalog.explorer.asked_tables import asked_tables
from catalog.explorer.cells import TableColumn
from catalog.explorer.look import Look
from catalog.explorer.maps.geometry import Geometry
from catalog.explorer.maps.locating import Coordinates, Location
from catalog.tablepool import pool
from tables import Condition, Page, rows

MOST_FEATURES = 5_000  # drawn and listed; the downloads hold all
MOST_FACTS = 4  # columns told about a feature beside the one that names it
NAME_WORDS = frozenset({"ten", "name"})


@dataclass(frozen=True)
class Part:
    """A unit counted at a place: its name, its value in words, the address of its rows."""

    name: str
    words: str
    address: str


@dataclass(frozen=True)
class Feature:
    """Something on the map. `number` counts from 1 in the order of the list.

    `facts` belong to Features.labels, None where the cell is empty. `share` is the area of its circle
    beside the largest, from 0 to 1; None where it is no circle. `parts` are the units counted there.
    """

    number: int
    title: str
    facts: list[str | None]
    geometry: Geometry
    share: float | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return f"dt-{self.number}"


@dataclass(frozen=True)
class Features:
    """Those asked for of `drawn` on the map; `placed` could be drawn if there were room.

    Of the `rows` of the question, `unplaced` say nowhere where they lie and `wrong` say something
    that is no place in the province; `unread` were not looked at, `unvalued` have no value of what
    circles measure.
    """

    features: list[Feature]
    labels: list[str]
    drawn: int
    placed: int
    rows: int
    unplaced: int
    wrong: int
    unread: int = 0
    unvalued: int = 0

    @property
    def entries(self) -> list[tuple[Feature, list[tuple[str, str]]]]:
        """Each feature with what is told about it, empty cells left out."""
        return [
            (
                feature,
                [
                    (label, text)
                    for label, text in zip(self.labels, feature.facts, strict=True)
                    if text
                ],
            )
            for feature in self.features
        ]


def ask(look: Look, *more: Condition, **question: Any) -> Page:
    """The engine's answer about the rows the page is about that also fulfil `more`.

    Raises BadQuery, TooSlow, TableUnavailable.
    """
    query = look.query
    asked = replace(
        query.for_engine,
        search=query.search,
        filters=[*query.conditions, *more],
        **{"offset": 0, "limit": 1, **question},
    )
    return rows(pool(), asked_tables(look), asked)


def count(look: Look, *more: Condition) -> int:
    """How many rows the page is about, of those that fulfil `more`."""
    return ask(look, *more, sort=()).total or 0


def telling_columns(columns: Sequence[TableColumn], location: Location) -> list[TableColumn]:
    """The column that names a row, then the first others; none that only says where it lies.

    The name of the commune that many rows share names none of them: what does has about as many
    values as any other text.
    """
    placing = location.names if isinstance(location, Coordinates) else ()
    others = [
        column for column in columns if column.type != "geometry" and column.name not in placing
    ]
    texts = [column for column in others if column.type == "text"]
    most = max((column.distinct for column in texts), default=0)
    telling = [column for column in texts if 2 * column.distinct >= most]
    names = [column for column in telling if NAME_WORDS & set(column.name.split("_"))]
    first = next(iter(names or telling or others), None)
    if first is None:
        return []
    return [first, *[column for column in others if column is not first][:MOST_FACTS]]
