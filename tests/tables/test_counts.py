"""Counts of matching rows are remembered for a table, not for a name."""

import shutil
from pathlib import Path

from tables import Filter, Query, Table, TablePool, ingest, rows
from tables.querying.counts import Counts

FEW = Query([Filter("so", "lt", 3)], limit=1)


def table(folder: Path, count: int) -> Table:
    """The numbers 0 … count - 1."""
    source = folder / "source.csv"
    source.write_text("Tên,Số\n" + "".join(f"dòng {n},{n}\n" for n in range(count)), "utf-8")
    made = ingest(source, folder / "made")
    return Table(folder / "made" / "table.duckdb", made.columns, made.row_count)


def test_a_condition_is_counted_once(tmp_path: Path) -> None:
    counts, path, asked = Counts(), tmp_path / "table", []
    path.touch()

    def count() -> int:
        asked.append(1)
        return 7

    assert [counts.get([path], "so < ?", [3], count) for _ in range(3)] == [7, 7, 7]
    assert len(asked) == 1
    counts.get([path], "so < ?", [4], count)
    counts.get([path], "so < ?", ["3"], count)
    assert len(asked) == 3


def test_the_oldest_are_forgotten(tmp_path: Path) -> None:
    counts = Counts(kept=2)
    for number in (1, 2, 3):
        counts.get([tmp_path], "", [number], lambda number=number: number)
    assert counts.get([tmp_path], "", [3], lambda: 0) == 3
    assert counts.get([tmp_path], "", [1], lambda: 0) == 0


def test_another_table_in_the_same_place_is_counted_anew(tmp_path: Path) -> None:
    first = table(tmp_path, 2)
    assert rows(TablePool(), first, FEW).total == 2
    shutil.rmtree(tmp_path / "made")
    second = table(tmp_path, 5)
    assert second.path == first.path
    assert rows(TablePool(), second, FEW).total == 3
    assert rows(TablePool(), second, FEW).total == 3


def test_a_table_taken_away_meanwhile_is_counted_all_the_same(tmp_path: Path) -> None:
    assert Counts().get([tmp_path / "gone"], "", [], lambda: 5) == 5
