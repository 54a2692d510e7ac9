"""/nhung/<uuid>/<tab>: what stands in a frame of another page, and what stands there when nothing can."""

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from catalog.actions import dataset as dataset_actions
from catalog.actions import decision
from catalog.models import Dataset, Release
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    return factories.published()


def frame(client: Client, release: Release, tab: str, query: str = "", language: str = "") -> Any:
    return client.get(f"{language}/nhung/{release.resource_id}/{tab}?{query}")


def policy(answer: Any) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _space, value in parts}


def test_the_table_with_its_source(client: Client, release: Release) -> None:
    text = frame(client, release, "bang").content.decode()
    dataset = release.resource.dataset
    assert "Đô Lương" in text
    assert dataset.agency.name in text
    assert f'href="http://localhost:8000{dataset.get_absolute_url()}?' in text
    assert dataset.licence.title in text
    assert "<nav" not in text
    assert "csrf" not in text


def test_the_chart_with_its_numbers(client: Client, release: Release) -> None:
    text = frame(client, release, "bieu-do", "kieu=cot&x=ten_xa&y=sum:so_truong").content.decode()
    assert "<data-chart" in text
    assert "Tổng số trường theo tên xã" in text
    assert '<span class="num">15</span>' in text


@pytest.mark.parametrize("tab", ["bang", "bieu-do"])
def test_any_page_may_frame_it_and_nothing_else_is_allowed(
    client: Client, release: Release, tab: str
) -> None:
    answer = frame(client, release, tab)
    assert policy(answer)["frame-ancestors"] == "*"
    assert policy(answer)["script-src"] == "'self'"
    assert "X-Frame-Options" not in answer
    page = client.get(release.resource.dataset.get_absolute_url())
    assert policy(page)["frame-ancestors"] == "'none'"
    assert page["X-Frame-Options"] == "DENY"


def test_no_cookie_is_set_and_none_is_read(client: Client, release: Release) -> None:
    anonymous = frame(client, release, "bang")
    assert anonymous.cookies == {}
    client.force_login(factories.person("contributor", release.resource.dataset.agency))
    client.cookies["theme"] = "dark"
    signed_in = frame(client, release, "bang")
    assert signed_in.content.replace(b' data-theme="dark"', b"") == anonymous.content
    assert signed_in.cookies == {}
    assert "private" not in signed_in["Cache-Control"]


def test_in_english(client: Client, release: Release) -> None:
    text = frame(client, release, "bang", language="/en").content.decode()
    assert '<html lang="en"' in text
    assert '<span lang="vi">Đô Lương</span>' in text


def test_a_fixed_ground(client: Client, release: Release) -> None:
    assert 'data-theme="dark"' in frame(client, release, "bang", "mau=toi").content.decode()
    assert 'data-theme="light"' in frame(client, release, "bang", "mau=sang").content.decode()
    assert "data-theme" not in frame(client, release, "bang", 'mau="><b>').content.decode()


def test_it_follows_the_newest_period_unless_one_is_named(client: Client) -> None:
    table = factories.dataset().resources.get()
    for period in ("2026Q1", "2026Q2"):
        release = factories.published(of=table, period=period)
        table.refresh_from_db()
    assert "Quý II/2026" in frame(client, release, "bang").content.decode()
    assert "Quý I/2026" in frame(client, release, "bang", "ky=2026Q1").content.decode()
    missing = frame(client, release, "bang", "ky=1999Q1")
    assert missing.status_code == 404
    assert "Dưới đây là kỳ mới nhất" in missing.content.decode()


@pytest.mark.parametrize("tab", ["bang", "bieu-do"])
def test_the_page_gives_the_code_of_what_it_shows(
    client: Client, release: Release, tab: str
) -> None:
    page = client.get(
        release.resource.dataset.get_absolute_url(),
        {"xem": tab, "cot": "so_truong", "phep": "ge", "gia_tri": "12"},
    )
    code = re.search(r'<textarea id="ma-nhung"[^>]*>(.*?)</textarea>', page.content.decode(), re.S)
    assert code
    iframe = html.unescape(code[1])
    source = re.search(r'src="http://localhost:8000(.*?)"', iframe)
    assert source
    shown = client.get(html.unescape(source[1]))
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "Yên Thành" in text
    assert "Diễn Châu" not in text


def test_a_condition_that_cannot_be_is_said_in_the_frame(client: Client, release: Release) -> None:
    answer = frame(client, release, "bieu-do", "kieu=duong&x=ten_xa")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()


def refused(answer: Any, status: int, sentence: str) -> None:
    assert answer.status_code == status
    assert sentence in answer.content.decode()
    assert policy(answer)["frame-ancestors"] == "*"
    assert "X-Frame-Options" not in answer


def test_a_withdrawn_dataset_is_gone(client: Client, release: Release) -> None:
    owner = release.resource.dataset
    approver = factories.person("approver", owner.agency)
    dataset_actions.withdraw(dataset=owner, reason="Số liệu trùng.", by=approver)
    refused(frame(client, release, "bang"), 410, "Lý do: Số liệu trùng.")


def test_a_withdrawn_period_leaves_nothing(client: Client, release: Release) -> None:
    approver = factories.person("approver", release.resource.dataset.agency)
    decision.withdraw(release=release, reason="Số liệu sai cột.", by=approver)
    for query in ("", f"?ky={release.period}"):
        answer = client.get(f"/nhung/{release.resource_id}/bang{query}")
        refused(answer, 410, "Lý do: Số liệu sai cột.")
        assert "Đô Lương" not in answer.content.decode()


def test_a_draft_does_not_exist(client: Client) -> None:
    draft = factories.release_at("ready")
    refused(frame(client, draft, "bang"), 404, "Không có bảng dữ liệu này")
    unknown = client.get(f"/nhung/{uuid4()}/bang")
    refused(unknown, 404, "Không có bảng dữ liệu này")


def test_closed_data_are_not_shown(client: Client) -> None:
    table = factories.dataset("Hồ sơ", access=Dataset.Access.SHARED).resources.get()
    answer = frame(client, factories.published(of=table), "bang")
    refused(answer, 403, "không công khai")
    assert "Đô Lương" not in answer.content.decode()


@pytest.mark.parametrize("tab", ["tu-dien", "base", "nothing", "khong-co"])
def test_other_ways_of_looking_have_no_frame(client: Client, release: Release, tab: str) -> None:
    refused(frame(client, release, tab), 404, "Không có cách xem này để nhúng")


def test_a_table_without_a_chart_says_why(client: Client) -> None:
    content = "Mã,Ghi chú\n" + "".join(f"A{n:04},Ghi chú {n}\n" for n in range(50))
    answer = frame(client, factories.published(content=content), "bieu-do")
    refused(answer, 404, "không có cột nào vẽ được")
