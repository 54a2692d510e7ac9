"""What narrows and orders a table, one chip each: a click takes it away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, shortened, value_writer
from catalog.explorer.look import Look
from catalog.explorer.refusals import ORDER, SEARCH, Refusal, reason_of
from catalog.explorer.table_query import OPERATIONS, WITHOUT_VALUE
from tables import Filter

Columns = Mapping[str, TableColumn]


@dataclass(frozen=True)
class Chip:
    """A part of the question in words, the address without it, and why it is not in use, where it is not."""

    part: Filter | str
    text: str
    without: str
    reason: str = ""


def chips(
    look: Look, columns: Sequence[TableColumn], refusals: Sequence[Refusal] = ()
) -> list[Chip]:
    """The words sought, each condition, and the order."""
    known = {column.name: column for column in columns}
    found = [*_search(look), *_conditions(look, known), *_order(look, known)]
    return [replace(chip, reason=reason_of(chip.part, refusals)) for chip in found]


def _search(look: Look) -> Iterator[Chip]:
    query = look.query
    if query.search:
        text = _("Tìm “{words}”").format(words=shortened(query.search))
        yield Chip(SEARCH, text, look.table_address(replace(query, search="")))


def _conditions(look: Look, known: Columns) -> Iterator[Chip]:
    query = look.query
    for condition in query.conditions:
        others = tuple(kept for kept in query.conditions if kept is not condition)
        without = look.table_address(replace(query, conditions=others))
        yield Chip(condition, _condition_words(condition, known), without)


def _order(look: Look, known: Columns) -> Iterator[Chip]:
    keys = [
        (_("{column} giảm dần") if descending else _("{column} tăng dần")).format(
            column=_label(name, known)
        )
        for name, descending in look.query.sort
    ]
    if keys:
        text = _("Xếp theo {keys}").format(keys=", ".join(keys))
        yield Chip(ORDER, text, look.table_address(replace(look.query, sort=())))


def _condition_words(condition: Filter, known: Columns) -> str:
    op = OPERATIONS.get(condition.op, condition.op)
    words = f"{_label(condition.column, known)} {op}"
    if condition.op in WITHOUT_VALUE:
        return words
    return f"{words} {shortened(_value_words(condition, known))}"


def _label(name: str, known: Columns) -> str:
    return known[name].label if name in known else shortened(name)


def _value_words(condition: Filter, known: Columns) -> str:
    """The values as they were typed; the code of a period in words."""
    given = condition.value if isinstance(condition.value, list) else [condition.value]
    values = [str(value) for value in given]
    column = known.get(condition.column)
    if column and column.is_period:
        values = [_period_words(value, column) for value in values]
    return "; ".join(values)


def _period_words(code: str, column: TableColumn) -> str:
    published = [period for period, _rows in column.top]
    return value_writer(column)(code) if code in published else code
