"""manage.py load_agencies, invite, remove_second_factor."""

import io
import re
from datetime import date

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import is_mfa_enabled
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Agency, AuditEvent, Invitation, Notice
from tests import factories

pytestmark = pytest.mark.django_db


def _output(*command: str) -> str:
    output = io.StringIO()
    call_command(*command, stdout=output)
    return output.getvalue().strip()


def test_agencies_are_loaded_with_successors() -> None:
    assert _output("load_agencies") == "32 agencies"
    authority = Agency.objects.get(is_data_authority=True)
    assert authority.key == "SKHCN2025"
    former = Agency.objects.get(key="STTTT")
    assert (former.successor, former.valid_to) == (authority, date(2025, 2, 28))
    assert former.symbol_verified
    assert former not in Agency.objects.current()
    assert {one.key for one in authority.predecessors.all()} == {"STTTT", "SKHCN"}


def test_agencies_of_one_name_have_addresses_of_their_own() -> None:
    _output("load_agencies")
    then, now = Agency.objects.filter(name_vi="Sở Nội vụ").order_by("valid_from")
    assert {then.slug, now.slug} == {"so-noi-vu", "so-noi-vu-truoc-2025"}
    assert Agency.objects.get(slug="so-noi-vu").valid_to is None


def test_agencies_are_in_vietnamese_order() -> None:
    _output("load_agencies")
    names = [agency.name_vi for agency in Agency.objects.all()]
    assert (
        names.index("Sở Dân tộc và Tôn giáo") < names.index("Sở Du lịch") < names.index("Sở Y tế")
    )
    assert names.index("Bảo hiểm xã hội tỉnh") < names.index("Công an tỉnh")


def test_loading_again_changes_nothing_but_repairs() -> None:
    _output("load_agencies")
    before = list(Agency.objects.order_by("pk").values())
    Agency.objects.filter(key="SYT").update(name_vi="Sai", successor=None)
    _output("load_agencies")
    assert list(Agency.objects.order_by("pk").values()) == before


def test_invite_prints_a_link_that_opens(client: Client) -> None:
    agency = factories.agency()
    link = _output("invite", "Dau.Tien@thu.example", "Người Đầu Tiên", agency.key)
    path = re.fullmatch(r"http://localhost:\d+(/loi-moi/[\w-]+/)", link)[1]  # type: ignore[index]
    assert "Người Đầu Tiên" in client.get(path).content.decode()
    assert Invitation.objects.get().role_code == "agency_admin"


def test_invite_finds_the_agency_by_its_address_too() -> None:
    agency = factories.agency()
    _output("invite", "a@thu.example", "A", agency.slug, "--role", "approver")
    assert (Invitation.objects.get().agency, Invitation.objects.get().role_code) == (
        agency,
        "approver",
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("a@thu.example", "A", "khong-co"), "There is no agency 'khong-co'"),
        (("khong-phai-thu", "A", "CO"), "hợp lệ"),
        (("a@thu.example", "A", "CU"), "không còn hoạt động"),
    ],
)
def test_invite_refuses_with_a_sentence(words: tuple[str, ...], sentence: str) -> None:
    factories.agency(key="CO")
    factories.agency(key="CU", valid_to=date(2025, 2, 28))
    with pytest.raises(CommandError, match=sentence):
        call_command("invite", *words)
    assert not Invitation.objects.exists()


def test_a_lost_second_factor_is_removed_recorded_and_told() -> None:
    person = factories.person()
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    assert person.email in _output("remove_second_factor", person.email.upper())
    assert not is_mfa_enabled(person)
    event = AuditEvent.objects.get(action="person.second_factor_removed")
    assert (event.actor_name, event.object_id) == ("", str(person.pk))
    assert Notice.objects.filter(person=person, kind="person.second_factor_removed").exists()


def test_where_there_is_no_second_factor_it_says_so() -> None:
    with pytest.raises(CommandError, match="There is no account"):
        call_command("remove_second_factor", "nobody@nghean.example")
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", factories.person().email)
