"""What of a question a table cannot be asked, each part with its reason; the others stay in use."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn
from catalog.explorer.look import Look
from catalog.explorer.table_query import OPERATIONS
from catalog.problem_words import type_name
from tables import BadQuery, Filter, Query
from tables.problems import CodedError
from tables.querying.statement import compile_query

SEARCH, ORDER, VALUES = "search", "order", "values"  # parts of a question that are no condition


@dataclass(frozen=True)
class Refusal:
    """A condition, or the name of another part, and the sentence that says why it cannot be used."""

    part: Filter | str
    reason: str


def understood(look: Look, columns: Sequence[TableColumn]) -> tuple[Look, list[Refusal]]:
    """The look with all that the columns can be asked, and what was left out of it."""
    asked = look.query
    parts: list[tuple[Filter | str, Query]] = [
        *((one, Query(filters=[one])) for one in asked.conditions),
        (SEARCH, Query(search=asked.search)),
        (ORDER, Query(sort=asked.sort)),
        (VALUES, Query(columns=[asked.values_of] if asked.values_of else None)),
    ]
    refusals = [
        Refusal(part, reason) for part, query in parts if (reason := _why_not(query, columns))
    ]
    refused = [one.part for one in refusals]
    left = replace(
        asked,
        conditions=tuple(one for one in asked.conditions if one not in refused),
        search="" if SEARCH in refused else asked.search,
        sort=() if ORDER in refused else asked.sort,
        values_of="" if VALUES in refused else asked.values_of,
    )
    return replace(look, query=left), refusals


def reason_of(part: Filter | str, refusals: Sequence[Refusal]) -> str:
    """Why that very part cannot be used, nothing where it can."""
    return next((one.reason for one in refusals if one.part == part), "")


def sentence(error: CodedError, columns: Sequence[TableColumn]) -> str:
    """What is wrong, with column and type in the reader's words."""
    labels = {column.name: column.label for column in columns}
    words = dict(error.params)
    if "column" in words:
        words["column"] = labels.get(str(words["column"]), words["column"])
    if "type" in words:
        words["type"] = type_name(str(words["type"]))
    if "op" in words:
        words["op"] = OPERATIONS.get(str(words["op"]), words["op"])
    return _(error.template).format_map(words)


def _why_not(query: Query, columns: Sequence[TableColumn]) -> str:
    try:
        compile_query(columns, query)
    except BadQuery as error:
        return sentence(error, columns)
    return ""
