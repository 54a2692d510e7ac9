"""The 5-working-day clock: from the later of two documents, stopped by a supplement, ended by an answer."""

from datetime import date

import pytest

from accounts.notices import body_of
from deadlines.actions.sweep import sweep
from deadlines.models import Duty
from sharing.actions import decisions, requests
from sharing.models import ConnectionRequest, SharingService
from sharing.states import RequestState
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db


def sent(cast: Cast, on: str = "2026-11-20") -> ConnectionRequest:
    with at(on):
        return made.request_at(RequestState.SUBMITTED, cast)


def again(request: ConnectionRequest) -> ConnectionRequest:
    return ConnectionRequest.objects.select_related("duty").get(pk=request.pk)


def test_no_clock_before_the_consent(cast: Cast):
    request = sent(cast)
    assert request.duty is None
    assert not Duty.objects.filter(kind="connection_account").exists()


def test_counts_from_the_later_document(cast: Cast):
    request = sent(cast)
    with at("2026-11-23"):
        made.consent(request, cast)
    duty = again(request).duty
    assert (duty.start, duty.due, duty.agency) == (
        date(2026, 11, 23),
        date(2026, 12, 1),
        cast.authority,
    )


def test_a_consent_received_before_the_request_counts_from_the_request(cast: Cast):
    request = sent(cast)
    with at("2026-11-23"):
        made.consent(
            request, cast, received_on=date(2026, 11, 18), document_date=date(2026, 11, 17)
        )
    assert again(request).duty.start == date(2026, 11, 20)


def test_a_supplement_stops_the_clock_and_the_days_used_stay_used(cast: Cast):
    request = sent(cast)
    with at("2026-11-23"):
        made.consent(request, cast)
    with at("2026-11-26"):  # the 24th is a holiday since 2026: two working days are used
        decisions.ask_supplement(request=request, reason=made.REASON, by=cast.officer)
    paused = again(request)
    assert (paused.state, paused.duty.state) == ("supplement", "paused")
    with at("2026-12-05"):
        sweep()
    assert again(request).duty.state == "paused"
    with at("2026-12-07"):
        requests.supplement(request=request, note="Đã bổ sung danh sách trường.", by=cast.contact)
    resumed = again(request)
    assert (resumed.state, resumed.duty.state, resumed.duty.due) == (
        "processing",
        "open",
        date(2026, 12, 10),
    )


def test_late_is_late_also_when_nobody_looks(cast: Cast):
    request = sent(cast)
    with at("2026-11-23"):
        made.consent(request, cast)
    with at("2026-12-02"):
        sweep()
    assert again(request).duty.state == "overdue"
    told = cast.officer.notices.filter(kind="duty.digest").latest("pk")
    assert "đã quá hạn 1 ngày làm việc (hạn 01/12/2026)" in body_of(told)


def test_issuing_and_refusing_end_it(cast: Cast):
    service = made.service(cast)
    with at("2026-11-23"):
        first = made.request_at(RequestState.ISSUED, cast, service)
        second = made.request_at(RequestState.REFUSED, Cast(owner=cast.owner), service)
    for request in (first, second):
        duty = again(request).duty
        assert (duty.state, duty.fulfilled_on, duty.how) == (
            "fulfilled",
            date(2026, 11, 23),
            "done",
        )


def test_withdrawing_drops_it(cast: Cast):
    request = made.request_at(RequestState.PROCESSING, cast)
    requests.withdraw(request=request, by=cast.contact)
    assert again(request).duty.state == "void"


def test_sharing_on_special_request_has_no_legal_limit(cast: Cast):
    service = made.service(cast, form=SharingService.Form.SPECIAL)
    request = made.request_at(RequestState.CONSENTED, cast, service)
    assert request.duty is None
