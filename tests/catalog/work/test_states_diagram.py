"""docs/release-states.md and docs/duty-states.md follow the tables of states."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from catalog.release_states_page import PATH, page
from catalog.states import TRANSITIONS, ReleaseState
from deadlines import duty_states_page
from deadlines.states import DUTY_STEPS, PETITION_STEPS, DutyState


def test_the_committed_pages_are_up_to_date() -> None:
    call_command("states_diagram", "--check")


def test_every_state_and_step_is_on_the_page() -> None:
    text = page()
    for step in TRANSITIONS:
        assert f"    {step.source} --> {step.target}: {step.name}\n" in text
        assert f"| `{step.source}` | {step.name} | `{step.target}` |" in text
    for state in ReleaseState:
        assert f"| `{state}` | {state.label} |" in text
    assert "`decide_release`: Lãnh đạo duyệt" in text


def test_every_step_of_a_duty_and_of_a_petition_is_on_its_page() -> None:
    text = duty_states_page.page()
    for step in DUTY_STEPS:
        assert f"| {step.name} |" in text
        for source in step.sources if step.target else ():
            assert f"    {source} --> {step.target}: {step.name}\n" in text
    for state in DutyState:
        assert f"| `{state}` | {state.label} |" in text
    for one in PETITION_STEPS.values():
        assert f"| {one.name} | `{one.target}` |" in text
    assert "Gia hạn: `decide_deadline`: Lãnh đạo cơ quan đầu mối" in text


def test_the_language_of_the_console_does_not_matter() -> None:
    in_vietnamese = page(), duty_states_page.page()
    with translation.override("en"):
        assert (page(), duty_states_page.page()) == in_vietnamese


def test_the_pages_are_written_and_then_found_right(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("states_diagram", "--check")
    call_command("states_diagram")
    for path, text in ((PATH, page()), (duty_states_page.PATH, duty_states_page.page())):
        assert (tmp_path / path).read_text(encoding="utf-8") == text
    call_command("states_diagram", "--check")
