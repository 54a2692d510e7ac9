"""Roles that reach every agency take two people: one proposes, another confirms."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.actions import invitations
from accounts.actions.memberships import end
from accounts.models import (
    Agency,
    AuditEvent,
    Invitation,
    Membership,
    Notice,
    OutboxMessage,
    Person,
)
from accounts.permissions import NotFound
from accounts.roles import ROLES
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "Chuyển công tác từ tháng này."
EVERYWHERE = [code for code, role in ROLES.items() if role.everywhere]
EMAIL = "moi@thu.example"
REASON = "Chưa có quyết định phân công của Sở."


@pytest.fixture
def authority() -> Agency:
    return factories.agency("Sở Đầu mối", data_authority=True)


@pytest.fixture
def leader(authority: Agency) -> Person:
    return factories.person("ict_leader", authority)


@pytest.fixture
def second(authority: Agency) -> Person:
    return factories.person("ict_leader", authority)


def propose(client: Client, leader: Person, authority: Agency, role: str = "ict_leader") -> Any:
    client.force_login(leader)
    facts = {"full_name": "Nguyễn Văn Mới", "email": EMAIL, "role_code": role}
    return client.post(reverse("members", args=[authority.slug]), facts, follow=True)


def decide(client: Client, by: Person, decision: str, reason: str = "") -> Any:
    client.force_login(by)
    address = reverse("role_proposal", args=[Invitation.objects.get().pk])
    return client.post(address, {"decision": decision, "reason": reason}, follow=True)


def letters() -> list[str]:
    return list(OutboxMessage.objects.filter(to=EMAIL).values_list("body", flat=True))


@pytest.mark.parametrize("role", EVERYWHERE)
def test_nothing_is_sent_before_another_person_has_confirmed(
    client: Client, leader: Person, second: Person, authority: Agency, role: str
) -> None:
    page = propose(client, leader, authority, role).content.decode()
    assert "khi người thứ hai xác nhận" in page
    assert "Chờ người thứ hai xác nhận" in page
    assert not letters()
    told = Notice.objects.get(kind="role.proposed")
    assert told.person == second
    client.force_login(second)
    assert "Xác nhận và gửi lời mời" in client.get(told.path).content.decode()
    page = decide(client, second, "confirm").content.decode()
    assert f"lời mời đã gửi đến {EMAIL}" in page
    [letter] = letters()
    token = re.search(r"/loi-moi/([^/]+)/", letter)[1]  # type: ignore[index]
    person = invitations.accept(token=token, password="mat-khau-dau-tien-26")
    membership = Membership.objects.get(person=person)
    assert (membership.role_code, membership.granted_by) == (role, leader)
    assert list(AuditEvent.objects.values_list("action", flat=True).order_by("id")) == [
        "invitation.proposed",
        "invitation.confirmed",
        "membership.granted",
        "invitation.accepted",
    ]
    assert Notice.objects.get(kind="role.confirmed").person == leader


def test_neither_the_proposer_nor_the_proposed_confirms(
    client: Client, leader: Person, second: Person, authority: Agency
) -> None:
    propose(client, leader, authority)
    page = decide(client, leader, "confirm").content.decode()
    assert "Người đề nghị không được tự xác nhận." in page
    Invitation.objects.update(email=second.email)
    page = decide(client, second, "confirm").content.decode()
    assert "Bạn không được xác nhận vai trò của chính mình." in page
    officer = factories.person("ict_officer", authority)
    assert decide(client, officer, "confirm").status_code == 403
    assert Invitation.objects.get().confirmed_at is None


def test_refused_with_a_reason(
    client: Client, leader: Person, second: Person, authority: Agency
) -> None:
    propose(client, leader, authority)
    assert "ít nhất 10 ký tự" in decide(client, second, "refuse", "Không").content.decode()
    decide(client, second, "refuse", REASON)
    assert not letters()
    assert Notice.objects.get(kind="role.refused").person == leader
    assert AuditEvent.objects.get(action="invitation.refused").after["reason"] == REASON
    page = client.get(reverse("role_proposals")).content.decode()
    assert "Đã từ chối" in page
    page = decide(client, second, "confirm").content.decode()
    assert "đã được xử lý hoặc đã hết hạn" in page


def test_a_proposal_dies_with_its_proposer_s_right(
    client: Client, leader: Person, second: Person, authority: Agency
) -> None:
    third = factories.person("ict_leader", authority)
    propose(client, leader, authority)
    leader.memberships.update(valid_to=clock.today() - timedelta(days=1))
    page = decide(client, second, "confirm").content.decode()
    assert "Người đề nghị không còn quyền" in page
    leader.memberships.update(valid_to=None)
    end(reason=WHY, membership=leader.memberships.get(), by=third)
    assert Invitation.objects.get().cancelled_at is not None
    assert not letters()


def test_a_confirmed_offer_dies_with_the_second_person_s_right(
    client: Client, leader: Person, second: Person, authority: Agency
) -> None:
    propose(client, leader, authority)
    decide(client, second, "confirm")
    token = re.search(r"/loi-moi/([^/]+)/", letters()[0])[1]  # type: ignore[index]
    assert client.get(f"/loi-moi/{token}/").status_code == 200
    second.memberships.update(valid_to=clock.today() - timedelta(days=1))
    with pytest.raises(NotFound):
        invitations.accept(token=token, password="mat-khau-dau-tien-26")


def test_a_leader_alone_is_told_what_to_do(
    client: Client, leader: Person, authority: Agency
) -> None:
    page = propose(client, leader, authority).content.decode()
    assert "hiện chưa có ai khác giữ quyền đó" in page
    assert not Invitation.objects.exists()


def test_a_proposal_runs_out(
    client: Client, leader: Person, second: Person, authority: Agency
) -> None:
    propose(client, leader, authority)
    proposal = Invitation.objects.get()
    with clock.set_to(clock.now() + timedelta(days=15)), pytest.raises(ValidationError):
        invitations.confirm(invitation=proposal, by=second)


def test_the_console_gives_the_first_alone_and_proposes_the_next(
    client: Client, authority: Agency, capsys: Any
) -> None:
    call_command("invite", EMAIL, "Người thứ nhất", authority.slug, "--role", "ict_leader")
    link = capsys.readouterr().out
    token = re.search(r"/loi-moi/([^/]+)/", link)[1]  # type: ignore[index]
    [sent] = AuditEvent.objects.filter(action="invitation.sent")
    assert sent.after["without_second_person"] is True
    first = invitations.accept(token=token, password="mat-khau-dau-tien-26")
    call_command("invite", "hai@thu.example", "Người thứ hai", authority.slug, "--role", "operator")
    assert "/loi-moi/" not in capsys.readouterr().out
    proposal = Invitation.objects.get(email="hai@thu.example")
    assert proposal.is_proposal
    assert Notice.objects.get(kind="role.proposed").person == first
    with pytest.raises(CommandError, match="đã có vai trò đó"):
        call_command("invite", EMAIL, "Lại", authority.slug, "--role", "ict_leader")
    invitations.confirm(invitation=proposal, by=first)
    assert OutboxMessage.objects.filter(to="hai@thu.example").count() == 1


def test_the_list_costs_the_same_for_any_number(
    client: Client,
    leader: Person,
    second: Person,
    authority: Agency,
    django_assert_num_queries: Any,
) -> None:
    client.force_login(second)
    for number in (1, 5):
        for at in range(number):
            invitations.invite(
                email=f"{number}-{at}@thu.example",
                full_name="Người mới",
                agency=authority,
                role_code="auditor",
                by=leader,
            )
        with django_assert_num_queries(QUERIES):
            client.get(reverse("role_proposals"))


QUERIES = 10


def test_the_menu_counts_what_the_second_person_may_decide(
    client: Client, authority: Agency, leader: Person, second: Person
) -> None:
    counted = r"Đề nghị cấp vai trò\s*(?:<[^>]*>\s*)*\(?1\b"
    assert not re.search(counted, propose(client, leader, authority).content.decode())
    client.force_login(second)
    home = client.get(reverse("leader")).content.decode()
    assert re.search(counted, home)
    assert not re.search(counted, decide(client, second, "confirm").content.decode())
