"""The words of what the reader found."""

import string

import pytest
from django.utils import translation

from catalog import problem_words
from catalog.findings import report_of
from catalog.models import Release
from tables.messages import PROBLEMS, TYPES, UNREADABLE
from tables.problems import Problem


def parameters(template: str) -> dict[str, object]:
    """A value for every {place} of a template."""
    return {
        name: name for _text, name, _spec, _conversion in string.Formatter().parse(template) if name
    }


def test_every_rule_has_a_heading_and_a_way_to_fix_it() -> None:
    assert problem_words.HEADINGS.keys() == PROBLEMS.keys()
    assert problem_words.FIXES.keys() == PROBLEMS.keys()


@pytest.mark.parametrize("rule", PROBLEMS)
def test_every_finding_becomes_a_sentence(rule: str) -> None:
    params = parameters(PROBLEMS[rule])
    said = problem_words.sentence({"rule": rule, "params": params})
    assert said == PROBLEMS[rule].format_map(params)
    assert "{" not in problem_words.sentence({"rule": rule, "params": params})


@pytest.mark.parametrize("code", UNREADABLE)
def test_every_reason_not_to_read_becomes_a_sentence(code: str) -> None:
    params = parameters(UNREADABLE[code])
    said = problem_words.unreadable_sentence({"code": code, "params": params})
    assert said == UNREADABLE[code].format_map(params)


def test_a_type_is_named_and_a_value_that_looks_like_one_is_not() -> None:
    problem = Problem("wrong_type", 7, "Kiểu", "text", {"type": "integer"}).as_dict()
    assert problem_words.sentence(problem) == "Dòng 7, cột “Kiểu”: “text” không phải là số nguyên."


def test_counts_are_grouped_and_rows_are_not() -> None:
    said = problem_words.sentence({"rule": "blank_rows", "row": 1204, "params": {"count": 1500}})
    with translation.override("vi"):
        assert said == "Bỏ qua 1.500 dòng trống, dòng đầu tiên là dòng 1204."


@pytest.mark.parametrize("code", TYPES)
def test_every_type_has_a_name(code: str) -> None:
    assert problem_words.type_name(code) == TYPES[code]


def test_a_stage_nobody_knows_waits() -> None:
    assert problem_words.stage_name("reading") == "Đang đọc tệp"
    assert problem_words.stage_name("khac") == "Đang chờ đến lượt"


def test_a_report_groups_by_rule_and_counts_what_was_not_kept() -> None:
    problems = [
        Problem("wrong_type", row, "Số", "x", {"type": "number"}).as_dict() for row in (3, 9)
    ]
    release = Release(
        reading={"problems": [*problems, Problem("totals_row", 12, value="Tổng").as_dict()]},
        problem_counts={"wrong_type": 40, "totals_row": 1},
    )
    report = report_of(release)
    assert [(found.rule, found.count, len(found.spots)) for found in report.errors] == [
        ("wrong_type", 40, 2)
    ]
    assert [found.rule for found in report.warnings] == ["totals_row"]
    assert report.errors[0].columns == ["Số"]
    assert report.finding("totals_row") is report.warnings[0]
    assert report.finding("long_row") is None


def test_a_release_that_was_never_checked_has_an_empty_report() -> None:
    report = report_of(Release())
    assert (report.errors, report.warnings, report.unreadable) == ([], [], "")
