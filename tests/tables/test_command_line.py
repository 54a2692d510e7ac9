"""`python -m tables FILE` in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def run(*arguments: object, program: tuple[str, ...] = ("-m", "tables")) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


def test_prints_one_json_object(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Mã,Số,Ngày\n01,5,05/03/2024\n02,,\n")
    code, out, err = run(tmp_path / "a.csv")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert list(found) == [
        "format", "encoding", "delimiter", "sheet", "header_row", "rows", "columns", "problems",
        "sample",
    ]  # fmt: skip
    assert found["columns"][0] == {"name": "ma", "label": "Mã", "type": "text"}
    assert found["sample"] == [["01", 5, "2024-03-05"], ["02", None, None]]


def test_an_unreadable_file_is_a_sentence_and_code_1(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    code, out, err = run(tmp_path / "a.csv")
    assert (code, out, err) == (1, "", "Tệp trống: hãy chọn tệp có dữ liệu.\n")


def test_a_missing_file_is_a_sentence_too(tmp_path: Path) -> None:
    code, _out, err = run(tmp_path / "khong_co.csv")
    assert (code, err) == (1, "Không tìm thấy tệp khong_co.csv.\n")


def test_needs_no_django() -> None:
    script = (
        "import sys, tables, tables.__main__\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    assert run(script, program=("-c",))[1] == "[]\n"
