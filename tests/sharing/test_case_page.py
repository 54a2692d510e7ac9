"""One request at the officers' desk: what it shows, and each thing an officer does with it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.paths import to_keep
from sharing.actions import decisions, documents, requests
from sharing.models import ConnectionRequest, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made, signing
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast: Cast) -> ConnectionRequest:
    """Asked for and consented on 23 November 2026."""
    with at("2026-11-23"):
        return made.request_at(RequestState.CONSENTED, cast)


@pytest.fixture
def insider(cast: Cast) -> Person:
    """An officer of the data authority who also works for the agency that asks."""
    person = make.person("ict_officer", cast.authority)
    person.memberships.create(
        agency=cast.requester, role_code="contributor", valid_from="2023-10-10"
    )
    return person


def state_of(request: ConnectionRequest) -> str:
    return ConnectionRequest.objects.get(pk=request.pk).state


def test_shows_what_was_asked_and_by_when(client: Client, cast: Cast, case: ConnectionRequest):
    with at("2026-11-25"):
        page = look(client, cast.officer, "office_request", case.pk)
    assert f"{case.number} – Sở Tư pháp" in page
    assert "Còn 4 ngày làm việc: hạn cấp tài khoản hoặc trả lời là hết ngày" in page
    assert '<time datetime="2026-12-01">01/12/2026</time>(thứ Ba).' in page
    assert "Đối chiếu khi giải quyết thủ tục hành chính." in page
    assert "77/SGD-VP" in page  # the owner's document
    assert "845/STN-VP" in page
    assert "Bắt đầu tính thời hạn 05 ngày làm việc." in page
    assert "thứ Hai 23/11/2026: ngày bắt đầu, không tính" in page


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        ("submitted", {"request_receive", "request_ask_supplement", "request_refuse"}),
        ("waiting_consent", {"request_ask_supplement", "request_refuse"}),
        (
            "consented",
            {"request_take", "request_issue", "request_ask_supplement", "request_refuse"},
        ),
        ("processing", {"request_issue", "request_ask_supplement", "request_refuse"}),
        ("supplement", set()),
        ("issued", set()),
        ("refused", set()),
        ("owner_refused", set()),
        ("withdrawn", set()),
    ],
)
def test_only_what_may_be_done_now_is_offered(
    client: Client, cast: Cast, state: str, offered: set[str]
):
    case = made.request_at(state, cast)
    page = look(client, cast.officer, "office_request", case.pk)
    names = ("receive", "take", "issue", "ask_supplement", "refuse")
    steps = {f"request_{name}" for name in names}
    assert {name for name in steps if f'"{reverse(name, args=[case.pk])}"' in page} == offered


def test_a_request_with_the_same_document_is_pointed_out(client: Client, cast: Cast):
    service = made.service(cast)
    first = made.request_at(RequestState.SUBMITTED, cast, service)
    second = made.request_at(RequestState.SUBMITTED, cast, service)
    page = look(client, cast.officer, "office_request", second.pk)
    assert "Cùng số văn bản với yêu cầu" in page
    assert reverse("office_request", args=[first.pk]) in page


def test_a_request_taken_back_has_no_deadline(client: Client, cast: Cast, case: ConnectionRequest):
    requests.withdraw(request=case, by=cast.contact)
    page = look(client, cast.officer, "office_request", case.pk)
    assert "Yêu cầu đã kết thúc." in page
    assert "Đã trả lời ngày" not in page


def test_received(client: Client, cast: Cast):
    case = made.request_at(RequestState.SUBMITTED, cast)
    page = send(client, cast.officer, "request_receive", case.pk)
    assert "đang chờ văn bản của cơ quan chủ quản" in page.content.decode()
    assert state_of(case) == RequestState.WAITING_CONSENT
    assert ConnectionRequest.objects.get(pk=case.pk).officer == cast.officer


def test_each_side_is_led_to_where_it_goes_on(client: Client, cast: Cast):
    """The owner to its answer, the officer to the case at the officers' desk."""
    case = made.request_at(RequestState.SUBMITTED, cast)
    for person, page in ((cast.approver, "consent"), (cast.officer, "office_request")):
        notice = person.notices.get(kind="request.submit")
        assert notice.path == to_keep(reverse(page, args=[case.pk]))
    made.consent(case, cast)
    notice = cast.contact.notices.get(kind="request.consent")
    assert notice.path == to_keep(reverse("connection_request", args=[case.pk]))


def test_an_agreement_is_offered_where_one_may_be_written(client: Client, cast: Cast):
    service = made.service(cast, form=SharingService.Form.SPECIAL)
    case = made.request_at(RequestState.PROCESSING, cast, service)
    assert "Văn bản thống nhất của hai bên" in look(client, cast.officer, "office_request", case.pk)
    decisions.refuse(request=case, reason=made.REASON, legal_ground=made.GROUND, by=cast.officer)
    page = look(client, cast.officer, "office_request", case.pk)
    assert "Văn bản thống nhất của hai bên" not in page


def test_a_consent_without_its_letter_is_pointed_out(client: Client, cast: Cast):
    case = made.request_at(RequestState.CONSENTED, cast)
    words = "Chưa có tệp văn bản chấp thuận"
    assert words in look(client, cast.officer, "office_request", case.pk)
    letter = make.incoming(signing.plain_pdf(), "chap-thuan.pdf")
    documents.add(request=case, role="consent", file=letter, by=cast.approver)
    assert words not in look(client, cast.officer, "office_request", case.pk)


