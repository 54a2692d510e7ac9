"""Writing a request: which service, one page after the other, the check, sending, the receipt."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from sharing.actions import decisions, requests, services
from sharing.models import ConnectionRequest, FormField, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made, signing
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db

PAGES = ("du-lieu", "muc-dich", "he-thong", "van-ban")


@pytest.fixture
def service(cast: Cast) -> SharingService:
    return made.service(cast)


@pytest.fixture
def draft(cast: Cast, service: SharingService) -> ConnectionRequest:
    return made.request_at(RequestState.DRAFT, cast, service)


def fresh(request: ConnectionRequest) -> ConnectionRequest:
    return ConnectionRequest.objects.get(pk=request.pk)


def said_on(step: str) -> dict[str, Any]:
    """What the requester of the tests fills in on that page."""
    rows = FormField.objects.filter(step=step)
    said = {row.key: made.ANSWERS.get(row.key, "") for row in rows}
    if "addresses" in said:
        said["addresses"] = "127.0.0.1\n"
    if step == "van-ban":
        said |= {"document_number": "845/STN-VP", "document_date": "2026-11-20"}
    return said


def begin(client: Client, cast: Cast, service: SharingService, **facts: str) -> Any:
    client.force_login(cast.contact)
    address = f"{reverse('request_begin')}?dich_vu={service.code}"
    return client.post(address, {"co_quan": cast.requester.slug, **facts}, follow=True)


def test_from_the_service_to_the_receipt(client: Client, cast: Cast, service: SharingService):
    with at("2026-11-23 09:05"):
        response = begin(client, cast, service)
        begun = ConnectionRequest.objects.get()
        for number, step in enumerate(PAGES, start=1):
            page = markup(response)
            assert f"Bước {number} trong 5" in page
            response = send(client, cast.contact, "request_step", begun.pk, step, **said_on(step))
        assert "Bước 5 trong 5" in markup(response)
        response = send(client, cast.contact, "request_check", begun.pk)
    sent = fresh(begun)
    assert sent.state == RequestState.SUBMITTED
    assert sent.answers["addresses"] == ["127.0.0.1/32"]
    assert sent.answers["starts_on"] == "2026-12-01"
    assert sent.document_date == date(2026, 11, 20)
    receipt = markup(response)
    assert response.redirect_chain[-1][0] == reverse("request_receipt", args=[sent.pk])
    assert f"Đã gửi yêu cầu {sent.number}" in receipt
    assert "09:05 23/11/2026" in receipt
    assert "Thời hạn 05 ngày làm việc bắt đầu khi có văn bản chấp thuận của Sở Giáo dục." in receipt


def test_without_a_service_those_of_others_are_offered(
    client: Client, cast: Cast, service: SharingService
):
    own = made.service(Cast(owner=cast.requester), title_vi="Của chính mình")
    page = look(client, cast.contact, "request_begin")
    assert f"?dich_vu={service.code}" in page
    assert own.title_vi not in page


def test_beginning_twice_goes_on_with_the_same_draft(
    client: Client, cast: Cast, service: SharingService
):
    begin(client, cast, service)
    begin(client, cast, service)
    assert ConnectionRequest.objects.count() == 1


def test_ones_own_service_cannot_be_asked_for(client: Client, cast: Cast):
    own = made.service(Cast(owner=cast.requester))
    page = look(client, cast.contact, "request_begin", dich_vu=own.code)
    assert "Cơ quan không cần yêu cầu kết nối tới dữ liệu của chính mình." in page
    assert "Bắt đầu" not in page
    assert "Có nội dung cần sửa" in markup(begin(client, cast, own))
    assert not ConnectionRequest.objects.exists()


def test_a_closed_service_says_so(client: Client, cast: Cast, service: SharingService):
    services.close(service=service, reason="Đã thay bằng dịch vụ mới.", by=cast.approver)
    page = look(client, cast.contact, "request_begin", dich_vu=service.code)
    assert "Dịch vụ này hiện không nhận yêu cầu kết nối." in page


def test_an_unknown_service_is_not_found(client: Client, cast: Cast):
    response = answer(client, cast.contact, "request_begin", dich_vu="khong-co")
    assert response.status_code == 404


def test_somebody_of_two_agencies_says_for_which(
    client: Client, cast: Cast, service: SharingService
):
    other = make.agency("Sở Nội vụ")
    cast.contact.memberships.create(
        agency=other, role_code="contact_officer", valid_from="2023-10-10"
    )
    page = look(client, cast.contact, "request_begin", dich_vu=service.code, co_quan=other.slug)
    assert f'value="{other.slug}"' in page
    assert "Hãy chọn một mục." in markup(begin(client, cast, service, co_quan=""))
    begin(client, cast, service, co_quan=other.slug)
    assert ConnectionRequest.objects.get().requester == other


def test_another_agency_cannot_be_named(client: Client, cast: Cast, service: SharingService):
    page = markup(begin(client, cast, service, co_quan=cast.owner.slug))
    assert "Hãy chọn một cơ quan trong danh sách." in page
    assert not ConnectionRequest.objects.exists()


def test_empty_answers_are_kept_until_sending(client: Client, cast: Cast, draft: ConnectionRequest):
    response = send(
        client, cast.contact, "request_step", draft.pk, "du-lieu", data_scope="Tên trường"
    )
    assert "Bước 2 trong 5" in markup(response)
    assert fresh(draft).answers["data_scope"] == "Tên trường"
    page = look(client, cast.contact, "request_check", draft.pk)
    assert "Còn thiếu:" in page
    assert "Phương thức chia sẻ; Tần suất khai thác dự kiến; Sử dụng từ ngày" in page
    assert "Số, ký hiệu văn bản; Ngày văn bản" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]


def test_sending_something_unfinished_is_refused(
    client: Client, cast: Cast, draft: ConnectionRequest
):
    page = markup(send(client, cast.contact, "request_check", draft.pk))
    assert "Yêu cầu còn thiếu: Phạm vi dữ liệu cần;" in page
    assert fresh(draft).state == RequestState.DRAFT


@pytest.mark.parametrize(
    ("step", "key", "value", "sentence"),
    [
        ("du-lieu", "method", "bo-cau", "Hãy chọn một mục trong danh sách."),
        ("du-lieu", "starts_on", "ngày mai", "Nhập ngày đúng dạng, ví dụ 16/10/2026."),
        ("du-lieu", "ends_on", "2026-11-30", "Ngày kết thúc không thể trước ngày bắt đầu"),
        ("he-thong", "contact_email", "khong-phai", "Nhập thư điện tử đúng dạng"),
        ("he-thong", "contact_phone", "gọi tôi", "Nhập số điện thoại đúng dạng"),
        ("he-thong", "addresses", "127.0.0.1\nmáy chủ", "“máy chủ” không phải địa chỉ IP"),
        ("van-ban", "document_number", "văn bản số 8", "Hãy ghi như 845/UBND-VX."),
        ("van-ban", "document_date", "2030-01-01", "Ngày này chưa đến."),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(
    client: Client,
    cast: Cast,
    draft: ConnectionRequest,
    step: str,
    key: str,
    value: str,
    sentence: str,
):
    facts = {**said_on(step), key: value}
    page = markup(send(client, cast.contact, "request_step", draft.pk, step, **facts))
    assert "Có nội dung cần sửa" in page
    at_field = page.index(f'id="id_{key}_error"')
    assert sentence in page[at_field : at_field + 300]
    assert fresh(draft).answers == {}
    assert fresh(draft).document_number == ""


def test_a_term_that_has_ended_meanwhile_is_not_sent(
    client: Client, cast: Cast, draft: ConnectionRequest
):
    made.fill_in(draft, cast)
    ConnectionRequest.objects.update(
        answers={**fresh(draft).answers, "starts_on": "2026-01-01", "ends_on": "2026-02-01"}
    )
    page = markup(send(client, cast.contact, "request_check", draft.pk))
    assert "Ngày kết thúc đã qua." in page
    assert fresh(draft).state == RequestState.DRAFT


def test_a_number_is_asked_for_as_a_number(client: Client, cast: Cast, draft: ConnectionRequest):
    FormField.objects.create(
        form=draft.form,
        key="people",
        step="muc-dich",
        position=90,
        kind=FormField.Kind.NUMBER,
        label_vi="Số người dùng",
        label_en="Users",
    )
    page = send(client, cast.contact, "request_step", draft.pk, "muc-dich", people="vài người")
    assert "Nhập số nguyên từ 0 trở lên" in markup(page)
    send(client, cast.contact, "request_step", draft.pk, "muc-dich", people="12")
    assert fresh(draft).answers["people"] == 12


def test_what_was_answered_stands_in_the_form_again(client: Client, cast: Cast):
    request = made.request_at(RequestState.NEEDS_SUPPLEMENT, cast)
    page = look(client, cast.contact, "request_step", request.pk, "he-thong")
    assert 'value="Hệ thống một cửa"' in page
    assert "127.0.0.1" in page
    assert "không bắt buộc" not in page
    document = look(client, cast.contact, "request_step", request.pk, "van-ban")
    assert 'value="845/STN-VP"' in document


def test_adding_a_file_keeps_what_is_typed_beside_it(
    client: Client, cast: Cast, draft: ConnectionRequest
):
    client.force_login(cast.contact)
    address = reverse("request_step", args=[draft.pk, "van-ban"])
    typed = {**said_on("van-ban"), "role": "request"}
    nothing = client.post(address, {**typed, "add": "1"}, follow=True)
    assert "Hãy chọn tệp văn bản." in markup(nothing)
    assert f'value="{typed["document_number"]}"' in markup(nothing)
    wrong = make.incoming(b"tep word", "van-ban.doc")
    page = client.post(
        address, {**typed, "document_number": "12/STN-VP", "file": wrong}, follow=True
    )
    assert page.redirect_chain == [(address, 302)]
    assert "Tệp không phải PDF." in markup(page)
    assert 'value="12/STN-VP"' in markup(page)
    # Nor is a file lost because of a field beside it.
    beside = make.incoming(signing.plain_pdf(), "kem-ngay-sai.pdf")
    client.post(address, {**typed, "document_date": "hôm qua", "file": beside})
    assert draft.documents.get().file_name == "kem-ngay-sai.pdf"
    draft.documents.all().delete()
    # A chosen file goes along with “Tiếp tục” too.
    right = make.incoming(signing.plain_pdf(), "van-ban.pdf")
    client.post(address, {**typed, "file": right})
    assert draft.documents.get().file_name == "van-ban.pdf"


def test_correcting_leads_back_to_the_check(client: Client, cast: Cast, draft: ConnectionRequest):
    page = look(client, cast.contact, "request_check", draft.pk)
    address = reverse("request_step", args=[draft.pk, "muc-dich"]) + "?ve=kiem-tra"
    assert address in page
    response = client.post(address, said_on("muc-dich"))
    assert response.headers["Location"] == reverse("request_check", args=[draft.pk])


def test_a_document_already_used_is_pointed_out(
    client: Client, cast: Cast, draft: ConnectionRequest, service: SharingService
):
    with at("2026-11-20"):
        first = made.request_at(RequestState.WAITING_CONSENT, cast, made.service(cast))
    with at("2026-11-23"):
        page = markup(
            send(client, cast.contact, "request_step", draft.pk, "van-ban", **said_on("van-ban"))
        )
    assert "Cùng số văn bản với yêu cầu" in page
    assert first.number in page
    assert first.number in look(client, cast.contact, "request_step", draft.pk, "van-ban")


def test_a_page_that_the_form_does_not_have_is_not_found(
    client: Client, cast: Cast, draft: ConnectionRequest
):
    response = answer(client, cast.contact, "request_step", draft.pk, "khac")
    assert response.status_code == 404


@pytest.mark.parametrize("name", ["connection_request", "request_check", "request_step"])
def test_a_draft_is_invisible_to_others(
    client: Client, cast: Cast, draft: ConnectionRequest, name: str
):
    parts = [draft.pk, "du-lieu"] if name == "request_step" else [draft.pk]
    outsider = make.person("contact_officer", make.agency("Sở Khác"))
    for person in (cast.approver, cast.describer, outsider):
        assert answer(client, person, name, *parts).status_code == 404
    assert answer(client, cast.officer, name, *parts).status_code in {403, 404}


def test_a_draft_that_is_dropped_stays_invisible_and_nobody_hears_of_it(
    client: Client, cast: Cast, draft: ConnectionRequest
):
    told = Notice.objects.count()
    assert reverse("request_give_up", args=[draft.pk]) in look(
        client, cast.contact, "request_check", draft.pk
    )
    send(client, cast.contact, "request_give_up", draft.pk)
    assert fresh(draft).state == RequestState.DISCARDED
    page = look(client, cast.contact, "connections")
    assert "Bản nháp đã huỷ" in page
    assert "Đã rút" not in page
    assert Notice.objects.count() == told
    assert answer(client, cast.approver, "connection_request", draft.pk).status_code == 404


def test_what_was_sent_cannot_be_written_any_more(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    before = fresh(request).answers
    for name, *parts in (("request_step", "du-lieu"), ("request_check",)):
        response = send(client, cast.contact, name, request.pk, *parts, data_scope="Mọi thứ")
        assert "Yêu cầu đã gửi, không sửa được nữa." in markup(response)
    assert fresh(request).answers == before


def test_a_supplement_is_written_on_the_same_pages(client: Client, cast: Cast):
    request = made.request_at(RequestState.NEEDS_SUPPLEMENT, cast)
    page = look(client, cast.contact, "request_check", request.pk)
    assert made.REASON in page
    assert "Gửi bổ sung" in page
    with at("2026-11-25"):
        send(client, cast.contact, "request_check", request.pk, note="Đã nêu rõ phạm vi.")
    sent = fresh(request)
    assert sent.state == RequestState.SUBMITTED
    assert sent.received_on == date(2026, 11, 25)
    assert sent.events.filter(note="Đã nêu rõ phạm vi.").exists()


def test_what_a_supplement_changed_is_seen_by_those_who_decide(client: Client, cast: Cast):
    """By the pages: one answer and the document's number are written anew, the rest stays."""
    request = made.request_at(RequestState.NEEDS_SUPPLEMENT, cast)
    page = reverse("request_step", args=[request.pk, "he-thong"])
    client.force_login(cast.contact)
    form = client.get(page).context["form"]
    filled = {one.html_name: one.value() for one in form if one.value() not in (None, "", False)}
    client.post(page, {**filled, "system_name": "Hệ thống mới"})
    written = requests.save(
        request=request,
        answers={},
        document={"document_number": "846/STN-VP", "document_date": fresh(request).document_date},
        by=cast.contact,
    )
    send(client, cast.contact, "request_check", written.pk, note="")
    for person, name in ((cast.officer, "office_request"), (cast.approver, "connection_request")):
        timeline = look(client, person, name, request.pk).partition("Khác với lần gửi trước:")[2]
        for words in (
            "<del>Hệ thống một cửa</del>→<ins>Hệ thống mới</ins>",
            "<del>845/STN-VP</del>→<ins>846/STN-VP</ins>",
        ):
            assert words in timeline
        assert timeline.count("<del>") == 3  # the form writes the address as a network


