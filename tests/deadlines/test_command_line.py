"""python -m deadlines due …"""

import subprocess
import sys
from pathlib import Path

import pytest

from deadlines.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("question", "due"),
    [
        ("quarterly_update 2026Q4", "2027-01-18"),
        ("quarterly_update 2026Q4 --counting inclusive", "2027-01-15"),
        ("monthly_update 2026-10", "2026-11-16"),
        ("yearly_update 2025", "2026-01-16"),
        ("connection_account --request 2026-11-20 --consent 2026-11-23", "2026-12-01"),
        ("connection_account --request 2026-11-23 --consent 2026-11-20", "2026-12-01"),
        ("connection_account_request_only --request 2025-08-28", "2025-09-03"),
        ("default_list_review --since 2024-02-29", "2024-08-29"),
        ("default_list_review --since 2024-08-31", "2025-02-28"),
        ("open_data_list_review --since 2025-12-31", "2026-06-30"),
        ("planned_stop_notice --since 2026-11-20", "2026-12-02"),
        ("annual_self_assessment 2026", "2026-12-30"),
        ("annual_self_assessment 2026 --counting on_or_before", "2026-12-31"),
        ("annual_self_assessment 2026 --counting strict_before", "2026-12-30"),
    ],
)
def test_it_prints_the_date(question: str, due: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["due", *question.split()]) == 0
    assert capsys.readouterr().out == f"{due}\n"


def test_it_explains_day_by_day(capsys: pytest.CaptureFixture[str]) -> None:
    question = "connection_account --request 2026-11-20 --consent 2026-11-23 --explain"
    assert main(["due", *question.split()]) == 0
    first, *told = capsys.readouterr().out.splitlines()
    assert first == "2026-12-01"
    text = "\n".join(told)
    assert "khoản 1 Điều 11 Quyết định 22/2023/QĐ-UBND" in text
    assert "thứ Ba 24/11/2026: nghỉ lễ (Ngày Văn hóa Việt Nam), không tính" in text
    assert "thứ Ba 01/12/2026: ngày làm việc thứ 5" in text
    assert told[-1] == "Hạn cuối: hết thứ Ba 01/12/2026."


def test_a_doubtful_calendar_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    main(["due", "quarterly_update", "2026Q4", "--explain"])
    assert "mới là dự kiến" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("no_such_rule 2026Q4", "Không có quy định “no_such_rule”"),
        ("quarterly_update", "Hãy cho biết thêm kỳ"),
        ("quarterly_update 2026Q5", "không phải là kỳ"),
        ("quarterly_update 2026-09", "không phải là kỳ của quy định này"),
        ("quarterly_update 2022Q4", "không có hiệu lực"),
        ("quarterly_update 2026Q4 --since 2026-01-01", "Hãy bỏ --since"),
        ("quarterly_update 2026Q4 --counting strict_before", "không đếm theo cách"),
        ("connection_account --request 2026-11-20", "Hãy cho biết thêm --consent"),
        ("annual_self_assessment 26", "không phải là năm"),
    ],
)
def test_a_question_without_an_answer_gets_a_sentence(
    question: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["due", *question.split()]) == 1
    printed = capsys.readouterr()
    assert sentence in printed.err
    assert printed.out == ""


def test_it_needs_no_django_and_no_database() -> None:
    code = "import sys, deadlines.__main__; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
