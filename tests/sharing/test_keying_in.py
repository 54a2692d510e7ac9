"""Keying in a request that came through the document system: its pages, its clock, who knows of it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notice
from accounts.permissions import Refused
from sharing.actions import consents, decisions, documents, keying_in, requests, services
from sharing.models import ConnectionRequest, Document, FormField, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made, signing
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
TODAY = "2026-11-23"
LETTER = {
    "document_number": "845/STN-VP",
    "document_date": "2026-11-18",
    "received_on": "2026-11-20",
}


@pytest.fixture
def service(cast: Cast) -> SharingService:
    return made.service(cast)


@pytest.fixture
def begun(cast: Cast, service: SharingService) -> ConnectionRequest:
    return keying_in.begin(service=service, requester=cast.requester, by=cast.officer)


def fresh(request: ConnectionRequest) -> ConnectionRequest:
    return ConnectionRequest.objects.select_related("duty").get(pk=request.pk)


def said_on(step: str) -> dict[str, Any]:
    said = {row.key: made.ANSWERS.get(row.key, "") for row in FormField.objects.filter(step=step)}
    if "addresses" in said:
        said["addresses"] = "127.0.0.1\n"
    return said | (LETTER if step == "van-ban" else {})


def keyed(client: Client, cast: Cast, begun: ConnectionRequest, **letter: str) -> ConnectionRequest:
    """Only the letter's page filled in, then entered."""
    send(client, cast.officer, "key_in_step", begun.pk, "van-ban", **{**LETTER, **letter})
    send(client, cast.officer, "key_in_check", begun.pk)
    return fresh(begun)


def test_from_the_inbox_to_the_case(client: Client, cast: Cast, service: SharingService):
    with at(TODAY):
        assert reverse("key_in") in look(client, cast.officer, "office_requests")
        response = send(
            client,
            cast.officer,
            "key_in",
            requester=cast.requester.pk,
            service=service.pk,
        )
        begun = ConnectionRequest.objects.get()
        for number, step in enumerate(("van-ban", "du-lieu", "muc-dich", "he-thong"), start=1):
            assert f"Bước {number} trong 5" in markup(response)
            assert response.redirect_chain[-1][0] == reverse("key_in_step", args=[begun.pk, step])
            response = send(client, cast.officer, "key_in_step", begun.pk, step, **said_on(step))
        page = markup(response)
        assert "Bước 5 trong 5" in page
        assert '<time datetime="2026-11-20">' in page
        assert "Văn bản chưa nêu" not in page
        response = send(client, cast.officer, "key_in_check", begun.pk)
    sent = fresh(begun)
    assert response.redirect_chain[-1][0] == reverse("office_request", args=[sent.pk])
    assert "Đã nhập yêu cầu" in markup(response)
    assert (sent.state, sent.origin, sent.created_by) == ("submitted", "keyed_in", cast.officer)
    assert sent.number
    assert sent.answers["addresses"] == ["127.0.0.1/32"]
    assert (sent.document_date, sent.received_on) == (date(2026, 11, 18), date(2026, 11, 20))


