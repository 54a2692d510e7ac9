"""/tai-khoan/phien/: where one is signed in, and ending that."""

import re
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from accounts.browser_words import browser_words
from accounts.models import AuditEvent, Person
from core import clock
from tests import factories
from tests.visitor import forms_on

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"
PAGE = "/tai-khoan/phien/"


def signed_in(person: Person, agent: str = CHROME, address: str = "203.0.113.5") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    answer = client.post("/dang-nhap/", {"login": person.email, "password": factories.PASSWORD})
    assert answer.status_code == 302
    return client


def is_in(client: Client) -> bool:
    return client.get("/thong-bao/").status_code == 200


def test_the_page_lists_where_one_is_signed_in() -> None:
    person = factories.person()
    here = signed_in(person)
    signed_in(person, FIREFOX, "2001:db8::7")
    signed_in(factories.person(), FIREFOX, "198.51.100.9")
    page = here.get(PAGE).content.decode()
    assert re.findall(r'<th role="rowheader" scope="row">\s*([^<\n]+)', page) == [
        "Chrome, Windows",
        "Firefox, Android",
    ]
    assert page.count("Phiên này") == 1
    assert "2001:db8::7" in page
    assert "198.51.100.9" not in page


def test_the_profile_leads_there() -> None:
    client = signed_in(factories.person())
    assert f'href="{PAGE}"' in client.get("/tai-khoan/").content.decode()


def test_one_is_ended_from_the_page() -> None:
    person = factories.person()
    here, there, further = (signed_in(person) for _ in range(3))
    forms = [
        form for form in forms_on(here.get(PAGE).content.decode()) if "ket-thuc" in form.action
    ]
    key = there.session.session_key
    address = reverse("session_end", args=[UserSession.objects.get(session_key=key).pk])
    assert address in {form.action for form in forms}
    page = here.post(address, follow=True).content.decode()
    assert "Đã kết thúc phiên" in page
    assert (is_in(here), is_in(there), is_in(further)) == (True, False, True)
    assert not Session.objects.filter(session_key=key).exists()
    assert AuditEvent.objects.filter(action="person.session_ended").count() == 1


def test_all_others_are_ended_at_once() -> None:
    person = factories.person()
    here, there, further = (signed_in(person) for _ in range(3))
    page = here.post("/tai-khoan/phien/khac/ket-thuc/", follow=True).content.decode()
    assert "Đã kết thúc 2 phiên khác." in page
    assert (is_in(here), is_in(there), is_in(further)) == (True, False, False)
    assert AuditEvent.objects.get(action="person.sessions_ended").after == {"sessions": 2}
    assert "Kết thúc mọi phiên khác" not in here.get(PAGE).content.decode()


def test_this_one_is_left_by_signing_out() -> None:
    here = signed_in(factories.person())
    mine = UserSession.objects.get(session_key=here.session.session_key)
    page = here.post(reverse("session_end", args=[mine.pk]), follow=True).content.decode()
    assert "hãy bấm Đăng xuất" in page
    assert is_in(here)
    here.post("/dang-xuat/")
    again = signed_in(Person.objects.get())
    assert again.get(PAGE).content.decode().count('role="rowheader"') == 1


def test_nobody_ends_the_session_of_another() -> None:
    person, stranger = factories.person(), signed_in(factories.person())
    theirs = signed_in(person)
    row = UserSession.objects.get(session_key=theirs.session.session_key)
    assert stranger.post(reverse("session_end", args=[row.pk])).status_code == 404
    assert is_in(theirs)
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize("second_factor", [False, True])
def test_changing_the_password_ends_the_others(second_factor: bool) -> None:
    person = factories.person()
    here, there = signed_in(person), signed_in(person)
    new = "mot-mat-khau-khac-26"
    sent = {"oldpassword": factories.PASSWORD, "password1": new, "password2": new}
    assert here.post("/tai-khoan/mat-khau/doi/", sent).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert here.get(PAGE).content.decode().count('role="rowheader"') == 1


def test_last_use_is_noted_every_few_minutes_not_with_every_page() -> None:
    person = factories.person()
    client = signed_in(person)
    row = UserSession.objects.get()
    client.get("/thong-bao/")
    assert UserSession.objects.get().last_seen_at == row.last_seen_at
    later = clock.now() + timedelta(minutes=6)
    with clock.set_to(later):
        client.get("/thong-bao/", REMOTE_ADDR="203.0.113.77")
    seen = UserSession.objects.get()
    assert (seen.last_seen_at, seen.ip) == (later, "203.0.113.77")


def test_the_page_costs_the_same_for_any_number(django_assert_num_queries) -> None:
    person = factories.person()
    here = signed_in(person)
    for _ in range(2):
        with django_assert_num_queries(QUERIES):
            here.get(PAGE)
        for _ in range(4):
            signed_in(person)


QUERIES = 7


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome, Windows"),
        (CHROME + " Edg/142.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("curl/8.5", "Trình duyệt khác"),
        ("", "Trình duyệt khác"),
    ],
)
def test_browsers_are_called_by_their_names(agent: str, words: str) -> None:
    assert browser_words(agent) == words
