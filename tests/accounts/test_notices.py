"""Telling people something, and /thong-bao/."""

import re

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.actions.notices import tell
from accounts.models import Notice, OutboxMessage, Person
from accounts.notices import body_of, declare, declared_kinds
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/thong-bao/"
FACTS = {"dataset": "Giường bệnh", "period": "2026Q3", "reason": "sai số"}


def _tell(*people: Person, kind: str = "release.returned", path: str = "/thong-bao/") -> None:
    tell(people, kind=kind, facts=FACTS, path=path)


def test_each_person_gets_a_notice_and_a_letter() -> None:
    one, other = factories.person(), factories.person()
    _tell(one, other)
    assert Notice.objects.filter(person__in=(one, other)).count() == 2
    letter = OutboxMessage.objects.get(to=one.email)
    assert letter.subject.startswith("Bị trả lại: Giường bệnh")
    assert f"Kính gửi {one.full_name}," in letter.body
    assert "/thong-bao/" in letter.body


def test_facts_read_as_words_not_codes() -> None:
    _tell(factories.person())
    assert OutboxMessage.objects.get().subject == "Bị trả lại: Giường bệnh, Quý III/2026"


def test_who_wants_no_letters_gets_the_notice_only() -> None:
    person = factories.person()
    person.wants_email = False
    _tell(person)
    assert Notice.objects.count() == 1
    assert not OutboxMessage.objects.exists()


def test_page_opens_in_the_readers_language_whatever_the_tellers() -> None:
    reader = factories.person()
    english_reader = factories.person()
    english_reader.language = "en"
    with translation.override("en"):
        _tell(reader, english_reader, path="/en/thong-bao/")
    assert set(Notice.objects.values_list("path", flat=True)) == {"/thong-bao/"}
    assert "/en/" not in OutboxMessage.objects.get(to=reader.email).body
    assert "/en/thong-bao/" in OutboxMessage.objects.get(to=english_reader.email).body


def test_unread_come_first_and_are_marked(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    _tell(person, kind="release.returned")
    _tell(person, kind="release.published")
    newest = Notice.objects.order_by("-id")[0]
    client.get(f"{PAGE}{newest.pk}/")
    page = client.get(PAGE).content.decode()
    assert page.index("Bị trả lại: Giường bệnh") < page.index("Đã công bố: Giường bệnh")
    assert (page.count("Chưa đọc"), page.count("Đã đọc")) == (1, 1)
    assert "Thông báo (1)" in page


def test_opening_marks_read_and_leads_to_the_page(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    _tell(person, path="/tai-khoan/")
    notice = Notice.objects.get()
    assert client.get(f"/en{PAGE}{notice.pk}/").url == "/en/tai-khoan/"
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_can_be_marked_read(client: Client) -> None:
    person, other = factories.person(), factories.person()
    _tell(person, other)
    client.force_login(person)
    assert client.post(f"{PAGE}da-doc/").url == PAGE
    assert not Notice.objects.filter(person=person, read_at=None).exists()
    assert Notice.objects.filter(person=other, read_at=None).exists()


def test_list_is_paged(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    for _n in range(21):
        _tell(person)
    links = r'href="/thong-bao/\d+/"'
    assert len(re.findall(links, client.get(PAGE).content.decode())) == 20
    assert len(re.findall(links, client.get(PAGE, {"page": 2}).content.decode())) == 1


def test_empty_list_says_so(client: Client) -> None:
    client.force_login(factories.person())
    assert "Chưa có thông báo nào." in client.get(PAGE).content.decode()


def test_somebody_elses_notice_does_not_exist(client: Client) -> None:
    _tell(factories.person())
    client.force_login(factories.person())
    assert client.get(f"{PAGE}{Notice.objects.get().pk}/").status_code == 404
    assert Notice.objects.get().read_at is None


def test_marking_all_takes_a_form(client: Client) -> None:
    client.force_login(factories.person())
    assert client.get(f"{PAGE}da-doc/").status_code == 405


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}1/"])
def test_visitor_signs_in_first(client: Client, path: str) -> None:
    assert client.get(path).url == f"/dang-nhap/?next={path}"
    assert client.post(f"{PAGE}da-doc/").url.startswith("/dang-nhap/")


def test_kind_is_declared_once() -> None:
    assert "person.password_changed" in declared_kinds()
    with pytest.raises(ValueError, match="declared twice"):
        declare("person.password_changed", subject=_("Thư"), body=_("Thư"))


ABOUT_PEOPLE = {
    "time": "09/10/2026 10:00", "address": "::1", "name": "Nguyễn Văn A", "email": "a@thu.example",
    "agency": "Sở Y tế", "reason": "Đã nghỉ việc.", "role_code": "operator", "sender": "",
}  # fmt: skip


def test_words_of_every_kind_of_account_notice_fit_their_facts() -> None:
    kinds = [one for one in declared_kinds() if one.startswith(("person.", "role."))]
    assert {"person.password_changed", "person.disabled", "role.proposed"} <= {*kinds}
    for kind in kinds:
        body = body_of(Notice(kind=kind, facts=ABOUT_PEOPLE))
        assert "%" not in body
        assert ABOUT_PEOPLE["time"] in body or ABOUT_PEOPLE["email"] in body
