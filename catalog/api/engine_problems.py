"""What the table engine refuses, as a problem that names the parameter."""

from django.utils.translation import gettext as _

from catalog.api.problems import Problem, shown
from catalog.api.row_query import RowRequest
from catalog.explorer import api_parameters as spelling
from catalog.explorer.table import status_of
from catalog.problem_words import type_name
from tables import BadQuery, TableUnavailable, TooBusy, TooManyRows, TooSlow, ops_of
from tables.problems import CodedError

RETRY_AFTER = 30  # seconds
_OF_CONDITIONS = frozenset({"unknown_op", "op_not_for_type", "bad_value", "value_missing",
                            "too_many_values"})  # fmt: skip
_PARAMETERS = {
    "bad_grouping": spelling.GROUP_BY,
    "too_many_groups": spelling.GROUP_BY,
    "unknown_aggregate": spelling.AGGREGATES,
    "aggregate_not_for_type": spelling.AGGREGATES,
    "aggregate_without_column": spelling.AGGREGATES,
    "unknown_result_column": spelling.SORT,
    "too_many_sorts": spelling.SORT,
    "search_too_long": spelling.SEARCH,
    "search_without_words": spelling.SEARCH,
    "bad_cursor": spelling.PAGE_AFTER,
    "no_geometry": spelling.FORMAT,
    "too_many_rows": spelling.FORMAT,
    "unknown_column": spelling.FORMAT,  # of a place; all others have been looked at before
    "bad_limit": spelling.PAGE_SIZE,
    "bad_offset": spelling.PAGE_OFFSET,
}


def engine_problem(error: CodedError, asked: RowRequest) -> Problem:
    """The problem of a refusal of the engine."""
    sentence = _said(error)
    match error:
        case TooBusy():
            code = "too-many-requests" if status_of(error) == 429 else "unavailable"
            seconds = error.params.get("seconds", RETRY_AFTER)
            return Problem(code, sentence, headers={"Retry-After": str(seconds)})
        case TooSlow():
            return Problem("too-slow", sentence, headers={"Retry-After": str(RETRY_AFTER)})
        case TableUnavailable():
            return Problem("unavailable", sentence, headers={"Retry-After": str(RETRY_AFTER)})
        case BadQuery() | TooManyRows():
            allowed = ops_of(str(error.params["type"])) if error.code == "op_not_for_type" else ()
            parameter = _parameter(error, asked)
            return Problem("bad-value", sentence, parameter=parameter, allowed=allowed)
    raise error


def _said(error: CodedError) -> str:
    words = {name: shown(str(value)) for name, value in error.params.items()}
    if "type" in words:
        words["type"] = str(type_name(words["type"]))
    return _(error.template).format_map(words)


def _parameter(error: CodedError, asked: RowRequest) -> str:
    if error.code in _OF_CONDITIONS:
        return _of_condition(error, asked)
    if error.code == "repeated_column":
        return spelling.AGGREGATES if asked.query.is_grouped else spelling.FIELDS
    return _PARAMETERS.get(error.code, "")


def _of_condition(error: CodedError, asked: RowRequest) -> str:
    """The parameter whose condition has the column, and the op or the value, that is complained of."""
    column, op, value = (error.params.get(name) for name in ("column", "op", "value"))
    for one in asked.spelled:
        if one.filter.column != column or (op is not None and one.filter.op != op):
            continue
        given = one.filter.value if isinstance(one.filter.value, list) else [one.filter.value]
        if value is None or value in [str(part)[:100] for part in given]:
            return one.parameter
    return ""