def test_taken_up(client: Client, cast: Cast, case: ConnectionRequest):
    page = send(client, cast.officer, "request_take", case.pk)
    assert "Bạn đã nhận xử lý yêu cầu này." in page.content.decode()
    assert ConnectionRequest.objects.get(pk=case.pk).officer == cast.officer


def test_a_supplement_asked_for_stops_the_clock(
    client: Client, cast: Cast, case: ConnectionRequest
):
    with at("2026-11-25"):
        page = send(
            client, cast.officer, "request_ask_supplement", case.pk, reason="Thiếu danh sách cột."
        ).content.decode()
    assert "Đã gửi đề nghị bổ sung" in page
    assert "Thời hạn tạm dừng từ" in page
    assert state_of(case) == RequestState.NEEDS_SUPPLEMENT
    assert cast.contact.notices.filter(kind="request.ask_supplement_running").exists()


def test_refused_with_reason_and_ground(client: Client, cast: Cast, case: ConnectionRequest):
    page = send(
        client,
        cast.officer,
        "request_refuse",
        case.pk,
        reason=made.REASON,
        legal_ground=made.GROUND,
    ).content.decode()
    assert made.REASON in page
    assert made.GROUND in page
    assert state_of(case) == RequestState.REFUSED
    for person in (cast.contact, cast.approver):
        assert person.notices.filter(kind="request.refuse").exists()


@pytest.mark.parametrize(
    ("step", "facts", "field", "sentence"),
    [
        ("ask_supplement", {"reason": ""}, "reason", "Hãy điền nội dung này."),
        ("ask_supplement", {"reason": "thiếu"}, "reason", "ít nhất 10 ký tự"),
        ("refuse", {"reason": "", "legal_ground": made.GROUND}, "reason", "Hãy điền nội dung này."),
        (
            "refuse",
            {"reason": "không", "legal_ground": made.GROUND},
            "reason",
            "ít nhất 10 ký tự",
        ),
        (
            "refuse",
            {"reason": made.REASON, "legal_ground": " "},
            "legal_ground",
            "Hãy điền nội dung này.",
        ),
    ],
)
def test_what_is_missing_is_said_beside_its_field(
    client: Client,
    cast: Cast,
    case: ConnectionRequest,
    step: str,
    facts: dict[str, str],
    field: str,
    sentence: str,
):
    response = send(client, cast.officer, f"request_{step}", case.pk, **facts)
    assert sentence in " ".join(response.context["form"].errors[field])
    assert f'id="id_{field}_error"' in response.content.decode()
    assert "Lỗi:" in response.content.decode().split("</title>")[0]
    assert state_of(case) == RequestState.CONSENTED


@pytest.mark.parametrize("step", ["ask_supplement", "refuse"])
def test_a_form_for_a_request_already_answered_says_why_not(client: Client, cast: Cast, step: str):
    case = made.request_at(RequestState.ISSUED, cast)
    for response in (
        answer(client, cast.officer, f"request_{step}", case.pk),
        send(
            client, cast.officer, f"request_{step}", case.pk, reason=made.REASON, legal_ground="x"
        ),
    ):
        page = response.content.decode()
        assert "“Đã cấp tài khoản”, không thực hiện được việc này" in page
        assert "<textarea" not in page
    assert state_of(case) == RequestState.ISSUED


@pytest.mark.parametrize("step", ["receive", "take"])
def test_a_step_out_of_turn_is_refused_in_a_sentence(client: Client, cast: Cast, step: str):
    case = made.request_at(RequestState.PROCESSING, cast)
    page = send(client, cast.officer, f"request_{step}", case.pk).content.decode()
    assert "Yêu cầu đang ở trạng thái “Đang xử lý”" in page
    assert state_of(case) == RequestState.PROCESSING


@pytest.mark.parametrize("state", ["submitted", "consented"])
def test_nobody_decides_on_the_request_of_ones_own_agency(
    client: Client, cast: Cast, insider: Person, state: str
):
    case = made.request_at(state, cast)
    sentence = "Người thuộc cơ quan yêu cầu không được xử lý yêu cầu của cơ quan mình."
    page = look(client, insider, "office_request", case.pk)
    assert sentence in page
    assert reverse("request_refuse", args=[case.pk]) not in page
    facts = {"reason": made.REASON, "legal_ground": made.GROUND}
    for step in ("receive", "take", "ask_supplement", "refuse", "issue"):
        response = send(client, insider, f"request_{step}", case.pk, **facts)
        assert sentence in response.content.decode(), step
    assert state_of(case) == state


def test_the_action_refuses_it_too(cast: Cast, case: ConnectionRequest, insider: Person):
    for act in (
        lambda: decisions.take(request=case, by=insider),
        lambda: decisions.ask_supplement(request=case, reason=made.REASON, by=insider),
    ):
        with pytest.raises(Exception, match="cơ quan mình"):
            act()


def test_an_address_of_nothing_is_not_found(client: Client, cast: Cast):
    draft = made.request_at(RequestState.DRAFT, cast)
    assert answer(client, cast.officer, "office_request", draft.pk).status_code == 404
    nothing = "00000000-0000-0000-0000-000000000000"
    assert answer(client, cast.officer, "office_request", nothing).status_code == 404


@pytest.mark.parametrize("rounds", [0, 3])
def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: Any, rounds: int
):
    case = made.request_at(RequestState.PROCESSING, cast)
    for _round in range(rounds):
        decisions.ask_supplement(request=case, reason=made.REASON, by=cast.officer)
        requests.supplement(request=case, note="Đã bổ sung đủ.", by=cast.contact)
    look(client, cast.officer, "office_request", case.pk)
    with django_assert_num_queries(QUERIES):
        look(client, cast.officer, "office_request", case.pk)


QUERIES = 23
