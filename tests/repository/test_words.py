"""Translations, notices and the states diagram are complete and in step with the code."""

from django.core.management import call_command

from accounts.notices import declared_kinds
from catalog.states import TRANSITIONS
from deadlines.states import PETITION_STEPS
from portal import messages


def test_every_string_has_its_english():
    assert list(messages.problems()) == []


def test_every_notice_has_its_words():
    told = {step.notice for step in [*TRANSITIONS, *PETITION_STEPS.values()]}
    assert told - {""} <= declared_kinds()


def test_states_diagram_is_up_to_date():
    call_command("states_diagram", "--check")