def test_a_service_already_asked_for_is_said_to_be(client: Client, cast: Cast):
    sent = made.request_at(RequestState.SUBMITTED, cast)
    page = look(client, cast.contact, "request_begin", dich_vu=sent.service.code)
    assert f"{sent.number}" in page
    assert "Cơ quan đã có yêu cầu kết nối tới dịch vụ này" in page
    requests.withdraw(request=sent, by=cast.contact)
    page = look(client, cast.contact, "request_begin", dich_vu=sent.service.code)
    assert "Cơ quan đã có yêu cầu" not in page


def test_a_supplement_while_the_limit_runs_goes_on_with_it(client: Client, cast: Cast):
    request = made.request_at(RequestState.PROCESSING, cast)
    decisions.ask_supplement(request=request, reason=made.REASON, by=cast.officer)
    send(client, cast.contact, "request_check", request.pk, note="")
    assert fresh(request).state == RequestState.PROCESSING


def test_the_receipt_is_the_requesters(client: Client, cast: Cast, draft: ConnectionRequest):
    assert answer(client, cast.contact, "request_receipt", draft.pk).status_code == 404
    sent = made.request_at(RequestState.SUBMITTED, Cast(requester=cast.requester))
    assert answer(client, cast.contact, "request_receipt", sent.pk).status_code == 200
    assert answer(client, cast.approver, "request_receipt", sent.pk).status_code == 404


def test_on_special_request_no_limit_is_promised(client: Client, cast: Cast):
    special = made.service(cast, form=SharingService.Form.SPECIAL)
    sent = made.request_at(RequestState.SUBMITTED, cast, special)
    page = look(client, cast.contact, "request_receipt", sent.pk)
    assert "pháp luật không quy định thời hạn cố định" in page
    assert "05 ngày làm việc" not in page
