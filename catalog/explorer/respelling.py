"""Values asked for exactly that the table spells with other accents or capitals.

"bằng", "khác" and "là một trong" compare letter by letter; "chứa" does not. Who types "vinh" for "Vinh"
would be shown a count that is wrong without a word.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.explorer.asked_tables import asked_tables
from catalog.explorer.cells import TableColumn, shortened
from catalog.explorer.look import Look
from catalog.explorer.table_query import TableQuery
from catalog.tablepool import pool
from tables import Filter, TableUnavailable, TooBusy, TooSlow
from tables.querying.spellings import spellings

EXACT = ("eq", "ne", "in")
MOST_ASKED = 50  # typed values that are looked up


@dataclass(frozen=True)
class Respelling:
    """What was typed and is not in the table, what is, and the question with that in its place."""

    typed: list[str]
    found: list[str]
    query: TableQuery

    @property
    def typed_words(self) -> str:
        return _in_quotes(self.typed)

    @property
    def found_words(self) -> str:
        return _in_quotes(self.found)


def respelling(look: Look, columns: Sequence[TableColumn], total: int = 0) -> Respelling | None:
    """The spellings there are for values that are not; None where every value is, or none is alike.

    `total`: the rows found, where that is known. One question to the engine at most; where that takes
    too long nothing is proposed.
    """
    wanted = _doubtful(look.query, columns, total)
    if not wanted:
        return None
    try:
        alike = spellings(pool(), asked_tables(look), wanted)
    except (TooBusy, TooSlow, TableUnavailable):
        return None
    other = {
        (name, text): values
        for name, texts in alike.items()
        for text, values in texts.items()
        if values and text not in values
    }
    if not other:
        return None
    conditions = tuple(new for one in look.query.conditions for new in _respelled(one, other))
    found = list(dict.fromkeys(value for values in other.values() for value in values))
    typed = list(dict.fromkeys(text for _name, text in other))
    return Respelling(typed, found, replace(look.query, conditions=conditions, page=1))


def _doubtful(
    query: TableQuery, columns: Sequence[TableColumn], total: int
) -> dict[str, list[str]]:
    """Texts by column that may not be in the table as they are typed."""
    texts = {column.name for column in columns if column.type == "text" and not column.is_period}
    wanted: dict[str, list[str]] = {}
    asked = 0
    for one in query.conditions:
        if one.op not in EXACT or one.column not in texts or (one.op == "eq" and total):
            continue  # rows were found: the value is there
        known = wanted.setdefault(one.column, [])
        for text in _texts(one):
            if text not in known and asked < MOST_ASKED:
                known.append(text)
                asked += 1
    return {name: values for name, values in wanted.items() if values}


def _in_quotes(values: Sequence[str]) -> str:
    return ", ".join(f"“{shortened(value)}”" for value in values)


def _texts(condition: Filter) -> list[str]:
    given = condition.value if isinstance(condition.value, list) else [condition.value]
    return [unicodedata.normalize("NFC", str(value)) for value in given]


def _respelled(condition: Filter, other: dict[tuple[str, str], list[str]]) -> list[Filter]:
    """The condition with the table's spellings; "khác" once for each of them."""
    texts = _texts(condition) if condition.op in EXACT else []
    if not any((condition.column, text) in other for text in texts):
        return [condition]
    values = [value for text in texts for value in other.get((condition.column, text), [text])]
    values = list(dict.fromkeys(values))
    if condition.op == "ne":
        return [replace(condition, value=value) for value in values]
    if len(values) == 1 and condition.op == "eq":
        return [replace(condition, value=values[0])]
    return [replace(condition, op="in", value=values)]
