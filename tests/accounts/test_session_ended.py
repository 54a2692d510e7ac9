"""A session that ended while somebody was at work: the page for signing in says so, and leads back."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client

from tests import factories as make

pytestmark = pytest.mark.django_db
SENT = "nên điều bạn vừa gửi chưa được thực hiện"
ENDED = "Phiên làm việc đã hết. Hãy đăng nhập lại để tiếp tục."
FORM = "/lam-viec/bo-du-lieu/moi/"


@pytest.fixture
def signed_in() -> Client:
    client = Client()
    person = make.person("contributor", make.agency())
    answer = client.post("/dang-nhap/", {"login": person.email, "password": make.PASSWORD})
    assert answer.status_code == 302
    return client


def end_sessions() -> None:
    Session.objects.all().delete()
    caches["sessions"].clear()


def test_what_was_sent_is_said_not_to_have_been_done(signed_in: Client) -> None:
    end_sessions()
    page = signed_in.post(FORM, {"title_vi": "Trường học"}, follow=True)
    assert page.redirect_chain == [(f"/dang-nhap/?next={FORM}", 302)]
    assert SENT in page.content.decode()


def test_a_form_that_is_sent_elsewhere_is_led_back_to(signed_in: Client) -> None:
    end_sessions()
    page = signed_in.post(
        "/thong-bao/da-doc/", headers={"referer": "http://testserver/thong-bao/?trang=2"}
    )
    assert page.headers["Location"] == "/dang-nhap/?next=/thong-bao/%3Ftrang%3D2"
    away = signed_in.post(
        "/thong-bao/da-doc/", headers={"referer": "https://elsewhere.example/thong-bao/"}
    )
    assert away.headers["Location"] == "/dang-nhap/?next=/thong-bao/da-doc/"


def test_a_file_is_not_read_and_its_page_is_led_back_to(signed_in: Client) -> None:
    table = make.dataset().resources.get()
    end_sessions()
    path = f"/lam-viec/bang/{table.pk}/nop/"
    page = signed_in.post(path, {"period": "2026-Q3", "file": make.incoming()}, follow=True)
    assert page.redirect_chain == [(f"/dang-nhap/?next={path}", 302)]
    assert SENT in page.content.decode()


def test_a_page_asked_for_after_the_end_says_so(signed_in: Client) -> None:
    end_sessions()
    page = signed_in.get(FORM, follow=True).content.decode()
    assert ENDED in page
    assert SENT not in page


def test_somebody_who_was_never_signed_in_is_told_nothing() -> None:
    page = Client().get(FORM, follow=True).content.decode()
    assert "Phiên làm việc đã hết" not in page
