"""Pages that only say something, the theme, the language switch."""

from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client

from catalog import usage
from core import clock
from deadlines.models import Sweep
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = {
    "/gioi-thieu/": "Giới thiệu",
    "/huong-dan/": "Hướng dẫn",
    "/lien-he/": "Liên hệ, góp ý",
    "/tiep-can/": "Tuyên bố tiếp cận",
    "/trang-thai/": "Tình trạng hệ thống",
    "/nha-phat-trien/": "Cho nhà phát triển",
}


@pytest.mark.parametrize(("address", "title"), PAGES.items())
def test_every_page_opens_with_its_title(client: Client, address: str, title: str) -> None:
    page = client.get(address)
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in text
    assert f"<title> {title} – Kho dữ liệu tỉnh Nghệ An</title>" in text
    assert client.get(f"/en{address}").status_code == 200


def test_the_name_of_the_agency_in_charge_is_data(client: Client) -> None:
    factories.agency("Sở Đầu mối", data_authority=True, contact_email="lienhe@dm.example")
    assert "Cơ quan quản lý: Sở Đầu mối" in client.get("/gioi-thieu/").content.decode()
    assert "lienhe@dm.example" in client.get("/lien-he/").content.decode()


def test_status_says_what_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "vẫn bình thường" in client.get("/trang-thai/").content.decode()  # never swept
    Sweep.objects.create(pk=1, last_at=clock.now())
    assert "Mọi bộ phận đang hoạt động" in client.get("/trang-thai/").content.decode()
    monkeypatch.setattr(usage.redis(), "set", Mock(side_effect=ConnectionError))
    page = client.get("/trang-thai/")
    assert page.status_code == 503
    assert "Không trả lời" in page.content.decode()


def test_status_asks_the_database_twice(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):  # whether it answers, when it was swept
        client.get("/trang-thai/")


def test_the_language_switch_keeps_path_and_query(client: Client) -> None:
    assert 'href="/en/dataset/?q=y+t"' in client.get("/dataset/?q=y+t").content.decode()
    assert 'href="/dataset/?q=y+t"' in client.get("/en/dataset/?q=y+t").content.decode()


def test_the_language_switch_of_an_address_that_is_no_page_leads_home(client: Client) -> None:
    assert 'href="/en/" hreflang="en"' in client.get("/khong-co/").content.decode()
    assert 'href="/" hreflang="vi"' in client.get("/en/khong-co/").content.decode()


@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_theme_is_kept_and_leads_back(client: Client, theme: str) -> None:
    answer = client.post("/giao-dien/", {"theme": theme, "next": "/dataset/?q=a"})
    assert (answer.status_code, answer["Location"]) == (302, "/dataset/?q=a")
    assert f'data-theme="{theme}"' in client.get("/").content.decode()
    client.post("/giao-dien/", {"theme": "", "next": "/"})
    assert "data-theme" not in client.get("/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com", "javascript:alert(1)", ""]
)
def test_a_theme_leads_nowhere_else(client: Client, elsewhere: str) -> None:
    answer = client.post("/giao-dien/", {"theme": "dark", "next": elsewhere})
    assert answer["Location"] == "/"


def test_an_unknown_theme_changes_nothing(client: Client) -> None:
    client.post("/giao-dien/", {"theme": 'pink" onload="x', "next": "/"})
    assert "pink" not in client.get("/").content.decode()
    assert client.get("/giao-dien/").status_code == 405


def test_a_public_page_sets_no_cookie(client: Client) -> None:
    for address in ("/", "/dataset/", "/organization/", *PAGES):
        assert not client.get(address).cookies, address


def test_the_policy_against_foreign_code_is_strict(client: Client) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("address", "english"),
    [
        ("/dataset/?q=y+t%E1%BA%BF&trang=2", "/en/dataset/?q=y+t%E1%BA%BF&amp;trang=2"),
        ("/huong-dan/", "/en/huong-dan/"),
        ("/khong-co-trang-nay/", "/en/"),
        (
            "/dataset/khong-co",
            "/en/dataset/khong-co",
        ),  # the address is a page's, the dataset is none
    ],
)
def test_the_same_page_in_the_other_language(client: Client, address: str, english: str):
    page = client.get(address).content.decode()
    assert f'<a href="{english}" hreflang="en" lang="en">English</a>' in page
