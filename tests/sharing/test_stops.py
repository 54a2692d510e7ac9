"""Planned stops: announced seven working days before, begun and ended by the clock, called off in time."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import AuditEvent
from accounts.permissions import Refused
from sharing.actions import accounts, stops
from sharing.models import ConnectionAccount, PlannedStop
from sharing.states import AccountState
from sharing.tasks import watch_terms
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
REASON = "Nâng cấp máy chủ của trung tâm dữ liệu."
# Announced on Tuesday 1 December 2026: the 7th working day after it is Thursday the 10th.
TODAY, EARLIEST, BACK = "2026-12-01", date(2026, 12, 10), date(2026, 12, 12)


@pytest.fixture
def account(cast: Cast) -> ConnectionAccount:
    with at("2026-11-23"):
        return made.issued(cast).account


def announced(account: ConnectionAccount, cast: Cast, **facts: Any) -> PlannedStop:
    days: dict[str, Any] = {"begins_on": EARLIEST, "expected_back": BACK, "reason": REASON}
    with at(TODAY):
        return stops.announce(**{"service": account.service, "by": cast.officer, **days, **facts})


def state_of(account: ConnectionAccount) -> str:
    return ConnectionAccount.objects.get(pk=account.pk).state


def watch(day: str) -> None:
    with at(day):
        watch_terms()
        watch_terms()  # twice changes nothing


def test_both_sides_are_told(cast: Cast, account: ConnectionAccount):
    announced(account, cast)
    for person in (cast.contact, cast.approver):
        notice = person.notices.get(kind="stop.announced")
        assert notice.facts["begins"] == "2026-12-10"
    event = AuditEvent.objects.get(action="stop.announced")
    assert event.after["begins_on"] == "2026-12-10"


def test_too_short_a_notice_is_refused_with_the_earliest_day(
    cast: Cast, account: ConnectionAccount
):
    with pytest.raises(ValidationError, match="sớm nhất là ngày 10/12/2026"):
        announced(account, cast, begins_on=date(2026, 12, 9))
    assert not PlannedStop.objects.exists()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"expected_back": EARLIEST}, "phải sau ngày bắt đầu dừng"),
        ({"reason": "bảo trì"}, "ít nhất 10 ký tự"),
    ],
)
def test_what_cannot_be_announced(
    cast: Cast, account: ConnectionAccount, facts: dict[str, Any], sentence: str
):
    with pytest.raises(ValidationError, match=sentence):
        announced(account, cast, **facts)


def test_not_two_at_once(cast: Cast, account: ConnectionAccount):
    announced(account, cast)
    with pytest.raises(ValidationError, match="đã có một đợt tạm dừng"):
        announced(account, cast, begins_on=date(2026, 12, 11), expected_back=date(2026, 12, 14))
    announced(account, cast, begins_on=BACK, expected_back=date(2026, 12, 14))


def test_who_may_announce(cast: Cast, account: ConnectionAccount):
    announced(account, cast, by=cast.approver)
    for stranger in (cast.contact, make.person("approver", make.agency("Sở Khác"))):
        with pytest.raises(Refused):
            announced(account, cast, by=stranger)


def test_begins_and_ends_by_the_clock(cast: Cast, account: ConnectionAccount):
    stop = announced(account, cast)
    watch("2026-12-09")
    assert state_of(account) == AccountState.ACTIVE
    watch("2026-12-10")
    now = ConnectionAccount.objects.get(pk=account.pk)
    assert (now.state, now.suspension_reason, now.expected_back) == (
        "suspended",
        "maintenance",
        BACK,
    )
    watch("2026-12-11")
    assert state_of(account) == AccountState.SUSPENDED
    watch("2026-12-12")
    assert state_of(account) == AccountState.ACTIVE
    stop.refresh_from_db()
    assert stop.began_at
    assert stop.ended_at
    for action in ("account.suspend", "account.resume"):
        event = AuditEvent.objects.get(action=action)
        assert event.actor_name == ""
    for kind in ("account.suspend", "account.resume"):
        assert cast.contact.notices.filter(kind=kind).count() == 1


def test_what_was_suspended_for_another_reason_stays_so(cast: Cast, account: ConnectionAccount):
    announced(account, cast)
    with at("2026-12-05"):
        accounts.suspend(account=account, reason="security", note=REASON, by=cast.officer)
    watch("2026-12-10")
    watch("2026-12-12")
    assert state_of(account) == AccountState.SUSPENDED


def test_a_stop_slept_through_stops_nobody(cast: Cast, account: ConnectionAccount):
    stop = announced(account, cast)
    watch("2026-12-20")
    stop.refresh_from_db()
    assert state_of(account) == AccountState.ACTIVE
    assert stop.ended_at
    assert not AuditEvent.objects.filter(action="account.suspend").exists()


def test_called_off_before_it_begins(cast: Cast, account: ConnectionAccount):
    stop = announced(account, cast)
    with at("2026-12-03"):
        stops.call_off(stop=stop, by=cast.officer)
    watch("2026-12-10")
    assert state_of(account) == AccountState.ACTIVE
    assert cast.contact.notices.filter(kind="stop.called_off").exists()
    with pytest.raises(ValidationError, match="đã bắt đầu hoặc đã huỷ"):
        stops.call_off(stop=stop, by=cast.officer)


def test_not_called_off_once_begun(cast: Cast, account: ConnectionAccount):
    stop = announced(account, cast)
    watch("2026-12-10")
    with pytest.raises(ValidationError, match="đã bắt đầu hoặc đã huỷ"):
        stops.call_off(stop=stop, by=cast.officer)


def test_the_pages(client: Client, cast: Cast, account: ConnectionAccount):
    facts = {
        "service": account.service.pk,
        "begins_on": "2026-12-09",
        "expected_back": "2026-12-12",
        "reason": REASON,
    }
    with at(TODAY):
        page = look(client, cast.officer, "stop_announce")
        assert '<time datetime="2026-12-10">' in page
        response = send(client, cast.officer, "stop_announce", **facts)
        errors = response.context["form"].errors
        assert "sớm nhất là ngày 10/12/2026" in " ".join(errors["begins_on"])
        response = send(client, cast.officer, "stop_announce", **{**facts, "begins_on": EARLIEST})
        page = response.content.decode()
        assert "Đã thông báo; các cơ quan sử dụng đã được báo." in page
        assert REASON in page
        page = send(client, cast.officer, "stop_call_off", PlannedStop.objects.get().pk)
    assert "Đã huỷ đợt tạm dừng" in page.content.decode()
    assert "(đã huỷ)" in page.content.decode()


def test_others_have_no_such_page(client: Client, cast: Cast):
    for name in ("office_stops", "stop_announce"):
        assert answer(client, cast.approver, name).status_code == 403
