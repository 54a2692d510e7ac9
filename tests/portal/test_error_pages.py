"""400, 403, 404, 500 and the page of an expired form."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.views import errors
from tests import factories

pytestmark = pytest.mark.django_db


def test_404_has_a_search_box(client: Client) -> None:
    page = client.get("/khong-co-trang-nay/")
    assert page.status_code == 404
    assert "Không tìm thấy trang" in page.content.decode()
    assert 'role="search"' in page.content.decode()


def test_404_leads_whoever_works_here_back_to_work(client: Client) -> None:
    client.force_login(factories.person("contributor"))
    page = client.get("/khong-co-trang-nay/").content.decode().partition('role="search"')[2]
    assert f'<a href="{reverse("work")}">Khu vực làm việc</a>' in page


def test_404_of_an_api_is_json(client: Client) -> None:
    page = client.get("/api/khong-co")
    assert (page.status_code, page["Content-Type"]) == (404, "application/problem+json")


def test_500_needs_no_database(rf: RequestFactory, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        page = errors.server_error(rf.get("/"))
    assert page.status_code == 500
    assert "Lỗi này do hệ thống" in page.content.decode()


def test_a_form_without_its_token_says_what_to_do() -> None:
    page = Client(enforce_csrf_checks=True).post("/dang-nhap/", {"login": "a", "password": "b"})
    assert page.status_code == 403
    assert "Phiên làm việc đã hết hạn" in page.content.decode()


def test_a_form_that_grew_old_is_led_back_to_in_its_language() -> None:
    page = Client(enforce_csrf_checks=True).post(
        "/en/dang-nhap/",
        {"login": "a"},
        headers={"referer": "http://testserver/en/dang-nhap/?next=/x"},
    )
    assert "Your session has expired" in page.content.decode()
    assert 'href="/en/dang-nhap/?next=/x"' in page.content.decode()
    away = Client(enforce_csrf_checks=True).post(
        "/dang-nhap/", {}, headers={"referer": "https://elsewhere.example/x"}
    )
    assert "elsewhere.example" not in away.content.decode()


def test_400_says_so(client: Client, rf: RequestFactory) -> None:
    request = client.get("/").wsgi_request
    page = errors.bad_request(request)
    assert page.status_code == 400
    assert "Yêu cầu không hợp lệ" in page.content.decode()
