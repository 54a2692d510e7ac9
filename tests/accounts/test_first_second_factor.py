"""REQUIRE_2FA: a stolen password alone does not add the first second factor."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.actions import invitations
from accounts.models import AuditEvent, OutboxMessage, Person
from core import clock
from tests import factories
from tests.accounts.test_second_factor import ADD, add_second_factor, sign_in
from tests.visitor import forms_on

pytestmark = pytest.mark.django_db
PROOF = "/tai-khoan/xac-thuc/thu/"


@pytest.fixture(autouse=True)
def _required(settings) -> None:
    settings.REQUIRE_2FA = True


def signed_in(person: Person) -> Client:
    client = Client()
    assert sign_in(client, person).status_code == 302
    return client


def ask(client: Client) -> str:
    """Presses the button of the page; the address in the letter."""
    page = client.get(ADD, follow=True)
    assert page.redirect_chain[-1] == (PROOF, 302)
    form = next(form for form in forms_on(page.content.decode()) if not form.action)
    assert client.post(PROOF, dict(form.untouched)).status_code == 302
    letter = OutboxMessage.objects.latest("pk")
    return re.search(rf"{PROOF}\S+/", letter.body)[0]  # type: ignore[index]


def test_the_password_alone_adds_none() -> None:
    person = factories.person("approver", factories.agency())
    thief = signed_in(person)
    assert thief.get(ADD).headers["Location"] == PROOF
    assert thief.post(ADD, {"code": "123456"}).headers["Location"] == PROOF
    assert not Authenticator.objects.exists()


def test_the_link_of_the_letter_opens_the_way_once() -> None:
    person = factories.person("approver", factories.agency())
    client = signed_in(person)
    link = ask(client)
    assert OutboxMessage.objects.latest("pk").to == person.email
    assert client.get(link).headers["Location"] == ADD
    assert client.get(link).headers["Location"] == PROOF
    add_second_factor(client)
    assert Authenticator.objects.filter(user=person).exists()
    assert AuditEvent.objects.filter(action="person.address_link_sent").count() == 1


def test_the_owner_opens_nothing_for_a_thief() -> None:
    """Who follows the link of a letter somebody else asked for lets only nobody in."""
    person = factories.person("approver", factories.agency())
    thief, owner = signed_in(person), signed_in(person)
    link = ask(thief)
    assert "được yêu cầu ở trình duyệt khác" in owner.get(link, follow=True).content.decode()
    assert thief.get(ADD).headers["Location"] == PROOF
    assert Client().get(link).headers["Location"].startswith("/dang-nhap/")


def test_a_link_is_replaced_by_the_next_and_ages() -> None:
    client = signed_in(factories.person("approver", factories.agency()))
    first, second = ask(client), ask(client)
    assert client.get(first).headers["Location"] == PROOF
    with clock.set_to(clock.now() + timedelta(minutes=31)):
        assert client.get(second).headers["Location"] == PROOF


def test_letters_are_few() -> None:
    client = signed_in(factories.person("approver", factories.agency()))
    for _time in range(3):
        ask(client)
    page = client.post(PROOF, follow=True).content.decode()
    assert "Đã gửi nhiều lần" in page
    assert OutboxMessage.objects.count() == 3


def test_who_came_by_invitation_has_proved_it() -> None:
    agency = factories.agency()
    offer = invitations.invite(
        email="moi@thu.example",
        full_name="Người mới",
        agency=agency,
        role_code="approver",
        by=None,
    )
    client = Client()
    passwords = {"password": factories.PASSWORD, "password_again": factories.PASSWORD}
    assert client.post(offer.link[offer.link.index("/loi-moi/") :], passwords).status_code == 302
    sign_in(client, Person.objects.get(email=offer.email))
    add_second_factor(client)


def test_who_has_one_is_not_asked(settings) -> None:
    settings.REQUIRE_2FA = False
    client = signed_in(factories.person("approver", factories.agency()))
    add_second_factor(client)
    settings.REQUIRE_2FA = True
    assert client.get(PROOF).headers["Location"] == ADD
