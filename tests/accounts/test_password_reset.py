"""/tai-khoan/mat-khau/quen/: a link by letter."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import AuditEvent, OutboxMessage, Person
from tests import factories
from tests.deadlines.moments import at

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/mat-khau/quen/"
NEW = "mot-mat-khau-moi-dai"


def _link_for(client: Client, person: Person) -> str:
    client.post(PAGE, {"email": person.email})
    body = OutboxMessage.objects.get(to=person.email).body
    return re.search(r"http://localhost:\d+(/\S+)", body)[1]  # type: ignore[index]


def _choose(client: Client, link: str, new: str = NEW) -> HttpResponse:
    form = client.get(link)
    return client.post(form.url, {"password1": new, "password2": new})


def test_link_leads_to_a_new_password(client: Client) -> None:
    person = factories.person()
    answer = _choose(client, _link_for(client, person))
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/mat-khau/quen/xong/")
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert AuditEvent.objects.get().action == "person.password_changed"


def test_letter_is_vietnamese_and_waits_in_the_outbox(client: Client) -> None:
    person = factories.person(name="Nguyễn Thị <Hoa>")
    _link_for(client, person)
    letter = OutboxMessage.objects.get()
    assert letter.subject == "Đặt lại mật khẩu Kho dữ liệu tỉnh Nghệ An"
    assert letter.body.startswith("Kính gửi Nguyễn Thị <Hoa>,")


def test_the_letter_says_how_long_the_link_works(client: Client) -> None:
    with at("2026-11-23 10:15"):
        _link_for(client, factories.person())
    assert "đến 26/11/2026 10:15." in OutboxMessage.objects.get().body


def test_link_is_built_on_our_own_address(client: Client, settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    person = factories.person()
    client.post(PAGE, {"email": person.email}, headers={"host": "evil.example"})
    body = OutboxMessage.objects.get().body
    assert settings.SITE_URL in body
    assert "evil.example" not in body


def test_link_works_once(client: Client) -> None:
    person = factories.person()
    link = _link_for(client, person)
    _choose(client, link)
    page = Client().get(link).content.decode()
    assert "Liên kết không còn hiệu lực" in page
    assert "Yêu cầu liên kết mới" in page


def test_weak_password_is_refused(client: Client) -> None:
    person = factories.person()
    page = _choose(client, _link_for(client, person), "ngan").content.decode()
    assert "Mật khẩu phải có ít nhất 12 ký tự." in page
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)


def test_unknown_address_learns_nothing(client: Client) -> None:
    answer = client.post(PAGE, {"email": "khong-co@thu.example"})
    assert (answer.status_code, answer.url) == (302, "/tai-khoan/mat-khau/quen/da-gui/")
    assert "Nếu địa chỉ vừa nhập có tài khoản" in client.get(answer.url).content.decode()
    assert not OutboxMessage.objects.exists()


def test_account_that_ended_gets_no_link(client: Client) -> None:
    person = factories.person()
    person.is_active = False
    person.save()
    client.post(PAGE, {"email": person.email})
    assert not OutboxMessage.objects.exists()


@pytest.mark.parametrize("new", ["bich.ha.walk", "Bích-Hà-Walk-2026", "nguyenthibichha"])
def test_a_password_like_the_mailbox_or_the_name_is_refused(client: Client, new: str) -> None:
    person = factories.person(name="Nguyễn Thị Bích Hà")
    person.email = "bich.ha.walk@thu.example"
    person.save()
    answer = _choose(client, _link_for(client, person), new)
    assert "Mật khẩu quá giống tên hoặc thư điện tử" in answer.content.decode()
