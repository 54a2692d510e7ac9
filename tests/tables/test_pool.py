"""The pool of attached tables."""

import multiprocessing
import threading
from pathlib import Path

import duckdb
import pytest

from tables import TablePool, TableUnavailable, TooSlow


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Five small table files."""
    made = [tmp_path / f"{n}.duckdb" for n in range(5)]
    for number, path in enumerate(made):
        with duckdb.connect(str(path)) as con:
            con.execute(f"CREATE TABLE data AS SELECT {number} AS n FROM range(300000)")  # noqa: S608
    return made


def value(pool: TablePool, path: Path) -> int:
    with pool.table(path) as lease:
        found = lease.cursor.execute(f"SELECT max(n) FROM {lease.source}").fetchone()  # noqa: S608
        assert found is not None
        return int(found[0])


def test_lends_each_table(files: list[Path]) -> None:
    pool = TablePool()
    assert [value(pool, path) for path in files] == [0, 1, 2, 3, 4]
    pool.close()


def test_detaches_the_least_recently_used(files: list[Path]) -> None:
    pool = TablePool(max_attached=2)
    for path in (*files, files[0]):
        value(pool, path)
    assert pool.attached == 2
    pool.close()


def test_never_detaches_what_is_being_read(files: list[Path]) -> None:
    pool = TablePool(max_attached=1)
    with pool.table(files[1]) as lease:
        assert value(pool, files[2]) == 2
        found = lease.cursor.execute(f"SELECT max(n) FROM {lease.source}").fetchone()  # noqa: S608
    assert found == (1,)
    pool.close()


def test_many_threads_at_once(files: list[Path]) -> None:
    pool = TablePool(max_attached=2)
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda p=path: found.append(value(pool, p))) for path in files * 8
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted([0, 1, 2, 3, 4] * 8)
    pool.close()


def test_a_slow_query_is_stopped_and_the_pool_goes_on(files: list[Path]) -> None:
    pool = TablePool()
    with pytest.raises(TooSlow), pool.table(files[0], deadline=0.05) as lease:
        lease.cursor.execute(
            f"SELECT max(hash(a.rowid + b.rowid)) FROM {lease.source} a, {lease.source} b"  # noqa: S608
        ).fetchall()
    assert value(pool, files[0]) == 0
    pool.close()


@pytest.mark.parametrize("content", [None, b"", b"not a table" * 500])
def test_a_missing_or_broken_file_is_an_error_of_its_own(
    tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / "x.duckdb").write_bytes(content)
    pool = TablePool()
    with pytest.raises(TableUnavailable), pool.table(tmp_path / "x.duckdb"):
        pass
    assert pool.attached == 0
    pool.close()


def spoil(path: Path) -> None:
    """In the middle of the rows: what a failing disk does."""
    content = bytearray(path.read_bytes())
    for at in range(112_000, len(content) - 64, 256_000):
        content[at : at + 64] = bytes(64)
    path.write_bytes(content)


@pytest.mark.parametrize("in_place", [True, False])
def test_a_damaged_file_is_read_again_once_it_is_repaired(tmp_path: Path, in_place: bool) -> None:
    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as con:
        con.execute(
            "CREATE TABLE data AS SELECT i AS n, md5(i::VARCHAR) AS t FROM range(99999) r(i)"
        )
    good = path.read_bytes()
    spoil(path)
    pool = TablePool()
    for _ in range(2):
        with pytest.raises(TableUnavailable), pool.table(path) as lease:
            lease.cursor.execute(f"SELECT max(n), max(t) FROM {lease.source}").fetchall()  # noqa: S608
    if in_place:
        path.write_bytes(good)
    else:
        repaired = tmp_path / "repaired"
        repaired.write_bytes(good)
        repaired.replace(path)
    assert value(pool, path) == 99_998
    assert pool.attached == 1
    pool.close()


def test_a_file_that_has_gone_is_not_answered_from(files: list[Path]) -> None:
    pool = TablePool()
    assert value(pool, files[1]) == 1
    content = files[1].read_bytes()
    files[1].unlink()
    with pytest.raises(TableUnavailable):
        value(pool, files[1])
    files[1].write_bytes(content)
    assert value(pool, files[1]) == 1
    pool.close()


@pytest.mark.parametrize(
    "sql", ["SELECT * FROM read_text('/etc/hostname')", "COPY (SELECT 1) TO '/tmp/x.csv'",
            "ATTACH '/tmp/x.duckdb'", "SET enable_external_access = true", "INSTALL fts"]
)  # fmt: skip
def test_nothing_outside_the_folder_can_be_reached(sql: str, files: list[Path]) -> None:
    pool = TablePool(root=files[0].parent)
    assert value(pool, files[3]) == 3
    with pytest.raises(duckdb.Error), pool.table(files[0]) as lease:
        lease.cursor.execute(sql)
    pool.close()


def test_tables_cannot_be_written(files: list[Path]) -> None:
    pool = TablePool()
    with pytest.raises(duckdb.Error), pool.table(files[0]) as lease:
        lease.cursor.execute(f"DELETE FROM {lease.source}")  # noqa: S608
    assert value(pool, files[0]) == 0
    pool.close()


def _in_child(pool: TablePool, path: Path, answer: "multiprocessing.SimpleQueue[int]") -> None:
    answer.put(value(pool, path))


def test_a_forked_process_opens_its_own(files: list[Path]) -> None:
    pool = TablePool()
    value(pool, files[0])
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.SimpleQueue[int] = context.SimpleQueue()
    child = context.Process(target=_in_child, args=(pool, files[4], answer))
    child.start()
    assert answer.get() == 4
    child.join()
    assert value(pool, files[1]) == 1
    pool.close()
