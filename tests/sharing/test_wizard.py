"""Writing a request: page by page, kept as one goes, checked, sent."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.models import ConnectionRequest, FormField, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
PAGES: dict[str, dict[str, Any]] = {
    "du-lieu": {
        "data_scope": "Tên trường; toàn tỉnh.",
        "method": "online",
        "frequency": "200 lượt mỗi ngày",
        "starts_on": "2026-12-01",
        "ends_on": "",
    },
    "muc-dich": {
        "purpose": "Đối chiếu khi giải quyết thủ tục.",
        "legal_basis": "Quyết định 12/QĐ-UBND",
        "handling": "Lưu 30 ngày rồi xoá.",
        "undertaking": "on",
    },
    "he-thong": {
        "contact_name": "Nguyễn Văn Thử",
        "contact_position": "Chuyên viên",
        "contact_phone": "0238 3840 000",
        "contact_email": "dau-moi@thu.example",
        "system_name": "Hệ thống một cửa",
        "system_owner": "Sở Tư pháp",
        "security_level": "3",
        "addresses": "203.0.113.7\n203.0.113.64/28",
    },
    "van-ban": {"document_number": "845/STP-VP", "document_date": "2026-11-20"},
}


@pytest.fixture
def service(cast: Cast) -> SharingService:
    return made.service(cast)


@pytest.fixture
def client(client: Client, cast: Cast) -> Client:
    client.force_login(cast.contact, backend="django.contrib.auth.backends.ModelBackend")
    return client


def begun(client: Client, service: SharingService) -> ConnectionRequest:
    response = client.post(f"{reverse('request_begin')}?dich_vu={service.code}")
    request = ConnectionRequest.objects.get()
    assert response.headers["Location"] == step(request, "du-lieu")
    return request


def step(request: ConnectionRequest, name: str) -> str:
    return reverse("request_step", args=[request.pk, name])


def filled_in(client: Client, request: ConnectionRequest) -> None:
    for name, answers in PAGES.items():
        response = client.post(step(request, name), answers)
        assert response.status_code == 302, response.content.decode()


def test_from_the_service_to_the_receipt(client: Client, service: SharingService, cast: Cast):
    request = begun(client, service)
    filled_in(client, request)
    page = client.get(reverse("request_check", args=[request.pk])).content.decode()
    assert "Đối chiếu khi giải quyết thủ tục." in page
    assert "203.0.113.7/32, 203.0.113.64/28" in page
    assert "Yêu cầu còn thiếu" not in page
    response = client.post(reverse("request_check", args=[request.pk]))
    receipt = client.get(response.headers["Location"]).content.decode()
    request.refresh_from_db()
    assert (request.state, request.document_key) == (
        "submitted",
        f"{cast.requester.key} 845/STP-VP 2026",
    )
    assert request.number in receipt
    assert "văn bản chấp thuận của Sở Giáo dục" in receipt


def test_each_page_shows_what_was_kept(client: Client, service: SharingService):
    request = begun(client, service)
    filled_in(client, request)
    page = client.get(step(request, "he-thong")).content.decode()
    assert "203.0.113.7/32\n203.0.113.64/28" in page
    assert "Bước 3 trong 5" in page


def test_changing_from_the_check_leads_back_there(client: Client, service: SharingService):
    request = begun(client, service)
    response = client.post(f"{step(request, 'muc-dich')}?ve=kiem-tra", PAGES["muc-dich"])
    assert response.headers["Location"] == reverse("request_check", args=[request.pk])


def test_beginning_again_goes_on_with_the_draft(client: Client, service: SharingService):
    request = begun(client, service)
    client.post(f"{reverse('request_begin')}?dich_vu={service.code}")
    assert ConnectionRequest.objects.get().pk == request.pk


def test_what_is_missing_is_named_and_nothing_is_sent(client: Client, service: SharingService):
    request = begun(client, service)
    client.post(step(request, "du-lieu"), PAGES["du-lieu"])
    page = client.post(reverse("request_check", args=[request.pk]), follow=True).content.decode()
    assert "Yêu cầu còn thiếu: Mục đích sử dụng" in page
    request.refresh_from_db()
    assert request.state == RequestState.DRAFT


@pytest.mark.parametrize(
    ("name", "field", "value", "sentence"),
    [
        ("he-thong", "addresses", "mười", "không phải địa chỉ IP"),
        ("he-thong", "contact_email", "văn thư", "Thư điện tử chưa đúng"),
        ("he-thong", "contact_phone", "abc", "Số điện thoại gồm"),
        ("du-lieu", "starts_on", "32/13/2026", "Nhập ngày đúng dạng"),
        ("van-ban", "document_number", "công văn số tám", "chưa đúng dạng"),
        ("van-ban", "document_date", "2050-01-01", "Ngày này chưa đến"),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(
    client: Client, service: SharingService, name: str, field: str, value: str, sentence: str
):
    request = begun(client, service)
    response = client.post(step(request, name), {**PAGES[name], field: value})
    assert response.status_code == 200
    assert sentence in " ".join(response.context["form"].errors[field])


def test_a_document_used_before_is_pointed_out(client: Client, service: SharingService, cast: Cast):
    earlier = made.request_at(RequestState.SUBMITTED, cast, service)
    request = ConnectionRequest.objects.exclude(pk=earlier.pk)
    client.post(f"{reverse('request_begin')}?dich_vu={service.code}")
    draft = request.get()
    answers = {
        "document_number": "845/STN-VP",
        "document_date": earlier.document_date.isoformat(),
    }
    client.post(step(draft, "van-ban"), answers)
    page = client.get(reverse("request_check", args=[draft.pk])).content.decode()
    assert "đã dùng cho yêu cầu" in page
    assert earlier.number in page


def test_a_draft_is_the_requesters_alone(client: Client, service: SharingService, cast: Cast):
    request = begun(client, service)
    for person in (cast.approver, make.person("contact_officer", make.agency("Sở Khác"))):
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        for name in ("connection_request", "request_check"):
            assert client.get(reverse(name, args=[request.pk])).status_code in (403, 404)


def test_nobody_asks_for_ones_own_data(client: Client, service: SharingService, cast: Cast):
    client.force_login(cast.describer, backend="django.contrib.auth.backends.ModelBackend")
    page = client.post(
        f"{reverse('request_begin')}?dich_vu={service.code}", follow=True
    ).content.decode()
    assert "dữ liệu của chính mình" in page
    assert not ConnectionRequest.objects.exists()


def test_no_such_page(client: Client, service: SharingService):
    request = begun(client, service)
    assert client.get(step(request, "khac")).status_code == 404
    assert {one.value for one in FormField.Step} == set(PAGES)


def test_without_a_service_one_chooses(client: Client, service: SharingService):
    page = client.get(reverse("request_begin")).content.decode()
    assert service.title_vi in page
