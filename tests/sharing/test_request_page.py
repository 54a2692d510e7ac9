"""One request as both agencies see it, and what the one that asks does with it."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Notice
from sharing.actions import requests
from sharing.models import ConnectionRequest, RequestEvent
from sharing.states import RequestState
from tests import factories as make
from tests.markup import markup
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db


def state_of(request: ConnectionRequest) -> str:
    return ConnectionRequest.objects.get(pk=request.pk).state


def test_both_sides_see_content_and_timeline(client: Client, cast: Cast):
    request = made.request_at(RequestState.CONSENTED, cast)
    RequestEvent.objects.create(
        request=request, step="take", state=request.state, note="Chỉ nội bộ.", internal=True
    )
    for person in (cast.contact, cast.describer):
        page = look(client, person, "connection_request", request.pk)
        assert f"{request.number} – Sở Tư pháp" in page
        assert "Đối chiếu khi giải quyết thủ tục hành chính." in page
        assert "Bắt đầu tính thời hạn 05 ngày làm việc." in page
        assert "Chỉ nội bộ." not in page


@pytest.mark.parametrize(
    ("state", "asker", "owner"),
    [
        ("submitted", {"request_withdraw"}, {"consent"}),
        ("waiting_consent", {"request_withdraw"}, {"consent"}),
        ("supplement", {"request_withdraw", "request_check"}, set()),
        ("consented", {"request_withdraw"}, set()),
        ("processing", {"request_withdraw"}, set()),
        ("issued", {"request_reopen"}, set()),
        ("refused", {"request_reopen"}, set()),
        ("owner_refused", {"request_reopen"}, set()),
        ("withdrawn", set(), set()),
    ],
)
def test_only_what_one_may_do_now_is_offered(
    client: Client, cast: Cast, state: str, asker: set[str], owner: set[str]
):
    request = made.request_at(state, cast)
    names = ("consent", "request_withdraw", "request_check", "request_reopen")
    for person, offered in ((cast.contact, asker), (cast.approver, owner), (cast.describer, set())):
        page = look(client, person, "connection_request", request.pk)
        links = {name for name in names if f'"{reverse(name, args=[request.pk])}"' in page}
        assert links == offered


def test_what_is_to_be_added_is_said(client: Client, cast: Cast):
    request = made.request_at(RequestState.NEEDS_SUPPLEMENT, cast)
    page = look(client, cast.contact, "connection_request", request.pk)
    assert f"<b>Cần bổ sung:</b>{made.REASON}" in page


def test_a_draft_leads_on_to_where_its_writing_stopped(client: Client, cast: Cast):
    request = made.request_at(RequestState.DRAFT, cast)
    response = answer(client, cast.contact, "connection_request", request.pk)
    assert response.headers["Location"] == reverse("request_step", args=[request.pk, "du-lieu"])
    said = {key: made.ANSWERS[key] for key in ("data_scope", "method", "frequency", "starts_on")}
    requests.save(request=request, answers=said, by=cast.contact)
    response = answer(client, cast.contact, "connection_request", request.pk)
    assert response.headers["Location"] == reverse("request_step", args=[request.pk, "muc-dich"])
    made.fill_in(request, cast)
    response = answer(client, cast.contact, "connection_request", request.pk)
    assert response.headers["Location"] == reverse("request_check", args=[request.pk])


def test_colleagues_who_do_not_ask_read_the_draft(client: Client, cast: Cast):
    request = made.request_at(RequestState.DRAFT, cast)
    colleague = make.person("contributor", cast.requester)
    assert "Yêu cầu chưa gửi" in look(client, colleague, "connection_request", request.pk)
    response = answer(client, colleague, "request_step", request.pk, "du-lieu")
    assert response.status_code == 403


def test_an_officer_is_led_to_the_officers_page(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    response = answer(client, cast.officer, "connection_request", request.pk)
    assert response.headers["Location"] == reverse("office_request", args=[request.pk])


def test_an_auditor_reads_and_is_offered_nothing(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    page = look(client, make.person("auditor", cast.authority), "connection_request", request.pk)
    assert request.number in page
    assert reverse("request_withdraw", args=[request.pk]) not in page


def test_a_draft_is_not_for_auditors(client: Client, cast: Cast):
    request = made.request_at(RequestState.DRAFT, cast)
    auditor = make.person("auditor", cast.authority)
    assert answer(client, auditor, "connection_request", request.pk).status_code == 404


def test_a_third_agency_sees_nothing(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    outsider = make.person("contact_officer", make.agency("Sở Khác"))
    for name in ("connection_request", "request_withdraw", "request_reopen"):
        assert answer(client, outsider, name, request.pk).status_code == 404


def test_taking_it_back(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    response = send(client, cast.contact, "request_withdraw", request.pk, note="Không cần nữa.")
    assert state_of(request) == RequestState.WITHDRAWN
    page = markup(response)
    assert "Đã rút lại yêu cầu." in page
    assert "Không cần nữa." in page


def test_after_the_consent_it_can_be_taken_back_too(client: Client, cast: Cast):
    """The page says so before it is done; owner and authority hear of it, the clock has nothing to count."""
    request = made.request_at(RequestState.CONSENTED, cast)
    page = markup(answer(client, cast.contact, "request_withdraw", request.pk))
    assert "kể cả sau khi chủ quản đã chấp thuận" in page
    send(client, cast.contact, "request_withdraw", request.pk, note="Không cần nữa.")
    assert state_of(request) == RequestState.WITHDRAWN
    told = Notice.objects.filter(kind="request.withdraw").values_list("person", flat=True)
    assert {cast.approver.pk, cast.officer.pk} <= set(told)


def test_what_is_decided_cannot_be_taken_back(client: Client, cast: Cast):
    request = made.request_at(RequestState.ISSUED, cast)
    page = markup(send(client, cast.contact, "request_withdraw", request.pk))
    assert "không thực hiện được việc này" in page
    assert state_of(request) == RequestState.ISSUED


def test_opening_again_needs_a_reason(client: Client, cast: Cast):
    request = made.request_at(RequestState.OWNER_REFUSED, cast)
    page = markup(send(client, cast.contact, "request_reopen", request.pk, reason="Thôi"))
    assert 'id="id_reason_error"' in page
    assert state_of(request) == RequestState.OWNER_REFUSED
    response = send(
        client, cast.contact, "request_reopen", request.pk, reason="Đã thu hẹp phạm vi dữ liệu."
    )
    assert state_of(request) == RequestState.DRAFT
    assert response.redirect_chain[-1][0] == reverse("request_check", args=[request.pk])
    # Under its number it is known to the other side, which goes on seeing it.
    assert request.number in look(client, cast.approver, "connection_request", request.pk)


def test_the_owner_takes_nothing_back(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    client.force_login(cast.describer)
    response = client.post(reverse("request_withdraw", args=[request.pk]))
    assert response.status_code == 404
    assert state_of(request) == RequestState.SUBMITTED
