"""How endpoints elsewhere have answered, in public and at the owner's desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from core import clock
from sharing.actions import services
from sharing.models import ServiceProbe, SharingService
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made
from tests.sharing.desk import look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
NOW = "2026-11-28 10:00"


@pytest.fixture
def service(cast: Cast) -> SharingService:
    return made.service_of(
        cast,
        {},
        title_vi="Tra cứu học bạ",
        place=SharingService.Place.EXTERNAL,
        endpoint="https://hoc-ba.example/v1",
    )


def seen(service: SharingService, days_ago: float, *times: int | str) -> None:
    """Looks of a moment and the minutes after it: milliseconds of an answer, or the code of a failure."""
    with at(NOW):
        begun = clock.now() - timedelta(days=days_ago)
    ServiceProbe.objects.bulk_create(
        ServiceProbe(
            service=service,
            at=begun + timedelta(minutes=number),
            ok=isinstance(one, int),
            milliseconds=one if isinstance(one, int) else None,
            status=200 if isinstance(one, int) else None,
            error="" if isinstance(one, int) else one,
        )
        for number, one in enumerate(times)
    )


def public(client: Client, service: SharingService) -> str:
    with at(NOW):
        return markup(client.get(service.get_absolute_url()))


def desk(client: Client, cast: Cast, service: SharingService) -> str:
    with at(NOW):
        return look(client, cast.describer, "own_service", service.code)


def test_share_median_and_last_look(client: Client, cast: Cast, service: SharingService):
    seen(service, 3, *([120] * 60), *([100] * 30), *([400] * 30), "slow")
    seen(service, 0.01, 130)
    seen(service, 31, *(["slow"] * 50))  # not of the last thirty days
    for page in (public(client, service), desk(client, cast, service)):
        assert (
            "Hoạt động 99,1 % trong 30 ngày qua; trả lời trung vị 120 ms; lần kiểm tra gần nhất "
            "09:45 28/11/2026." in page
        )
        assert "Trả lời bình thường" in page


def test_never_rounded_up_to_all(client: Client, service: SharingService):
    seen(service, 1, *([90] * 1400), "slow")
    assert "Hoạt động 99,9 %" in public(client, service)
    ServiceProbe.objects.filter(ok=False).delete()
    assert "Hoạt động 100 %" in public(client, service)


def test_day_by_day_the_newest_first(client: Client, service: SharingService):
    seen(service, 2, 100, 300, "unreachable", "unreachable")
    seen(service, 1, 200)
    page = public(client, service)
    newer, older = page.index("27/11/2026"), page.index("26/11/2026")
    assert newer < older
    row = page[older : page.index("</tr>", older)]
    assert "50,0 %" in row
    assert '<progress max="4" value="2"' in row
    assert "200 ms" in row
    assert "25/11/2026" not in page


def test_a_day_is_a_day_of_nghe_an(client: Client, service: SharingService):
    with at("2026-11-28 00:10"):
        ServiceProbe.objects.create(service=service, at=clock.now(), ok=True, milliseconds=5)
    page = public(client, service)
    assert 'datetime="2026-11-28"' in page
    assert 'datetime="2026-11-27"' not in page


def test_all_down(client: Client, cast: Cast, service: SharingService):
    seen(service, 0.02, "certificate", "certificate")
    page = public(client, service)
    assert "Hoạt động 0 % trong 30 ngày qua; lần kiểm tra gần nhất" in page
    assert "Lần kiểm tra gần nhất không trả lời" in page
    assert "Chứng thư bảo mật" not in page  # what is wrong with the server is the owner's business
    assert "Chứng thư bảo mật (TLS) không hợp lệ" in desk(client, cast, service)


def test_told_as_down_it_says_so(client: Client, service: SharingService):
    seen(service, 0.02, "slow", "slow", "slow")
    with at(NOW):
        SharingService.objects.update(failing_since=clock.now())
    assert '<strong class="tag bad">' in public(client, service)


def test_nobody_has_looked_yet_or_for_long(client: Client, service: SharingService):
    assert "Chưa có lần kiểm tra nào." in public(client, service)
    seen(service, 2, 100)
    assert "Chưa kiểm tra gần đây" in public(client, service)
    ServiceProbe.objects.all().delete()
    seen(service, 40, 100)
    page = public(client, service)
    assert "Không có lần kiểm tra nào trong 30 ngày qua; lần kiểm tra gần nhất" in page


def test_of_the_gateway_it_is_the_portals_own(client: Client, cast: Cast):
    gateway = made.service(cast)
    for page in (public(client, gateway), desk(client, cast, gateway)):
        assert "dịch vụ hoạt động khi Kho dữ liệu hoạt động" in page
    with at(NOW):
        assert "Theo Kho dữ liệu" in look(client, cast.describer, "own_services")


def test_no_longer_or_not_yet_on_offer(client: Client, cast: Cast, service: SharingService):
    seen(service, 1, 100)
    services.close(service=service, reason="Chuyển sang hệ thống khác.", by=cast.approver)
    assert "Hoạt động của dịch vụ" not in public(client, service)
    assert "Hoạt động của dịch vụ" not in desk(client, cast, service)


def test_the_lists_say_it_in_a_word(client: Client, cast: Cast, service: SharingService):
    seen(service, 0.02, 100, "slow")
    with at(NOW):
        for page in (
            markup(client.get("/dich-vu-chia-se/")),
            look(client, cast.describer, "own_services"),
        ):
            assert "Lần kiểm tra gần nhất không trả lời" in page


def test_in_english(client: Client, service: SharingService):
    seen(service, 0.02, 100, 200, 300, "slow")
    with translation.override("en"):
        page = public(client, service)
    assert "Up 75.0% over the last 30 days; median answer 200 ms; last checked" in page


@pytest.mark.parametrize("number", [0, 40])
def test_the_queries_do_not_grow(
    client: Client, service: SharingService, django_assert_num_queries: Any, number: int
):
    for days in range(number):
        seen(service, days, 100, "slow")
    with at(NOW), django_assert_num_queries(QUERIES):
        client.get(service.get_absolute_url())


def test_the_gateway_asks_nothing(client: Client, cast: Cast, django_assert_num_queries: Any):
    gateway = made.service(cast)
    with at(NOW), django_assert_num_queries(QUERIES - 3):
        client.get(gateway.get_absolute_url())


QUERIES = 7  # service, tables, stops, the footer's agency; last look, total, days


@pytest.mark.parametrize("number", [1, 4])
def test_the_list_takes_no_query_more(
    client: Client, cast: Cast, django_assert_num_queries: Any, number: int
):
    for _ in range(number):
        one = made.service_of(
            Cast(owner=make.agency("Sở Y tế"), authority=cast.authority),
            {},
            place=SharingService.Place.LGSP,
            endpoint="https://lgsp.example/",
        )
        seen(one, 0.02, 100)
    with at(NOW), django_assert_num_queries(4):
        client.get("/dich-vu-chia-se/")
