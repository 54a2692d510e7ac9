"""The files of a release: whole or absent, the same again, faithful to the source."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables import ColumnSchema, Ingest, Unreadable, ingest

ROOT = Path(__file__).parents[2]
TEXT = "Mã,Tên,Số,Ngày\n01,Vinh,5,05/03/2024\n02,=1+1,6,06/03/2024\n"


def made(folder: Path, text: str = TEXT, schema: list[ColumnSchema] | None = None) -> Ingest:
    """Ingest a text into `folder`/out."""
    (folder / "tep.csv").write_text(text, newline="")
    return ingest(folder / "tep.csv", folder / "out", schema=schema)


def table(folder: Path) -> list[tuple[object, ...]]:
    """All rows of the table in file order."""
    with duckdb.connect(str(folder / "out/table.duckdb"), read_only=True) as con:
        cells = con.execute('SELECT * EXCLUDE ("@id") FROM data ORDER BY rowid').fetchall()
        places = con.execute('SELECT "@id" FROM data ORDER BY rowid').fetchall()
    assert places == [(place,) for place in range(len(cells))]
    return cells


def downloaded(folder: Path) -> list[list[str]]:
    """Rows of data.csv as another program reads them."""
    text = (folder / "out/data.csv").read_bytes().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_leaves_three_files_and_nothing_else(tmp_path: Path) -> None:
    found = made(tmp_path)
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        "data.csv", "data.parquet", "table.duckdb",
    ]  # fmt: skip
    sizes = (found.csv_size, found.parquet_size, found.table_size)
    assert sizes == tuple(
        (tmp_path / "out" / n).stat().st_size for n in ("data.csv", "data.parquet", "table.duckdb")
    )
    for name, stated in (("csv", found.csv_sha256), ("parquet", found.parquet_sha256)):
        content = (tmp_path / "out" / f"data.{name}").read_bytes()
        assert stated == hashlib.sha256(content).hexdigest()


def test_the_summary_can_be_stored_as_json(tmp_path: Path) -> None:
    found = json.loads(json.dumps(made(tmp_path).as_dict()))
    assert (found["row_count"], found["error_count"], found["header_row"]) == (2, 0, 1)


def test_the_profile_of_each_column(tmp_path: Path) -> None:
    found = made(tmp_path, "Tên,Số,Ngày\nA,5,05/03/2024\nA,,06/03/2024\nBê,7,06/03/2024\n")
    name, number, day = found.columns
    assert (name.nulls, name.distinct, name.longest, name.top) == (0, 2, 2, [("A", 2), ("Bê", 1)])
    assert (number.nulls, number.min, number.max) == (1, 5, 7)
    assert (day.min, day.top[0]) == ("2024-03-05", ("2024-03-06", 2))


def test_the_csv_has_a_mark_labels_and_no_formula(tmp_path: Path) -> None:
    made(tmp_path)
    assert (tmp_path / "out/data.csv").read_bytes().startswith(b"\xef\xbb\xbfM")
    assert downloaded(tmp_path) == [
        ["Mã", "Tên", "Số", "Ngày"],
        ["01", "Vinh", "5", "2024-03-05"],
        ["02", "'=1+1", "6", "2024-03-06"],
    ]


@pytest.mark.parametrize(
    ("cell", "written"),
    [("=a", "'=a"), ("@a", "'@a"), ("+cmd|x", "'+cmd|x"), ("- ghi chú", "'- ghi chú"),
     ("+84 91-2", "+84 91-2"), ("a=b", "a=b")],
)  # fmt: skip
def test_only_texts_that_a_spreadsheet_would_run_are_guarded(
    cell: str, written: str, tmp_path: Path
) -> None:
    made(tmp_path, f"a;b\n{cell};q\nzz;w\n")
    assert downloaded(tmp_path)[1][0] == written
    assert table(tmp_path)[0][0] == cell


def test_numbers_are_never_guarded(tmp_path: Path) -> None:
    made(tmp_path, "a;b\n-5;-1,5\n6;2,5\n")
    assert downloaded(tmp_path)[1] == ["-5", "-1.5"]


def test_a_label_with_a_comma_or_a_formula(tmp_path: Path) -> None:
    made(tmp_path, 'Tên;"Số, hộ";=A1\nA;5;q\n')
    assert downloaded(tmp_path)[0] == ["Tên", "Số, hộ", "'=A1"]


def test_our_own_csv_reads_back_the_same(tmp_path: Path) -> None:
    made(tmp_path)
    before = table(tmp_path)
    made(tmp_path, (tmp_path / "out/data.csv").read_text())
    assert table(tmp_path) == before


def test_the_parquet_file_is_the_table(tmp_path: Path) -> None:
    made(tmp_path)
    read = pyarrow.parquet.read_table(tmp_path / "out/data.parquet")
    assert read.column_names == ["ma", "ten", "so", "ngay"]
    assert [tuple(row.values()) for row in read.to_pylist()] == table(tmp_path)


def test_every_file_keeps_the_order_of_a_long_source(tmp_path: Path) -> None:
    rows = (f"{n:07d}, x{n % 7} ,{'Có' if n % 2 else 'Không'},{n}" for n in range(300_000))
    made(tmp_path, "ma,chu,co,n\n" + "\n".join(rows) + "\n")
    expected = list(range(300_000))
    assert [row[3] for row in table(tmp_path)] == expected
    assert [int(row[3]) for row in downloaded(tmp_path)[1:]] == expected
    read = pyarrow.parquet.read_table(tmp_path / "out/data.parquet", columns=["n"])
    assert read["n"].to_pylist() == expected


def test_doing_it_again_is_harmless(tmp_path: Path) -> None:
    first = made(tmp_path)
    assert made(tmp_path) == first
    assert len(table(tmp_path)) == 2


def test_a_refused_file_leaves_what_was_there(tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(Unreadable):
        made(tmp_path, "")
    assert len(table(tmp_path)) == 2
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_the_stages_are_told_in_order(tmp_path: Path) -> None:
    (tmp_path / "tep.csv").write_text(TEXT)
    told: list[tuple[str, float]] = []
    ingest(tmp_path / "tep.csv", tmp_path / "out", progress=lambda *said: told.append(said))
    stages = list(dict.fromkeys(stage for stage, _ in told))
    assert stages == ["reading", "types", "table", "downloads", "profile"]
    assert [f for _, f in told] == sorted(f for _, f in told)
    assert told[-1][1] == 1.0


def test_a_kill_in_the_middle_leaves_nothing_half_made(tmp_path: Path) -> None:
    """The next run clears what the killed one left, and only that."""
    rows = "".join(f"{n:06d},Xã {n},{n}\n" for n in range(150_000))
    (tmp_path / "tep.csv").write_text("ma,ten,so\n" + rows)
    script = (
        "import sys; from pathlib import Path; from tables import ingest\n"
        "ingest(Path(sys.argv[1]), Path(sys.argv[2]), progress=lambda *s: print(*s, flush=True))"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, tmp_path / "tep.csv", tmp_path / "out"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    while "downloads" not in child.stdout.readline():
        time.sleep(0)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    left = [p.name for p in (tmp_path / "out").iterdir()]
    assert [name.startswith(".making-") for name in left] == [True]
    assert ingest(tmp_path / "tep.csv", tmp_path / "out").row_count == 150_000
    assert len(list((tmp_path / "out").iterdir())) == 3


CELL = st.text(alphabet=st.sampled_from("abcđêơÁ\"',; \n=+@-019"), min_size=1, max_size=12).map(
    str.strip
)
ROWS = st.integers(2, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=12)
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROWS)
def test_any_table_of_texts_comes_back_as_it_was(tmp_path: Path, rows: list[list[str]]) -> None:
    """The last column keeps every row from being blank, a header, a note or a number."""
    rows = [[*row, f"dòng {n}"] for n, row in enumerate(rows)]
    out = io.StringIO()
    csv.writer(out).writerow([f"Cột chữ {n}" for n in range(len(rows[0]))])
    csv.writer(out).writerows(rows)
    schema: list[ColumnSchema] = [
        {"name": f"cot_chu_{n}", "type": "text"} for n in range(len(rows[0]))
    ]
    found = made(tmp_path, out.getvalue(), schema)
    if "unclosed_quote" not in found.problem_counts:  # a cell may look like rows of a table
        assert table(tmp_path) == [tuple(map(expected, row)) for row in rows]


def expected(cell: str) -> str | None:
    """Nothing is null; the apostrophe that guards a formula goes."""
    if not cell:
        return None
    return cell[1:] if cell[:2] in ("'=", "'@", "'+", "'-") else cell
