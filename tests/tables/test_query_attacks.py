"""Hostile questions and hostile columns: refused in a sentence or harmless, never another error."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables import (
    Aggregate,
    AllOf,
    AnyOf,
    BadQuery,
    Column,
    Condition,
    Filter,
    Group,
    Query,
    Table,
    TablePool,
    rows,
    write_search_index,
)
from tests.tables.made import write_table

NAMES = ['a"b', "select", "from data; --", "a''b", "cột có dấu", "@place", "k0", "ky", "x" * 60]
COLUMNS = [Column(name, "text") for name in NAMES] + [Column("so", "integer")]
TEXTS = [
    "'; DROP TABLE data; --", '" OR 1=1 --', "\x00", "a\x00b", "\ud800", "%", "_", "\\", "?", "$1",
    "{c}", "{k}", "{first}", "đ" * 5_000, "𝒳𐍈", "e\u0301\u0323", "\u202e", "ﷺ", "NEAR(a b)", '"a" OR "b"',
    "a* NOT b", "rowid", "words", "^a", "a:b", "-a", "(", ")", "1e400", "NaN", "[1]", "NULL",
]  # fmt: skip
CELLS = [text for text in TEXTS if "\x00" not in text and text != "\ud800"]


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TablePool, list[Any]]]:
    folder = tmp_path_factory.mktemp("bang")
    records = [(*[CELLS[(n + at) % len(CELLS)] for at in range(9)], n) for n in range(40)]
    plain = write_table(folder / "t'1.duckdb", COLUMNS, records, "'; --")
    write_search_index(plain.path, COLUMNS, folder / "t'1 ?#%.db")
    indexed = replace(plain, search_path=folder / "t'1 ?#%.db")
    pool = TablePool()
    yield pool, [plain, indexed, [indexed, replace(plain, period="2026Q1")]]
    pool.close()


def answered(pool: TablePool, tables: list[Any], query: Query) -> list[list[tuple[Any, ...]]]:
    """The answers of one table, with an index and without, and of two; refusals are fine."""
    found = []
    for table in tables:
        with contextlib.suppress(BadQuery):
            found.append(rows(pool, table, query).rows)
    return found


anything = st.sampled_from([*TEXTS, *NAMES, "so", "count"]) | st.text(max_size=20)
whatever = anything | st.integers() | st.floats() | st.none() | st.binary(max_size=3)
hostile: st.SearchStrategy[Condition] = st.builds(
    Filter,
    st.sampled_from([*NAMES, "so"]) | anything,
    st.sampled_from(["eq", "ne", "contains", "starts", "lt", "between", "in", "empty"]) | anything,
    whatever | st.lists(whatever, max_size=3),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    query=st.builds(
        Query,
        filters=st.lists(hostile | st.builds(AnyOf, st.lists(hostile, max_size=2)), max_size=2),
        search=st.just("") | anything,
        sort=st.lists(st.tuples(st.sampled_from([*NAMES, "so"]) | anything, st.booleans()),
                      max_size=2),
        columns=st.none() | st.lists(anything, max_size=3),
        limit=st.integers(-1, 60),
        offset=st.integers(-1, 2**70),
        after=st.just("") | anything,
        group_by=st.lists(st.builds(Group, anything, st.just("") | anything), max_size=2),
        aggregates=st.lists(st.builds(Aggregate, anything, st.none() | anything), max_size=2),
    )
)  # fmt: skip
def test_no_question_ends_in_an_error_of_another_kind(
    asked: tuple[TablePool, list[Any]], query: Query
) -> None:
    found = answered(*asked, query)
    assert len(found) < 2 or found[0] == found[1]


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_text_is_only_ever_a_value(asked: tuple[TablePool, list[Any]], text: str) -> None:
    pool, tables = asked
    name = NAMES[TEXTS.index(text) % len(NAMES)]
    for op in ("eq", "contains", "ne"):
        answered(pool, tables, Query([Filter(name, op, text)], sort=[(name, True)], search=text))
    assert rows(pool, tables[0], Query(limit=1)).total == 40


def test_every_hostile_cell_is_found_again(asked: tuple[TablePool, list[Any]]) -> None:
    pool, (table, _indexed, _both) = asked
    for cell in CELLS:
        page = rows(pool, table, Query([Filter("select", "eq", cell)], columns=["select"]))
        assert {row[0] for row in page.rows} == ({cell} if page.total else set())
        assert page.total or CELLS.index(cell) > 0


@pytest.mark.parametrize(
    "change",
    [lambda m: m[1:], lambda m: f"{(int(m[0], 16) + 1) % 16:x}{m[1:]}",
     lambda m: m.split(".")[0], lambda m: m + "f" * 15,
     lambda m: f"{m[:17]}{10**6:x}", lambda m: f"{m[:17]}{2**59:x}", lambda m: f"{m[:17]}-1",
     lambda m: f"{m[:17]}1; --", lambda m: m * 10_000, lambda m: "\x00"],
)  # fmt: skip
def test_a_mark_that_was_tampered_with_is_refused(
    asked: tuple[TablePool, list[Any]], change: Callable[[str], str]
) -> None:
    pool, (table, *_rest) = asked
    query = Query(sort=[("so", False)], limit=5)
    mark = rows(pool, table, query).next_cursor
    assert rows(pool, table, replace(query, after=mark)).rows[0][-1] == 5
    changed = change(mark)
    with pytest.raises(BadQuery) as refused:
        rows(pool, table, replace(query, after=changed))
    assert refused.value.code == "bad_cursor"


@pytest.mark.parametrize(
    "other",
    [Query(sort=[("so", True)], limit=5), Query(limit=5), Query(search="a", limit=5),
     Query([Filter("so", "gt", 1)], sort=[("so", False)], limit=5)],
)  # fmt: skip
def test_a_mark_belongs_to_its_question(asked: tuple[TablePool, list[Any]], other: Query) -> None:
    pool, (table, *_rest) = asked
    mark = rows(pool, table, Query(sort=[("so", False)], limit=5)).next_cursor
    with pytest.raises(BadQuery):
        rows(pool, table, replace(other, after=mark))


def test_deep_and_wide_conditions_are_refused(asked: tuple[TablePool, list[Any]]) -> None:
    pool, (table, *_rest) = asked
    deep: Condition = Filter("so", "eq", 1)
    for _ in range(10_000):
        deep = AllOf([deep])
    wide = AnyOf([Filter("so", "eq", n) for n in range(51)])
    for condition, code in ((deep, "too_deep"), (wide, "too_many_filters")):
        with pytest.raises(BadQuery) as refused:
            rows(pool, table, Query([condition]))
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("search", "code"),
    [("a" * 501, "search_too_long"), ("a " * 21, "search_too_long"),
     ("% _ ?", "search_without_words")],
)  # fmt: skip
def test_a_search_that_cannot_be_is_refused(
    asked: tuple[TablePool, list[Any]], search: str, code: str
) -> None:
    pool, (table, *_rest) = asked
    with pytest.raises(BadQuery) as refused:
        rows(pool, table, Query(search=search))
    assert refused.value.code == code


def test_a_broken_index_does_not_break_the_search(
    asked: tuple[TablePool, list[Any]], tmp_path: Path
) -> None:
    pool, (table, *_rest) = asked
    broken = tmp_path / "search.db"
    broken.write_bytes(b"no index" * 1_000)
    expected = rows(pool, table, Query(search="drop"))
    for path in (broken, tmp_path / "none.db"):
        lame: Table = replace(table, search_path=path)
        assert rows(pool, lame, Query(search="drop")) == expected
