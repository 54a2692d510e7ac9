"""Translations, notices and the states diagram are complete and in step with the code."""

import re

import polib
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


# What stands before a plural noun here is a limit, always more than one, or no number.
MORE_THAN_ONE = {"days", "minutes", "length", "limit", "usual", "quota", "requester"}
ALWAYS_MANY = {
    "Việc được ghi, %(n)s ngày",
    "Quá %(n)s ngày",
    "Liệt kê %(kept)s chỗ đầu tiên trong %(n)s chỗ; sửa xong và tải tệp lên lại để thấy các chỗ còn lại.",
}
COUNTED = re.compile(
    r"%\((?P<name>\w+)\)[sd](?:\s|<[^>]*>)+(?!ha[sv]e?\b)(?:[a-z-]+ )?"
    r"(?:accounts|agencies|calls|cells|changes|characters|columns|communes|datasets|days|documents|"
    r"duties|entries|errors|events|files|groups|hours|invitations|items|members|minutes|months|notices|"
    r"pages|people|periods|petitions|places|points|problems|quarters|queries|records|releases|requests|"
    r"results|roles|rows|seconds|services|sessions|sheets|tables|tasks|times|units|values|years)\b"
)


def test_english_counts_have_their_singular():
    """ "1 rows" is no English: such a string takes ngettext, or words without a plural."""
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(messages.catalogue_path()))
        if not entry.msgid_plural
        and entry.msgid not in ALWAYS_MANY
        and any(one["name"] not in MORE_THAN_ONE for one in COUNTED.finditer(entry.msgstr))
    ]
    assert wrong == []
