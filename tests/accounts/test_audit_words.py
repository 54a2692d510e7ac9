"""The audit trail in words."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import gettext_lazy as _

from accounts.audit_words import (
    action_words,
    changes,
    declare_actions,
    declared_actions,
    label_words,
    object_words,
)
from accounts.models import AuditEvent
from catalog.states import TRANSITIONS

ROOT = Path(__file__).resolve().parents[2]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = changes(AuditEvent(before=before, after=after))
    return [(one.name, one.before, one.after) for one in found]


def test_codes_read_as_words() -> None:
    assert action_words("release.publish") == "Phê duyệt và công bố"
    assert object_words("dataset") == "bộ dữ liệu"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("role", "approver", "Lãnh đạo duyệt"),
        ("state", "needs_fixing", "Cần sửa"),
        ("frequency", "quarterly", "Hằng quý"),
        ("valid_to", "2026-10-09", "09/10/2026"),
        ("valid_to", "2026-10-09T03:00:00+00:00", "09/10/2026 10:00"),
        ("wants_email", False, "Không"),
        ("wants_email", True, "Có"),
        ("valid_to", None, "trống"),
        ("keywords", ["y tế", "giường bệnh"], "y tế, giường bệnh"),
        ("columns", [{"name": "ma", "required": True}], "name: ma; required: Có"),
        ("rows", 1246, "1246"),
        ("title", "2026-13-45", "2026-13-45"),
    ],
)
def test_values_read_as_words(name: str, value: Any, words: str) -> None:
    assert _changes({}, {name: value})[0][2] == words


@pytest.mark.parametrize(
    ("object_type", "label", "words"),
    [
        ("release", "Giá theo chợ – 2026-10 (lần 1)", "Giá theo chợ – Tháng 10/2026 (lần 1)"),
        ("duty", "Trường học 2026Q3", "Trường học Quý III/2026"),
        ("duty", "Năm học 2026-2027 2026", "Năm học 2026-2027 2026"),
        ("round", "dataset_update 2026-11", "Cập nhật dữ liệu, Tháng 11/2026"),
        ("round", "khong_con 2026Q9", "khong_con, 2026Q9"),
        ("dataset", "Số liệu 2026-10", "Số liệu 2026-10"),
    ],
)
def test_names_of_objects_have_their_period_in_words(
    object_type: str, label: str, words: str
) -> None:
    assert label_words(AuditEvent(object_type=object_type, object_label=label)) == words


def test_before_and_after_stand_side_by_side() -> None:
    assert _changes({"slug": "cu"}, {"slug": "moi"}) == [("địa chỉ", "cu", "moi")]


def test_fact_that_went_away_is_shown() -> None:
    assert _changes({"reason": "cũ"}, {}) == [("lý do", "cũ", "")]


def test_what_says_nothing_is_left_out() -> None:
    assert _changes({"reason": ""}, {"reason": ""}) == []


def test_codes_of_older_days_stay_readable() -> None:
    assert action_words("dataset.eaten") == "dataset.eaten"
    assert object_words("dinosaur") == "dinosaur"
    assert _changes({}, {"unheard_of": 1, "role": "emperor"}) == [
        ("vai trò", "", "emperor"),
        ("unheard_of", "", "1"),
    ]


def test_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match=r"dataset\.registered"):
        declare_actions({"dataset.registered": _("Đăng ký")})


def _recorded_actions() -> set[str]:
    """The codes named in the code of every app."""
    found = {step.audit_action for step in TRANSITIONS}
    for app in ("accounts", "catalog", "deadlines", "sharing"):
        for path in (ROOT / app).rglob("*.py"):
            found |= set(re.findall(r'\baction="([a-z_]+\.[a-z_]+)"', path.read_text()))
            found |= set(re.findall(r'\bnews="([a-z_]+\.[a-z_]+)"', path.read_text()))
    return found


def test_every_recorded_action_has_words() -> None:
    recorded = _recorded_actions()
    assert len(recorded) > 20
    assert recorded <= dict(declared_actions()).keys()
