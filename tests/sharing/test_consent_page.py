"""The owner's answer: the list of what waits, yes with a narrower scope, no, something is missing."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from catalog.models import Dataset
from sharing.actions import decisions, requests
from sharing.models import ConnectionRequest, Consent, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db

TODAY = "2026-11-24 10:00"
YES = {
    "dong-y-document_number": "77/SGD-VP",
    "dong-y-document_date": "2026-11-24",
    "dong-y-received_on": "2026-11-24",
}
NO = {
    "tu-choi-reason": made.REASON,
    "tu-choi-legal_ground": made.GROUND,
    "tu-choi-document_number": "78/SGD-VP",
    "tu-choi-document_date": "2026-11-24",
}


@pytest.fixture
def asked(cast: Cast) -> ConnectionRequest:
    with at("2026-11-23"):
        return made.request_at(RequestState.SUBMITTED, cast)


def decide(
    client: Client, cast: Cast, request: ConnectionRequest, decision: str, **facts: Any
) -> str:
    with at(TODAY):
        return markup(
            send(client, cast.approver, "consent", request.pk, decision=decision, **facts)
        )


def state_of(request: ConnectionRequest) -> str:
    return ConnectionRequest.objects.get(pk=request.pk).state


def table_of(request: ConnectionRequest) -> Any:
    return request.service.tables.select_related("resource").get().resource


def beside(page: str, field: str) -> str:
    """What is said beside that field."""
    start = page.index(f'id="id_{field}_error"')
    return page[start : start + 400]


def test_what_waits_stands_oldest_first(client: Client, cast: Cast):
    service = made.service(cast)
    with at("2026-11-20"):
        older = made.request_at(RequestState.WAITING_CONSENT, cast, service)
    with at("2026-11-23"):
        newer = made.request_at(RequestState.SUBMITTED, cast, service)
        answered = made.request_at(RequestState.CONSENTED, cast, service)
        draft = made.request_at(RequestState.DRAFT, cast, service)
    page = look(client, cast.approver, "consents")
    assert page.index(older.number) < page.index(newer.number)
    assert answered.number not in page
    assert str(draft.pk) not in page
    assert "Yêu cầu cần ý kiến (2)" in page  # in the navigation


def test_requests_for_other_agencies_data_do_not_wait_here(
    client: Client, cast: Cast, asked: ConnectionRequest
):
    elsewhere = make.person("approver", make.agency("Sở Khác"))
    page = look(client, elsewhere, "consents")
    assert asked.number not in page
    assert "Không có yêu cầu nào chờ ý kiến." in page
    assert answer(client, elsewhere, "consent", asked.pk).status_code == 404
    asker = make.person("approver", cast.requester)
    assert answer(client, asker, "consent", asked.pk).status_code == 404
    assert answer(client, cast.describer, "consent", asked.pk).status_code == 403


def test_the_page_says_what_is_asked(client: Client, cast: Cast, asked: ConnectionRequest):
    with at(TODAY):
        page = look(client, cast.approver, "consent", asked.pk)
    assert "Đối chiếu khi giải quyết thủ tục hành chính." in page
    assert 'name="dong-y-received_on" value="2026-11-24"' in page


def test_consent_to_everything_the_service_gives(
    client: Client, cast: Cast, asked: ConnectionRequest
):
    page = decide(client, cast, asked, "give", **YES)
    assert "Đã ghi nhận chấp thuận" in page
    consent = Consent.objects.get()
    names = [column["name"] for column in table_of(asked).columns]
    assert consent.given
    assert names
    assert consent.scope == {str(table_of(asked).pk): {"columns": names, "rows": []}}
    assert consent.document_number == "77/SGD-VP"
    assert consent.valid_until is None
    assert state_of(asked) == RequestState.CONSENTED


def test_consent_to_some_columns_and_rows_for_a_time(
    client: Client, cast: Cast, asked: ConnectionRequest
):
    table = table_of(asked)
    stem = table.pk.hex
    decide(
        client,
        cast,
        asked,
        "give",
        **YES,
        **{
            "dong-y-valid_until": "2027-12-31",
            f"dong-y-cot-{stem}": ["ma_xa", "so_truong"],
            f"dong-y-dong-{stem}-0-cot": "so_truong",
            f"dong-y-dong-{stem}-0-phep": "ge",
            f"dong-y-dong-{stem}-0-gia-tri": "2",
            f"dong-y-dong-{stem}-1-cot": "ma_xa",
            f"dong-y-dong-{stem}-1-phep": "in",
            f"dong-y-dong-{stem}-1-gia-tri": "001; 002",
        },
    )
    consent = Consent.objects.get()
    assert consent.valid_until == date(2027, 12, 31)
    assert consent.scope == {
        str(table.pk): {
            "columns": ["ma_xa", "so_truong"],
            "rows": [["so_truong", "ge", "2"], ["ma_xa", "in", ["001", "002"]]],
        }
    }
    for name in ("office_request", "request_issue"):
        page = look(client, cast.officer, name, asked.pk)
        assert "Số trường từ 2 trở lên; Mã xã là một trong: 001; 002" in page, name


def test_the_desk_says_that_a_request_waits(client: Client, cast: Cast, asked: ConnectionRequest):
    with at(TODAY):
        assert "1 yêu cầu chờ ý kiến của cơ quan bạn" in look(client, cast.approver, "work")
        assert "1 yêu cầu mới gửi chờ tiếp nhận" in look(client, cast.officer, "work")
        decisions.ask_supplement(request=asked, reason=made.REASON, by=cast.officer)
        assert "cần bổ sung" in look(client, cast.contact, "work")


@pytest.mark.parametrize(
    ("column", "operator", "value", "field", "sentence"),
    [
        ("so_truong", "ge", "nhiều", "gia-tri", "Giá trị không so sánh được"),
        ("so_truong", "starts", "1", "gia-tri", "Giá trị không so sánh được"),
        ("ma_xa", "starts", "–", "gia-tri", "Giá trị không so sánh được"),
        ("ma_xa", "in", ";", "gia-tri", "Giá trị không so sánh được"),
        ("ma_xa", "eq", "", "gia-tri", "Hãy ghi giá trị, hoặc bỏ chọn cột."),
        ("", "eq", "001", "cot", "Hãy chọn cột của điều kiện này."),
        ("khong_co", "eq", "001", "cot", "khong_co"),
        ("ma_xa", "gan-bang", "001", "phep", "gan-bang"),
    ],
)
def test_a_condition_that_cannot_hold_is_refused_beside_its_field(
    client: Client,
    cast: Cast,
    asked: ConnectionRequest,
    column: str,
    operator: str,
    value: str,
    field: str,
    sentence: str,
):
    stem = f"dong-y-dong-{table_of(asked).pk.hex}-0"
    facts = {f"{stem}-cot": column, f"{stem}-phep": operator, f"{stem}-gia-tri": value}
    page = decide(client, cast, asked, "give", **YES, **facts)
    assert sentence in beside(page, f"{stem}-{field}")
    assert state_of(asked) == RequestState.SUBMITTED


def test_a_column_the_service_does_not_give_is_refused(client: Client, cast: Cast):
    service = made.service(cast)
    table = service.tables.get()
    table.columns = ["ma_xa"]
    table.save()
    request = made.request_at(RequestState.SUBMITTED, cast, service)
    field = f"dong-y-cot-{table.resource_id.hex}"
    assert 'value="so_truong"' not in page_part(client, cast, request, field)
    page = decide(client, cast, request, "give", **YES, **{field: ["so_truong"]})
    assert "so_truong" in beside(page, field)
    assert state_of(request) == RequestState.SUBMITTED


def page_part(client: Client, cast: Cast, request: ConnectionRequest, field: str) -> str:
    """The page from the first to the last input of that name."""
    page = look(client, cast.approver, "consent", request.pk)
    name = f'name="{field}"'
    return page[page.index(name) : page.rindex(name) + 200]


def test_of_several_tables_some_may_be_left_out(client: Client, cast: Cast):
    service = with_two_tables(cast)
    request = made.request_at(RequestState.SUBMITTED, cast, service)
    first, second = service.tables.all()
    page = decide(client, cast, request, "give", **YES)
    assert "Hãy chọn ít nhất một bảng" in page
    assert state_of(request) == RequestState.SUBMITTED
    decide(client, cast, request, "give", **YES, **{f"dong-y-bang-{first.resource_id.hex}": "on"})
    assert list(Consent.objects.get().scope) == [str(first.resource_id)]
    assert second.resource_id != first.resource_id


def with_two_tables(cast: Cast) -> SharingService:
    service = made.service(cast)
    dataset = make.dataset(at=cast.owner, access=Dataset.Access.SHARED)
    table = dataset.resources.get()
    make.published(of=table)
    service.tables.create(resource=table, columns=[])
    return service


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("document_number", "", "Hãy điền nội dung này."),
        ("document_number", "bảy bảy", "Hãy ghi như 845/UBND-VX."),
        ("document_date", "2026-11-25", "Ngày này chưa đến."),
        ("received_on", "2026-11-25", "Ngày này chưa đến."),
        ("received_on", "2026-11-23", "Ngày văn bản đến không thể trước ngày văn bản."),
        ("valid_until", "2026-11-23", "Ngày này đã qua."),
        ("valid_until", "mãi mãi", "Nhập ngày đúng dạng"),
    ],
)
def test_a_wrong_consent_is_refused_beside_its_field(
    client: Client, cast: Cast, asked: ConnectionRequest, field: str, value: str, sentence: str
):
    page = decide(client, cast, asked, "give", **{**YES, f"dong-y-{field}": value})
    assert sentence in beside(page, f"dong-y-{field}")
    assert state_of(asked) == RequestState.SUBMITTED


def test_saying_no_with_reason_and_ground(client: Client, cast: Cast, asked: ConnectionRequest):
    page = decide(client, cast, asked, "refuse", **NO)
    assert "Đã ghi nhận không chấp thuận" in page
    consent = Consent.objects.get()
    assert not consent.given
    assert consent.legal_ground == made.GROUND
    assert state_of(asked) == RequestState.OWNER_REFUSED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("reason", ""),
        ("reason", "Không"),
        ("legal_ground", ""),
        ("document_number", "số 8"),
        ("document_date", ""),
    ],
)
def test_no_without_what_the_law_asks_for_is_refused(
    client: Client, cast: Cast, asked: ConnectionRequest, field: str, value: str
):
    page = decide(client, cast, asked, "refuse", **{**NO, f"tu-choi-{field}": value})
    assert beside(page, f"tu-choi-{field}")
    assert state_of(asked) == RequestState.SUBMITTED
    assert not Consent.objects.exists()


def test_asking_for_more(client: Client, cast: Cast, asked: ConnectionRequest):
    page = decide(client, cast, asked, "supplement", **{"bo-sung-reason": "Thiếu"})
    assert beside(page, "bo-sung-reason")
    decide(client, cast, asked, "supplement", **{"bo-sung-reason": made.REASON})
    assert state_of(asked) == RequestState.NEEDS_SUPPLEMENT


def test_what_does_not_wait_is_not_answered(client: Client, cast: Cast, asked: ConnectionRequest):
    requests.withdraw(request=asked, by=cast.contact)
    page = look(client, cast.approver, "consent", asked.pk)
    assert "không chờ ý kiến" in page
    assert "<form" not in page[page.index("<main") : page.index("</main>")]
    decide(client, cast, asked, "give", **YES)
    assert state_of(asked) == RequestState.WITHDRAWN
    assert not Consent.objects.exists()


def test_an_unknown_button_decides_nothing(client: Client, cast: Cast, asked: ConnectionRequest):
    decide(client, cast, asked, "", **YES)
    assert state_of(asked) == RequestState.SUBMITTED


def test_a_draft_has_no_consent_page(client: Client, cast: Cast):
    draft = made.request_at(RequestState.DRAFT, cast)
    assert answer(client, cast.approver, "consent", draft.pk).status_code == 404


def test_the_number_of_waiting_requests_is_asked_for_approvers_only(
    client: Client, cast: Cast, asked: ConnectionRequest
):
    assert reverse("consents") not in look(client, cast.contact, "connections")


def test_more_requests_cost_no_more_queries(
    client: Client, cast: Cast, django_assert_num_queries: Any
):
    service = made.service(cast)
    for _ in range(3):
        made.request_at(RequestState.SUBMITTED, cast, service)
    client.force_login(cast.approver)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("consents"))


QUERIES = 17
