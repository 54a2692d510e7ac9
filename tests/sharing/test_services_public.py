"""The public register of sharing services, one service, and the way there from a dataset."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from catalog.actions import dataset as dataset_actions
from catalog.actions import resource as resource_actions
from catalog.models import Dataset
from catalog.related import links_about
from sharing.actions import services, stops
from sharing.models import SharingService
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
LIST = "/dich-vu-chia-se/"
NOTHING = "Không có dịch vụ nào phù hợp."


def page_of(client: Client, path: str, status: int = 200, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == status
    return markup(response)


def draft(cast: Cast, **facts: Any) -> SharingService:
    """A description nobody has put on the list."""
    offered = made.service(cast)
    table = offered.tables.get().resource
    described = {name: getattr(offered, name) for name in services.DESCRIBING}
    return services.describe(
        owner=cast.owner, facts={**described, **facts}, tables={table: []}, by=cast.describer
    )


def test_lists_what_is_offered(client: Client, cast: Cast):
    service = made.service(cast)
    draft(cast, title_vi="Bản nháp kín")
    page = page_of(client, LIST)
    assert f'<a href="{service.get_absolute_url()}">Danh sách trường học</a>' in page
    assert "Sở Giáo dục" in page
    assert "Chia sẻ mặc định" in page
    assert "Bản nháp kín" not in page


def test_an_empty_register_says_so(client: Client):
    assert "Chưa có dịch vụ chia sẻ nào được công bố." in page_of(client, LIST)


@pytest.mark.parametrize("text", ["trường học", "TRUONG hoc", "so giao duc", "theo xa", "schools"])
def test_found_without_accents_by_title_owner_and_description(
    client: Client, cast: Cast, text: str
):
    made.service(cast)
    assert "Danh sách trường học" in page_of(client, LIST, q=text)


def test_what_does_not_fit_is_not_found(client: Client, cast: Cast):
    made.service(cast)
    for query in (
        {"q": "bệnh viện"},
        {"hinh_thuc": "special"},
        {"co_quan": "khong-co"},
        {"hinh_thuc": "khong-co"},
    ):
        page = page_of(client, LIST, **query)
        assert NOTHING in page, query
        assert "Bỏ điều kiện lọc" in page


def test_filtered_by_agency_and_form(client: Client, cast: Cast):
    made.service(cast)
    made.service(Cast(owner=make.agency("Sở Y tế")), title_vi="Cơ sở khám bệnh", form="special")
    page = page_of(client, LIST, co_quan=cast.owner.slug)
    assert "Danh sách trường học" in page
    assert "Cơ sở khám bệnh" not in page
    page = page_of(client, LIST, hinh_thuc="special")
    assert "Cơ sở khám bệnh" in page
    assert "Danh sách trường học" not in page


def test_paged_in_few_queries(client: Client, cast: Cast, django_assert_num_queries: Any):
    one = made.service(cast)
    facts = {name: getattr(one, name) for name in services.DESCRIBING}
    table = one.tables.get().resource
    for number in range(25):
        made_ = services.describe(
            owner=cast.owner,
            facts={**facts, "title_vi": f"Dịch vụ số {number:02}"},
            tables={table: []},
            by=cast.describer,
        )
        services.offer(service=made_, by=cast.approver)
    with django_assert_num_queries(QUERIES):
        first = page_of(client, LIST)
    assert "26 dịch vụ" in first
    assert "Dịch vụ số 24" not in first
    assert "Dịch vụ số 24" in page_of(client, LIST, page="2")


QUERIES = 4  # the agencies to choose from, how many, the page, the footer's agency


def test_one_service_says_what_the_decree_asks_for(client: Client, cast: Cast):
    service = made.service(
        cast,
        answer_days=3,
        technical_document="https://tai-lieu.example/huong-dan",
        contact_email="dau-moi@sgd.example",
        contact_phone="0238 3840 111",
    )
    page = page_of(client, service.get_absolute_url())
    for said in (
        "<h1>Danh sách trường học</h1>",
        "Sở Giáo dục",
        "Chia sẻ mặc định",
        "Kết nối trực tuyến giữa các hệ thống",
        "Cổng chia sẻ của Kho dữ liệu",
        "https://tai-lieu.example/huong-dan",
        "Chỉ dùng cho mục đích đã nêu.",
        "24/7",
        "Văn phòng Sở",
        "dau-moi@sgd.example",
        "0238 3840 111",
        "trong 3 ngày làm việc (chủ quản tự đặt)",
        "Trong 05 ngày làm việc từ khi có đủ hai văn bản",
    ):
        assert said in page, said
    assert "Ngừng cung cấp từ" not in page


def test_the_columns_given_with_their_meaning(client: Client, cast: Cast):
    service = made.service(cast)
    given = service.tables.get()
    resource_actions.describe_columns(
        resource=given.resource,
        descriptions={
            column["name"]: {"description_vi": f"Ý nghĩa của {column['name']}"}
            for column in given.resource.columns
        },
        key_columns=[],
        by=make.person("contributor", cast.owner),
    )
    page = page_of(client, service.get_absolute_url())
    assert "Chia sẻ mọi cột." in page
    assert "<code>so_truong</code>" in page
    given.columns = ["ten_xa"]
    given.save()
    page = page_of(client, service.get_absolute_url())
    assert "Ý nghĩa của ten_xa" in page
    assert "Chỉ chia sẻ các cột dưới đây." in page
    assert "so_truong" not in page


def test_special_sharing_is_agreed_by_both_sides(client: Client, cast: Cast):
    service = made.service(cast, form=SharingService.Form.SPECIAL)
    page = page_of(client, service.get_absolute_url())
    assert "hai bên thống nhất bằng văn bản" in page
    assert "05 ngày làm việc" not in page
    assert "chủ quản chưa đặt thời hạn" in page


def test_a_draft_does_not_exist(client: Client, cast: Cast):
    page_of(client, draft(cast).get_absolute_url(), status=404)
    page_of(client, f"{LIST}khong-co/", status=404)


def test_a_closed_one_says_since_when_and_why(client: Client, cast: Cast):
    service = made.service(cast)
    with at("2026-11-24"):
        services.close(service=service, reason="Dữ liệu chuyển về bộ quản lý.", by=cast.approver)
    page = page_of(client, service.get_absolute_url())
    assert 'Ngừng cung cấp từ ngày <time datetime="2026-11-24">24/11/2026</time>' in page.replace(
        "ngày<time", "ngày <time"
    )
    assert "Dữ liệu chuyển về bộ quản lý." in page
    assert "Dịch vụ không nhận yêu cầu mới." in page
    assert "Danh sách trường học" not in page_of(client, LIST)


def test_a_planned_stop_is_announced(client: Client, cast: Cast):
    with at("2026-11-02"):
        service = made.service(cast)
        stops.announce(
            service=service,
            begins_on=date(2026, 12, 1),
            expected_back=date(2026, 12, 2),
            reason="Nâng cấp máy chủ của Sở.",
            by=cast.officer,
        )
        page = page_of(client, service.get_absolute_url())
    assert "Tạm dừng theo kế hoạch" in page
    assert "Nâng cấp máy chủ của Sở." in page


def test_in_english(client: Client, cast: Cast):
    service = made.service(cast)
    with translation.override("en"):
        page = page_of(client, service.get_absolute_url())
    assert "<h1>List of schools</h1>" in page
    assert "Default sharing" in page


@pytest.fixture
def shared(cast: Cast) -> SharingService:
    """A service whose dataset is described in public."""
    service = made.service(cast)
    dataset = service.tables.get().resource.dataset
    if dataset.state != Dataset.State.PUBLISHED:
        dataset_actions.publish_description(dataset=dataset, by=cast.approver)
    return service


def test_a_shared_dataset_leads_to_its_services(client: Client, cast: Cast, shared: Any):
    dataset = shared.tables.get().resource.dataset
    page = page_of(client, reverse("dataset", args=[dataset.slug]))
    assert f'<a href="{shared.get_absolute_url()}">Danh sách trường học</a>' in page
    services.close(service=shared, reason="Dữ liệu chuyển về bộ quản lý.", by=cast.approver)
    page = page_of(client, reverse("dataset", args=[dataset.slug]))
    assert shared.get_absolute_url() not in page


@pytest.mark.parametrize("number", [0, 3])
def test_looking_for_services_is_one_query(
    cast: Cast, shared: SharingService, django_assert_num_queries: Any, number: int
):
    given = shared.tables.select_related("resource__dataset").get()
    facts = {name: getattr(shared, name) for name in services.DESCRIBING}
    for _ in range(number):
        made_ = services.describe(
            owner=cast.owner, facts=facts, tables={given.resource: []}, by=cast.describer
        )
        services.offer(service=made_, by=cast.approver)
    with django_assert_num_queries(1):
        assert len(links_about(given.resource.dataset)) == 1 + number


def test_an_open_dataset_asks_for_no_services(client: Client, cast: Cast):
    release = make.published(of=make.dataset().resources.get())
    address = reverse("dataset", args=[release.resource.dataset.slug])
    page = client.get(address)
    assert page.context["related"] == []


def test_the_service_leads_back_to_the_dataset(client: Client, shared: SharingService):
    slug = shared.tables.get().resource.dataset.slug
    assert reverse("dataset", args=[slug]) in page_of(client, shared.get_absolute_url())
