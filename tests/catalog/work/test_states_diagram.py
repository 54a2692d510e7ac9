"""docs/release-states.md follows catalog/states.py."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from catalog.release_states_page import PATH, page
from catalog.states import TRANSITIONS, ReleaseState


def test_the_committed_page_is_up_to_date() -> None:
    call_command("states_diagram", "--check")


def test_every_state_and_step_is_on_the_page() -> None:
    text = page()
    for step in TRANSITIONS:
        assert f"    {step.source} --> {step.target}: {step.name}\n" in text
        assert f"| `{step.source}` | {step.name} | `{step.target}` |" in text
    for state in ReleaseState:
        assert f"| `{state}` | {state.label} |" in text
    assert "`decide_release`: Lãnh đạo duyệt" in text


def test_the_language_of_the_console_does_not_matter() -> None:
    in_vietnamese = page()
    with translation.override("en"):
        assert page() == in_vietnamese


def test_the_page_is_written_and_then_found_right(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("states_diagram", "--check")
    call_command("states_diagram")
    assert (tmp_path / PATH).read_text(encoding="utf-8") == page()
    call_command("states_diagram", "--check")
