"""What an agency shares: describing, offering by somebody else, changing, closing."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from catalog.models import Dataset, Resource
from sharing.actions import services
from sharing.models import SharingService
from tests import factories as make
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
FACTS = {
    "title_vi": "Danh mục cơ sở giáo dục",
    "description_vi": "Cơ sở giáo dục các cấp.",
    "form": "default",
    "method": "online",
    "place": "gateway",
    "use_rules_vi": "Chỉ dùng để giải quyết thủ tục hành chính.",
    "availability": "24/7",
    "contact_post": "Phòng Kế hoạch",
    "version": "1.0",
    "answer_days": "5",
}


@pytest.fixture
def table(cast: Cast) -> Resource:
    dataset = make.dataset("Trường học", at=cast.owner, access=Dataset.Access.SHARED)
    return make.published(of=dataset.resources.get()).resource


@pytest.fixture
def draft(client: Client, cast: Cast, table: Resource) -> SharingService:
    send(client, cast.describer, "service_new", **FACTS, **ticked(table))
    return SharingService.objects.get()


def ticked(table: Resource, *columns: str) -> dict[str, Any]:
    return {f"bang-{table.pk.hex}": "on", f"cot-{table.pk.hex}": list(columns)}


def errors(response: Any, field: str) -> str:
    return " ".join(response.context["form"].errors[field])


def test_the_form_offers_the_agency_s_tables_with_their_columns(
    client: Client, cast: Cast, table: Resource
):
    foreign = make.dataset("Của sở khác", access=Dataset.Access.SHARED)
    listed = make.dataset("Chỉ mô tả", at=cast.owner, access=Dataset.Access.LISTED)
    page = look(client, cast.describer, "service_new")
    assert f'name="bang-{table.pk.hex}"' in page
    assert 'value="so_truong"' in page
    assert foreign.title not in page
    assert listed.title not in page


def test_a_draft_is_described(client: Client, cast: Cast, table: Resource):
    page = send(
        client, cast.describer, "service_new", **FACTS, **ticked(table, "ten_xa", "so_truong")
    )
    service = SharingService.objects.get()
    assert (service.state, service.owner, service.answer_days) == ("draft", cast.owner, 5)
    assert service.tables.get().columns == ["ten_xa", "so_truong"]
    assert page.redirect_chain[-1][0] == reverse("own_service", args=[service.code])
    assert "Đã lưu bản nháp" in page.content.decode()


def test_no_column_ticked_means_all(draft: SharingService):
    assert draft.tables.get().columns == []


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"title_vi": ""}, "title_vi", "Hãy điền nội dung này."),
        ({"form": ""}, "form", "Hãy chọn một mục."),
        ({"place": "external"}, "endpoint", "Hãy ghi địa chỉ dịch vụ"),
        ({"place": "lgsp", "endpoint": "khong phai"}, "endpoint", "Nhập địa chỉ đầy đủ"),
        ({"answer_days": "0"}, "answer_days", "Nhập số ngày từ 1 đến 60."),
        ({"contact_email": "sai"}, "contact_email", ""),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    client: Client,
    cast: Cast,
    table: Resource,
    facts: dict[str, str],
    field: str,
    sentence: str,
):
    page = send(client, cast.describer, "service_new", **{**FACTS, **facts}, **ticked(table))
    assert sentence in errors(page, field)
    assert not SharingService.objects.exists()


def test_the_gateway_needs_a_table(client: Client, cast: Cast, table: Resource):
    page = send(client, cast.describer, "service_new", **FACTS)
    assert "Hãy chọn ít nhất một bảng" in errors(page, "__all__")
    assert not SharingService.objects.exists()


def test_elsewhere_an_endpoint_is_enough(client: Client, cast: Cast):
    facts = {**FACTS, "place": "external", "endpoint": "https://dich-vu.sgd.example/v1"}
    send(client, cast.describer, "service_new", **facts)
    service = SharingService.objects.get()
    assert service.endpoint == "https://dich-vu.sgd.example/v1"
    assert not service.tables.exists()


def test_a_table_of_another_agency_cannot_be_slipped_in(
    client: Client, cast: Cast, table: Resource
):
    foreign = make.dataset(access=Dataset.Access.SHARED).resources.get()
    send(client, cast.describer, "service_new", **FACTS, **ticked(table), **ticked(foreign))
    assert [one.resource for one in SharingService.objects.get().tables.all()] == [table]


def test_whoever_works_for_two_agencies_says_for_which(client: Client, cast: Cast):
    other = make.agency("Sở Thứ hai")
    cast.describer.memberships.create(
        agency=other, role_code="contact_officer", valid_from="2023-10-10"
    )
    assert '<select id="co_quan"' in look(client, cast.describer, "service_new")
    page = look(client, cast.describer, "service_new", co_quan=other.slug)
    assert "Cơ quan chủ quản: Sở Thứ hai." in page


def test_the_approver_offers_it(client: Client, cast: Cast, draft: SharingService):
    assert "Công bố dịch vụ" in look(client, cast.approver, "own_service", draft.code)
    assert "Công bố dịch vụ" not in look(client, cast.describer, "own_service", draft.code)
    send(client, cast.approver, "service_offer", draft.code)
    draft.refresh_from_db()
    assert (draft.state, draft.offered_by) == ("offered", cast.approver)
    assert AuditEvent.objects.filter(action="service.offered").count() == 1
    page = send(client, cast.approver, "service_offer", draft.code).content.decode()
    assert "Dịch vụ này đã được công bố." in page


def test_not_one_s_own_draft(client: Client, cast: Cast, draft: SharingService):
    cast.describer.memberships.create(
        agency=cast.owner, role_code="approver", valid_from="2023-10-10"
    )
    page = look(client, cast.describer, "own_service", draft.code)
    assert "Người soạn không được tự công bố." in page
    assert "Công bố dịch vụ" not in page
    send(client, cast.describer, "service_offer", draft.code)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_opening_the_address_offers_nothing(client: Client, cast: Cast, draft: SharingService):
    assert answer(client, cast.approver, "service_offer", draft.code).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_changed(client: Client, cast: Cast, draft: SharingService, table: Resource):
    page = look(client, cast.describer, "service_edit", draft.code)
    assert 'value="Danh mục cơ sở giáo dục"' in page
    facts = {**FACTS, "title_vi": "Tên mới", **ticked(table, "ten_xa")}
    send(client, cast.describer, "service_edit", draft.code, **facts)
    draft.refresh_from_db()
    assert (draft.title_vi, draft.tables.get().columns) == ("Tên mới", ["ten_xa"])
    [event] = AuditEvent.objects.filter(action="service.changed")
    assert event.before["title_vi"] == "Danh mục cơ sở giáo dục"


def test_unticking_takes_a_table_away(client: Client, cast: Cast, draft: SharingService):
    facts = {**FACTS, "place": "external", "endpoint": "https://dich-vu.sgd.example/v1"}
    send(client, cast.describer, "service_edit", draft.code, **facts)
    assert not draft.tables.exists()


def test_closed_with_a_reason(client: Client, cast: Cast):
    service = made.service(cast)
    page = send(client, cast.approver, "service_close", service.code, reason="Hết")
    assert errors(page, "reason")
    reason = "Dữ liệu chuyển về bộ quản lý."
    send(client, cast.approver, "service_close", service.code, reason=reason)
    service.refresh_from_db()
    assert (service.state, service.closing_reason) == ("closed", reason)
    assert reason in look(client, cast.describer, "own_service", service.code)


def test_a_closed_one_is_neither_changed_nor_closed_again(client: Client, cast: Cast):
    service = made.service(cast)
    services.close(service=service, reason="Dữ liệu chuyển về bộ.", by=cast.approver)
    assert "không sửa được nữa" in look(client, cast.describer, "service_edit", service.code)
    page = look(client, cast.approver, "service_close", service.code)
    assert "Chỉ ngừng được dịch vụ đang cung cấp." in page
    assert "<textarea" not in page


def test_a_draft_is_not_closed(client: Client, cast: Cast, draft: SharingService):
    page = look(client, cast.approver, "service_close", draft.code)
    assert "Chỉ ngừng được dịch vụ đang cung cấp." in page


def test_the_list_shows_states_requests_and_accounts(
    client: Client, cast: Cast, draft: SharingService
):
    service = made.service(cast)
    made.issued(cast, service)
    made.request_at("submitted", Cast(owner=cast.owner), service)
    page = look(client, cast.approver, "own_services")
    assert "Bản nháp" in page
    assert "Đang cung cấp" in page
    assert '<td role="cell" class="num tn" data-l="Yêu cầu đang mở"><span>1</span>' in page
    assert '<td role="cell" class="num tn" data-l="Tài khoản"><span>1</span>' in page
    only = look(client, cast.approver, "own_services", tt="draft")
    assert draft.title_vi in only
    assert service.title_vi not in only
    assert "Không có dịch vụ nào ở trạng thái này." in look(
        client, cast.approver, "own_services", tt="closed"
    )


def test_others_see_none_of_it(client: Client, cast: Cast, draft: SharingService):
    assert "Cơ quan chưa có dịch vụ chia sẻ nào." in look(client, cast.contact, "own_services")
    assert answer(client, cast.contact, "own_service", draft.code).status_code == 404
    assert answer(client, cast.approver, "service_edit", draft.code).status_code == 403
    assert answer(client, cast.describer, "service_close", draft.code).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_queries_do_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: Any, number: int
):
    for _ in range(number):
        made.service(cast)
    client.force_login(cast.approver)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("own_services"))


QUERIES = 14
