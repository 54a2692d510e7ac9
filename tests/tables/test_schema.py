"""A file against the structure its resource has registered."""

from pathlib import Path

from tables import ColumnSchema, Ingest, ingest

SCHEMA: list[ColumnSchema] = [
    {"name": "ma", "label": "Mã", "type": "text", "required": True},
    {"name": "so_ho", "label": "Số hộ", "type": "integer"},
]


def made(folder: Path, text: str, schema: list[ColumnSchema] = SCHEMA) -> Ingest:
    (folder / "tep.csv").write_text(text)
    return ingest(folder / "tep.csv", folder / "out", schema=schema)


def test_a_file_that_fits_has_no_problem(tmp_path: Path) -> None:
    found = made(tmp_path, "Mã,Số hộ\n11,5\n12,6\n")
    assert [(c.name, c.type) for c in found.columns] == [("ma", "text"), ("so_ho", "integer")]
    assert found.problems == []


def test_a_word_in_a_number_column_is_an_error_and_the_column_stays_a_number(
    tmp_path: Path,
) -> None:
    found = made(tmp_path, "Mã,Số hộ\n" + "11,5\n" * 30 + "12,năm\n")
    (problem,) = found.problems
    assert (problem.rule, problem.row, problem.value) == ("wrong_type", 32, "năm")
    assert (problem.severity, found.error_count, found.columns[1].nulls) == ("error", 1, 1)
    assert problem.message == "Dòng 32, cột “Số hộ”: “năm” không phải là số nguyên."


def test_an_empty_cell_beside_a_wrong_one_is_none(tmp_path: Path) -> None:
    found = made(tmp_path, 'Mã,Số hộ\n11,5\n12,năm\n13,\n14,""\n15, \n16,7\n17,8\n')
    assert [(problem.rule, problem.row) for problem in found.problems] == [("wrong_type", 3)]


def test_a_column_of_another_type_is_one_error(tmp_path: Path) -> None:
    found = made(tmp_path, "Mã,Số hộ\n11,a\n12,b\n")
    assert found.problem_counts == {"type_changed": 1}
    assert found.columns[1].type == "text"


def test_a_missing_and_an_extra_column(tmp_path: Path) -> None:
    found = made(tmp_path, "Mã,Khác\n11,a\n12,b\n")
    assert found.problem_counts == {"missing_column": 1, "extra_column": 1}
    assert found.error_count == 1


def test_a_required_cell_left_empty(tmp_path: Path) -> None:
    found = made(tmp_path, "Mã,Số hộ\n11,5\n,6\n\n12,7\n")
    assert found.problem_counts["missing_value"] == 1
    assert next(p.row for p in found.problems if p.rule == "missing_value") == 3


def test_a_renamed_label_keeps_the_registered_name(tmp_path: Path) -> None:
    schema: list[ColumnSchema] = [{"name": "ma_xa", "label": "Mã"}, {"name": "so_ho"}]
    assert [c.name for c in made(tmp_path, "MÃ,Số hộ\n1,5\n", schema).columns] == ["ma_xa", "so_ho"]


def test_problems_are_capped_but_all_counted(tmp_path: Path) -> None:
    found = made(tmp_path, "Mã,Số hộ\n" + "11,5\n" * 300 + "12,năm\n" * 200)
    assert found.problem_counts["wrong_type"] == 200
    assert len(found.problems) == 50
