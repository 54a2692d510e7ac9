"""Technical names of columns."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tables.names import technical_names


def test_labels_become_folded_snake_case() -> None:
    assert technical_names(["Tên cơ sở", "Đơn vị (m²)", "2024", "", "Tên cơ sở"]) == [
        "ten_co_so", "don_vi_m", "cot_2024", "cot_4", "ten_co_so_2",
    ]  # fmt: skip


def test_the_name_duckdb_keeps_for_itself_is_not_used() -> None:
    assert technical_names(["rowid"]) == ["rowid_2"]


@given(st.lists(st.text(max_size=90), max_size=40))
def test_names_are_always_usable_and_unique(labels: list[str]) -> None:
    names = technical_names(labels)
    assert len(set(names)) == len(labels)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,62}", name) for name in names)
