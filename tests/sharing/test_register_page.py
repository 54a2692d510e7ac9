"""The public register of connections: what everybody may see, and what nobody sees there (Đ18.3)."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.actions import accounts, stops
from sharing.models import ConnectionAccount, SharingService
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
NOTE = "Nâng cấp máy chủ của trung tâm dữ liệu."


@pytest.fixture
def account(cast: Cast) -> ConnectionAccount:
    with at("2026-11-23"):
        return made.issued(cast, valid_to=date(2027, 6, 30)).account


def page_of(client: Client, **query: str) -> str:
    with at("2026-12-01"):
        return markup(client.get(reverse("connections_register"), query))


def test_who_uses_what_since_when_on_what_ground(client: Client, account: ConnectionAccount):
    page = page_of(client)
    for words in (
        "1 kết nối",
        "Sở Tư pháp",
        "Danh sách trường học",
        "Sở Giáo dục; Chia sẻ mặc định",
        '<time datetime="2026-11-23">',
        '<time datetime="2027-06-30">',
        "77/SGD-VP",
        "Đang hoạt động",
    ):
        assert words in page, words


@pytest.mark.parametrize("view", ["connections_register", "connections_register_csv"])
def test_a_filter_not_understood_says_so_beside_its_field(client: Client, view: str):
    answer = client.get(reverse(view), {"tt": "khong-co", "q": "a" * 151})
    page = markup(answer)
    assert answer.status_code == (400 if view.endswith("csv") else 200)
    assert page.count("<b>Lỗi:</b>") == 2
    assert f'value="{"a" * 151}"' in page


def test_no_purpose_no_address_no_person(client: Client, account: ConnectionAccount):
    whole = page_of(client) + file_of(client)
    for kept in (
        account.purpose,
        account.system_name,
        "127.0.0.1",
        account.code,
        account.issued_by.full_name,
        "Nguyễn Văn Thử",
        account.credentials.get().application.client_id,
    ):
        assert kept
        assert kept not in whole, kept


def test_a_suspension_in_words(client: Client, cast: Cast, account: ConnectionAccount):
    with at("2026-11-30"):
        accounts.suspend(
            account=account,
            reason="maintenance",
            note=NOTE,
            expected_back=date(2026, 12, 5),
            by=cast.officer,
        )
    page = page_of(client)
    assert "Tạm dừng" in page
    assert "Nâng cấp, bảo trì; dự kiến khôi phục" in page
    assert '<time datetime="2026-12-05">' in page
    assert NOTE not in page


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, ["living", "paused"]),
        ({"tt": "tam-dung"}, ["paused"]),
        ({"tt": "da-ket-thuc"}, ["ended", "expired"]),
        ({"tt": "tat-ca"}, ["living", "paused", "ended", "expired"]),
        ({"q": "so paused"}, ["paused"]),
        ({"q": "khong co"}, []),
        ({"tt": "gi-do"}, []),
    ],
)
def test_filters(client: Client, cast: Cast, query: dict[str, str], shown: list[str]):
    service = made.service(cast)
    found = {}
    with at("2026-11-23"):
        for name in ("living", "paused", "ended", "expired"):
            side = Cast(requester=make.agency(f"Sở {name}"), owner=cast.owner)
            until = date(2026, 11, 30) if name == "expired" else date(2027, 6, 30)
            found[name] = made.issued(side, service, valid_to=until).account
        accounts.suspend(account=found["paused"], reason="security", note=NOTE, by=cast.officer)
        accounts.end(account=found["ended"], reason="Không còn nhu cầu.", by=cast.officer)
    page = page_of(client, **query)
    names = [name for name in found if f"Sở {name}" in page.split("<main")[1]]
    if "q" not in query:
        assert names == shown
    assert f"{len(shown)} kết nối" in page


def file_of(client: Client) -> str:
    with at("2026-12-01"):
        response = client.get(reverse("connections_register_csv"))
        return b"".join(response.streaming_content).decode("utf-8-sig")


def test_the_same_as_a_file(client: Client, account: ConnectionAccount):
    head, line = file_of(client).splitlines()
    assert head.startswith("Cơ quan sử dụng,Dịch vụ,Chủ quản dữ liệu,")
    assert line == (
        "Sở Tư pháp,Danh sách trường học,Sở Giáo dục,Chia sẻ mặc định,2026-11-23,2027-06-30,"
        "77/SGD-VP,Đang hoạt động,,,"
    )


def test_a_connection_made_up_for_demonstration_says_so(client: Client, account: ConnectionAccount):
    words = "Dịch vụ minh hoạ"
    assert words not in client.get(reverse("connections_register")).content.decode()
    SharingService.objects.update(is_illustrative=True)
    assert words in client.get(reverse("connections_register")).content.decode()
    head, line = file_of(client).splitlines()
    assert head.endswith(",Số liệu minh hoạ")
    assert line.endswith(",có")


def test_announced_stops_stand_above(client: Client, cast: Cast, account: ConnectionAccount):
    with at("2026-11-23"):
        stops.announce(
            service=account.service,
            begins_on=date(2026, 12, 10),
            expected_back=date(2026, 12, 12),
            reason=NOTE,
            by=cast.officer,
        )
    page = page_of(client)
    assert "Tạm dừng theo kế hoạch" in page
    assert NOTE in page
    assert '<time datetime="2026-12-10">' in page


@pytest.mark.parametrize("number", [1, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: Any, number: int
):
    service = made.service(cast)
    for _one in range(number):
        made.issued(Cast(requester=make.agency("Sở Nào đó"), owner=cast.owner), service)
    page_of(client)
    with django_assert_num_queries(QUERIES):
        page_of(client)


QUERIES = 4
