"""What is written as parameters is read back as the same question."""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as some

from catalog.api.row_query import row_request
from catalog.explorer.api_parameters import api_pairs, condition_pairs
from tables import Aggregate, AllOf, AnyOf, Filter, Group, Query

COLUMNS = ("ten_xa", "so_truong", "format", "q")

texts = some.sampled_from(
    ("a", "b", "c", "ab", "a,b", '"a', 'b"', " a", "a ", "a\nb", "\r", "Đô Lương", "true", "%2C&=")
)
lists = some.lists(texts, min_size=1, max_size=3)
columns = some.sampled_from(COLUMNS)
comparing = some.sampled_from(("eq", "ne", "contains", "starts", "lt", "le", "gt", "ge"))
filters = (
    some.builds(Filter, columns, comparing, texts)
    | some.builds(Filter, columns, some.sampled_from(("empty", "not_empty")))
    | some.builds(Filter, columns, some.just("in"), lists)
    | some.builds(Filter, columns, some.just("between"), some.tuples(texts, texts))
)
conditions = some.recursive(
    filters,
    lambda inner: (
        some.builds(AllOf, some.lists(inner, min_size=1, max_size=2))
        | some.builds(AnyOf, some.lists(inner, min_size=1, max_size=3))
    ),
    max_leaves=5,
)
rows = some.fixed_dictionaries({name: some.none() | texts for name in COLUMNS})


def read(pairs: list[tuple[str, str]]) -> Query:
    return row_request(QueryDict(urlencode(pairs, errors="replace")), COLUMNS).query


def holds(condition: object, row: dict[str, str | None]) -> bool:
    """Whether a condition holds for a row, by the words of the engine's description."""
    match condition:
        case AllOf(parts):
            return all(holds(part, row) for part in parts)
        case AnyOf(parts):
            return any(holds(part, row) for part in parts)
        case Filter(column, op, value):
            return _OPS[op](row[column], value)
    raise TypeError(condition)


_OPS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": lambda cell, value: cell == value,
    "ne": lambda cell, value: cell != value,
    "lt": lambda cell, value: cell is not None and cell < value,
    "le": lambda cell, value: cell is not None and cell <= value,
    "gt": lambda cell, value: cell is not None and cell > value,
    "ge": lambda cell, value: cell is not None and cell >= value,
    "between": lambda cell, value: cell is not None and value[0] <= cell <= value[1],
    "in": lambda cell, value: cell in value,
    "contains": lambda cell, value: cell is not None and value in cell,
    "starts": lambda cell, value: cell is not None and cell.startswith(value),
    "empty": lambda cell, value: cell is None,
    "not_empty": lambda cell, value: cell is not None,
}


@given(some.lists(conditions, max_size=3), some.lists(rows, min_size=1, max_size=10))
def test_conditions_read_back_hold_for_the_same_rows(
    asked: list[Filter | AllOf | AnyOf], table: list[dict[str, str | None]]
):
    found = read(condition_pairs(asked)).filters
    for row in table:
        assert holds(AllOf(found), row) == holds(AllOf(asked), row)


def test_the_whole_question_is_read_back():
    question = Query(
        filters=[Filter("so_truong", "ge", "8")],
        search="hưng bình",
        sort=[("so_truong", True), ("ten_xa", False)],
        columns=["ten_xa", "so_truong"],
        limit=20,
        offset=40,
        count=False,
        group_by=[],
        aggregates=[],
    )
    assert read(api_pairs(question)) == question
    grouped = Query(
        filters=[],
        sort=[("count", True)],
        group_by=[Group("ten_xa"), Group("so_truong", "10")],
        aggregates=[Aggregate("count"), Aggregate("sum", "so_truong")],
        after="abc",
    )
    assert read(api_pairs(grouped)) == grouped


def test_a_plain_question_needs_no_parameters():
    assert api_pairs(Query()) == []
    assert api_pairs(Query(), period="2026Q3") == [("period", "2026Q3")]


def test_python_values_are_spelled_as_people_may():
    pairs = condition_pairs(
        [
            Filter("a", "eq", True),
            Filter("b", "ge", date(2026, 9, 30)),
            Filter("c", "between", [1, 2.5]),
            Filter("d", "in", ["Vinh, phường"]),
        ]
    )
    assert pairs == [
        ("a__eq", "true"),
        ("b__ge", "2026-09-30"),
        ("c__between", "1"),
        ("c__between", "2.5"),
        ("d__in", '"Vinh, phường"'),
    ]


def test_nested_groups_are_written_out():
    """(a and b) or c  =  (a or c) and (b or c)"""
    a, b, c = (Filter(name, "eq", "1") for name in "abc")
    pairs = condition_pairs([AnyOf([AllOf([a, b]), c])])
    assert pairs == [
        ("any.1.a__eq", "1"),
        ("any.1.c__eq", "1"),
        ("any.2.b__eq", "1"),
        ("any.2.c__eq", "1"),
    ]
    assert condition_pairs([AllOf([a, AllOf([b])])]) == [("a__eq", "1"), ("b__eq", "1")]
    assert condition_pairs([AnyOf([a])]) == [("a__eq", "1")]


def test_two_lists_of_one_column_stay_two():
    one, other = Filter("a", "in", ["1", "2"]), Filter("a", "in", ["2", "3"])
    assert condition_pairs([one, other]) == [
        ("a__in", "1"),
        ("a__in", "2"),
        ("any.1.a__in", "2"),
        ("any.1.a__in", "3"),
    ]
    assert [name for name, _ in condition_pairs([AnyOf([one, other])])] == ["a__in"] * 4


def test_what_holds_for_no_row_cannot_be_spelled():
    with pytest.raises(ValueError, match="cannot be spelled"):
        condition_pairs([AnyOf([])])


def test_a_column_called_like_a_parameter_needs_its_op():
    assert read([("format__eq", "a")]).filters == [Filter("format", "eq", "a")]
    assert read([("q", "a")]).search == "a"
