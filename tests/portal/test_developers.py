"""/nha-phat-trien/: every example on the page can be run as it stands."""

import html
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from catalog.models import Dataset
from tests import factories

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
HOSPITALS = (
    "Mã,Tên cơ sở,Hạng,Số giường\n"
    '001,Bệnh viện Đa khoa Nghệ An,"Hạng I, tỉnh",1650\n'
    '002,Bệnh viện Sản Nhi,"Hạng I, tỉnh",850\n'
    "003,Trung tâm y tế Quỳnh Lưu,III,210\n"
)


def examples_on(client: Client) -> list[str]:
    page = html.unescape(client.get("/nha-phat-trien/").content.decode())
    # The gateway's, which needs an account, has a test of its own.
    codes = [
        one for one in re.findall(r"<code>(.*?)</code>", page, re.DOTALL) if "$TOKEN" not in one
    ]
    return [path for code in codes for path in re.findall(rf'{SITE}(/[^"\s]*)', code)]


def content(answer: Any) -> str:
    return b"".join(answer).decode("utf-8-sig")


def test_each_answers_with_rows(client: Client) -> None:
    cache.clear()  # what other tests have asked of the API in this minute
    factories.published(content=HOSPITALS)
    paths = [one for one in examples_on(client) if not one.startswith("/chia-se/")]
    assert len(paths) == 9
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        text = content(answer)
        if answer.headers["Content-Type"].startswith("text/csv"):
            assert len(text.splitlines()) > (0 if "/usage?" in path else 1), path
        elif "/rows?" in path:
            assert answer.json()["data"], path
        elif "/datasets/?" in path:
            assert answer.json()["count"] == 1


@pytest.mark.parametrize("access", [Dataset.Access.SHARED, Dataset.Access.LISTED])
def test_without_an_open_table_it_says_so(client: Client, access: str) -> None:
    release = factories.published(content=HOSPITALS)
    Dataset.objects.filter(pk=release.resource.dataset_id).update(access=access)
    page = client.get("/nha-phat-trien/").content.decode()
    assert "chưa có bảng dữ liệu mở nào" in page
    assert [one for one in examples_on(client) if not one.startswith("/chia-se/")] == []


def test_a_table_without_numbers_is_no_example(client: Client) -> None:
    factories.published(content="Mã,Tên\n001,A\n002,B\n003,B\n")
    assert "chưa có bảng dữ liệu mở nào" in client.get("/nha-phat-trien/").content.decode()


def test_the_table_is_sought_once_for_each_change(
    client: Client, django_assert_num_queries: Any
) -> None:
    factories.published(content=HOSPITALS)
    client.get("/nha-phat-trien/")
    with django_assert_num_queries(2):  # the newest change; the agency in charge, for the footer
        client.get("/nha-phat-trien/")