def test_both_sides_are_told_and_it_is_recorded(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    colleague = make.person("ict_officer", cast.authority)
    with at(TODAY):
        sent = keyed(client, cast, begun)
    for person in (cast.contact, cast.approver, colleague):
        notice = person.notices.get(kind="request.keyed_in")
        assert notice.facts["request"] == sent.number
    assert not cast.officer.notices.exists()
    event = AuditEvent.objects.get(action="request.keyed_in")
    assert event.actor_name == cast.officer.full_name
    assert event.after["received_on"] == "2026-11-20"


def test_the_pages_say_who_keyed_it_in(client: Client, cast: Cast, begun: ConnectionRequest):
    with at(f"{TODAY} 09:05"):
        sent = keyed(client, cast, begun)
        words = (
            f"Qua hệ thống quản lý văn bản; {cast.officer.full_name} nhập lúc 09:05 23/11/2026",
            "Nhập yêu cầu nhận qua văn bản",  # the timeline
        )
        for person, name in (
            (cast.officer, "office_request"),
            (cast.contact, "connection_request"),
            (cast.describer, "connection_request"),
        ):
            page = look(client, person, name, sent.pk)
            assert all(said in page for said in words)
        assert words[0] in look(client, cast.contact, "request_receipt", sent.pk)
    other = made.request_at(RequestState.SUBMITTED, cast, sent.service)
    assert "Qua hệ thống quản lý văn bản" not in look(
        client, cast.officer, "office_request", other.pk
    )


def test_the_clock_counts_from_the_arrival_when_that_is_later(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    with at(TODAY):
        sent = keyed(client, cast, begun)
        made.consent(sent, cast, document_date=date(2026, 11, 17), received_on=date(2026, 11, 18))
    duty = fresh(sent).duty
    assert (duty.start, duty.due) == (date(2026, 11, 20), date(2026, 11, 30))


def test_the_clock_counts_from_the_consent_when_that_is_later(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    with at(TODAY):
        sent = keyed(client, cast, begun)
        assert sent.duty is None
        made.consent(sent, cast)
    duty = fresh(sent).duty
    assert (duty.start, duty.due) == (date(2026, 11, 23), date(2026, 12, 1))


def test_the_officer_who_keyed_it_in_may_go_on_with_it(cast: Cast):
    sent = made.keyed_in(cast)
    made.consent(sent, cast)
    decisions.take(request=sent, by=cast.officer)
    account = made.issue(sent, cast).account
    assert account.agency == cast.requester


def test_what_the_letter_does_not_say_is_pointed_out_and_asked_for_later(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    with at(TODAY):
        send(client, cast.officer, "key_in_step", begun.pk, "van-ban", **LETTER)
        page = look(client, cast.officer, "key_in_check", begun.pk)
        assert "Văn bản chưa nêu:" in page
        assert "Phương thức chia sẻ" in page
        assert "Nội dung văn bản chưa nêu được đề nghị bổ sung sau." in page
        sent = keyed(client, cast, begun)
        decisions.ask_supplement(request=sent, reason=made.REASON, by=cast.officer)
        assert "Còn thiếu:" in look(client, cast.contact, "request_check", sent.pk)
        requests.save(request=sent, answers=made.ANSWERS, by=cast.contact)
        requests.supplement(request=sent, note="", by=cast.contact)
    assert fresh(sent).state == RequestState.SUBMITTED


@pytest.mark.parametrize(
    ("step", "key", "value", "sentence"),
    [
        ("van-ban", "received_on", "2026-11-24", "Ngày này chưa đến."),
        ("van-ban", "received_on", "2026-11-17", "Ngày văn bản đến không thể trước ngày văn bản."),
        ("van-ban", "received_on", "hôm qua", "Nhập ngày đúng dạng, ví dụ 16/10/2026."),
        ("van-ban", "document_date", "2026-11-24", "Ngày này chưa đến."),
        ("van-ban", "document_number", "văn bản số 8", "Hãy ghi như 845/UBND-VX."),
        ("he-thong", "addresses", "máy chủ", "“máy chủ” không phải địa chỉ IP"),
        ("du-lieu", "method", "bo-cau", "Hãy chọn một mục trong danh sách."),
    ],
)
def test_a_wrong_value_is_refused_beside_its_field(
    client: Client,
    cast: Cast,
    begun: ConnectionRequest,
    step: str,
    key: str,
    value: str,
    sentence: str,
):
    facts = {**said_on(step), key: value}
    with at(TODAY):
        page = markup(send(client, cast.officer, "key_in_step", begun.pk, step, **facts))
    assert "Có nội dung cần sửa" in page
    at_field = page.index(f'id="id_{key}_error"')
    assert sentence in page[at_field : at_field + 300]
    kept = fresh(begun)
    assert (kept.answers, kept.document_number, kept.received_on) == ({}, "", None)


@pytest.mark.parametrize("missing", LETTER)
def test_without_number_and_days_it_cannot_be_entered(
    client: Client, cast: Cast, begun: ConnectionRequest, missing: str
):
    with at(TODAY):
        facts = {**LETTER, missing: ""}
        send(client, cast.officer, "key_in_step", begun.pk, "van-ban", **facts)
        page = look(client, cast.officer, "key_in_check", begun.pk)
        assert "Hãy nhập số, ký hiệu, ngày văn bản và ngày văn bản đến" in page
        assert "<form" not in page[page.index("<main") : page.index("</main>")]
        page = markup(send(client, cast.officer, "key_in_check", begun.pk))
    assert "Hãy nhập số, ký hiệu, ngày văn bản và ngày văn bản đến" in page
    assert fresh(begun).state == RequestState.KEYING


@pytest.mark.parametrize("name", ["requester", "service"])
@pytest.mark.parametrize(
    ("value", "sentence"),
    [("", "Hãy chọn một mục."), ("999999", "trong danh sách"), ("khác", "trong danh sách")],
)
def test_both_are_chosen(
    client: Client, cast: Cast, service: SharingService, name: str, value: str, sentence: str
):
    facts = {"requester": cast.requester.pk, "service": service.pk, name: value}
    response = send(client, cast.officer, "key_in", **facts)
    said = " ".join(response.context["form"].errors[name])
    assert sentence.replace("trong danh sách", "Hãy chọn một ") in said
    assert not ConnectionRequest.objects.exists()


def test_an_agency_does_not_ask_itself(client: Client, cast: Cast, service: SharingService):
    facts = {"requester": cast.owner.pk, "service": service.pk}
    response = send(client, cast.officer, "key_in", **facts)
    assert "Cơ quan không cần yêu cầu kết nối tới dữ liệu của chính mình." in " ".join(
        response.context["form"].errors["requester"]
    )
    assert not ConnectionRequest.objects.exists()


def test_a_service_closed_meanwhile_takes_no_request(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    closed = services.close(
        service=begun.service, reason="Đã thay bằng dịch vụ mới.", by=cast.approver
    )
    with pytest.raises(ValidationError, match="hiện không nhận yêu cầu"):
        keying_in.begin(service=closed, requester=cast.requester, by=cast.officer)
    with at(TODAY):
        send(client, cast.officer, "key_in_step", begun.pk, "van-ban", **LETTER)
        page = markup(send(client, cast.officer, "key_in_check", begun.pk))
    assert "Dịch vụ này hiện không nhận yêu cầu kết nối." in page
    assert fresh(begun).state == RequestState.KEYING


def test_the_same_number_is_pointed_out_and_not_refused(
    client: Client, cast: Cast, service: SharingService
):
    with at(TODAY):
        first = made.request_at(RequestState.WAITING_CONSENT, cast, service)
        again = keying_in.begin(service=service, requester=cast.requester, by=cast.officer)
        facts = {**LETTER, "document_date": TODAY, "received_on": TODAY}
        for name, *parts in (("key_in_step", "van-ban"), ("key_in_step", "du-lieu")):
            page = markup(send(client, cast.officer, name, again.pk, *parts, **facts))
            assert "Cùng số văn bản với yêu cầu" in page
            assert first.number in page
        assert first.number in look(client, cast.officer, "key_in_check", again.pk)
        sent = keyed(client, cast, again, **facts)
        page = look(client, cast.officer, "office_request", sent.pk)
    assert sent.state == RequestState.SUBMITTED
    assert "Cùng số văn bản với yêu cầu" in page


def test_the_number_of_another_agency_is_another_document(cast: Cast, service: SharingService):
    other = Cast(requester=make.agency("Sở Nội vụ"), owner=cast.owner)
    made.request_at(RequestState.SUBMITTED, other, service)
    assert requests.duplicates_of(made.being_keyed_in(cast, service)) == []


def test_neither_desk_hears_of_the_other_s_drafts(cast: Cast, service: SharingService):
    draft = made.request_at(RequestState.DRAFT, cast, service)
    made.fill_in(draft, cast)
    assert requests.duplicates_of(made.being_keyed_in(cast, service)) == []
    assert requests.duplicates_of(fresh(draft)) == []
    assert requests.begin(service=service, requester=cast.requester, by=cast.contact) == draft


def test_the_signed_file_comes_with_it(client: Client, cast: Cast, begun: ConnectionRequest):
    page = look(client, cast.officer, "key_in_step", begun.pk, "van-ban")
    assert 'name="add"' in page
    client.force_login(cast.officer)
    address = reverse("key_in_step", args=[begun.pk, "van-ban"])
    root = signing.root()
    signed = signing.signed_pdf(signing.certificate("Sở Tư pháp", issuer=root))
    response = client.post(
        address,
        {**LETTER, "role": "request", "file": make.incoming(signed, "Văn bản 845.pdf"), "add": "1"},
        follow=True,
    )
    assert response.redirect_chain[-1][0] == address
    assert f'value="{LETTER["document_number"]}"' in markup(response)
    assert "Đang kiểm tra chữ ký số" in markup(response)
    documents.check(Document.objects.get().pk)
    for name, *parts in (("key_in_step", "van-ban"), ("key_in_check",)):
        page = look(client, cast.officer, name, begun.pk, *parts)
        assert "Văn bản 845.pdf" in page
        assert "Toàn vẹn nhưng chưa tin cậy" in page
    response = client.post(
        address,
        {**LETTER, "role": "request", "file": make.incoming(b"tep word", "van-ban.doc")},
        follow=True,
    )
    assert "Tệp không phải PDF." in markup(response)
    assert Document.objects.count() == 1


def test_beginning_twice_goes_on_with_the_same(cast: Cast, begun: ConnectionRequest):
    colleague = make.person("ict_officer", cast.authority)
    again = keying_in.begin(service=begun.service, requester=cast.requester, by=colleague)
    assert again == begun


def test_what_was_begun_is_found_again(client: Client, cast: Cast, begun: ConnectionRequest):
    page = look(client, cast.officer, "key_in")
    assert "Đang nhập dở" in page
    assert reverse("key_in_check", args=[begun.pk]) in page
    with at(TODAY):
        keyed(client, cast, begun)
    assert "Đang nhập dở" not in look(client, cast.officer, "key_in")


def test_until_it_is_entered_nobody_else_knows(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    told = Notice.objects.count()
    for person in (cast.contact, cast.approver, cast.describer):
        for name in ("connection_request", "request_check", "request_withdraw"):
            assert answer(client, person, name, begun.pk).status_code == 404
    assert str(begun.pk) not in look(client, cast.contact, "connections")
    assert str(begun.pk) not in look(client, cast.officer, "office_requests", tt="tat-ca")
    assert answer(client, cast.officer, "office_request", begun.pk).status_code == 404
    for act in (requests.submit, requests.withdraw, consents.refuse, decisions.receive):
        with pytest.raises((ValidationError, Refused, TypeError)):
            act(request=begun, by=cast.contact)
    with pytest.raises(Refused):
        requests.save(request=begun, answers={"purpose": "Khác"}, by=cast.contact)
    assert Notice.objects.count() == told
    response = answer(client, cast.officer, "connection_request", begun.pk)
    assert response.headers["Location"] == reverse("key_in_check", args=[begun.pk])


def test_given_up(client: Client, cast: Cast, begun: ConnectionRequest):
    told = Notice.objects.count()
    assert "Bỏ yêu cầu đang nhập" in look(client, cast.officer, "key_in_discard", begun.pk)
    page = markup(send(client, cast.officer, "key_in_discard", begun.pk))
    assert "Đã bỏ yêu cầu đang nhập." in page
    assert fresh(begun).state == RequestState.DISCARDED
    assert Notice.objects.count() == told
    for name in ("key_in_check", "key_in_discard"):
        assert answer(client, cast.officer, name, begun.pk).status_code == 404
    assert answer(client, cast.contact, "connection_request", begun.pk).status_code == 404


def test_what_was_entered_is_not_written_any_more(client: Client, cast: Cast):
    sent = made.keyed_in(cast)
    before = fresh(sent).answers
    for name, *parts in (("key_in_step", "du-lieu"), ("key_in_check",), ("key_in_discard",)):
        response = send(client, cast.officer, name, sent.pk, *parts, data_scope="Mọi thứ")
        assert "Yêu cầu này đã nhập xong, không sửa được nữa." in markup(response)
        assert response.redirect_chain[-1][0] == reverse("office_request", args=[sent.pk])
    assert (fresh(sent).answers, fresh(sent).state) == (before, RequestState.SUBMITTED)


def test_opened_again_it_is_the_requester_s_to_write(client: Client, cast: Cast):
    sent = made.keyed_in(cast)
    made.consent(sent, cast)
    decisions.refuse(request=sent, reason=made.REASON, legal_ground=made.GROUND, by=cast.officer)
    requests.reopen(request=sent, reason=made.REASON, by=cast.contact)
    page = markup(send(client, cast.officer, "key_in_step", sent.pk, "du-lieu"))
    assert "Yêu cầu này đã nhập xong" in page
    requests.submit(request=sent, by=cast.contact)
    assert fresh(sent).state == RequestState.SUBMITTED


def test_a_request_of_the_portal_has_no_such_pages(
    client: Client, cast: Cast, service: SharingService
):
    for state in (RequestState.DRAFT, RequestState.SUBMITTED):
        request = made.request_at(state, cast, service)
        for name, *parts in (("key_in_step", "du-lieu"), ("key_in_check",), ("key_in_discard",)):
            assert answer(client, cast.officer, name, request.pk, *parts).status_code == 404


def test_only_officers(client: Client, cast: Cast, begun: ConnectionRequest):
    for person in (cast.contact, cast.approver):
        assert answer(client, person, "key_in").status_code == 403
        for name, *parts in (("key_in_step", "du-lieu"), ("key_in_check",), ("key_in_discard",)):
            assert send(client, person, name, begun.pk, *parts).status_code in {403, 404}
        with pytest.raises(Refused):
            keying_in.begin(service=begun.service, requester=cast.requester, by=person)
        with pytest.raises(Refused):
            keying_in.discard(request=begun, by=person)
    assert fresh(begun).state == RequestState.KEYING


def test_a_page_that_the_form_does_not_have_is_not_found(
    client: Client, cast: Cast, begun: ConnectionRequest
):
    assert answer(client, cast.officer, "key_in_step", begun.pk, "khac").status_code == 404


@pytest.mark.parametrize("number", [1, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, service: SharingService, django_assert_num_queries: Any, number: int
):
    for _one in range(number):
        made.being_keyed_in(Cast(owner=cast.owner, requester=make.agency("Sở Nào đó")), service)
    look(client, cast.officer, "key_in")
    with django_assert_num_queries(QUERIES):
        look(client, cast.officer, "key_in")


QUERIES = 16
