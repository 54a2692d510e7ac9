"""Guessing at one account is slowed down wherever it comes from; the owner gets in all the same."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
)
from django.core.cache import cache
from django.test import Client

from accounts.actions import trials
from accounts.actions.failed_proofs import record_failures
from accounts.models import AuditEvent, FailedProof, Notice, OutboxMessage, Person, TrialCount
from core import clock
from tests import factories
from tests.accounts.test_second_factor import ASKED

pytestmark = pytest.mark.django_db
WRONG = "sai-mat-khau-nay"
SIGN_IN = "/dang-nhap/"


@pytest.fixture(autouse=True)
def _nobody_has_tried() -> None:
    """The sign-in library counts by address in the cache."""
    cache.clear()


@pytest.fixture
def now() -> Iterator[datetime]:
    """Time stands still, so that no wait ends by itself."""
    with clock.set_to(clock.now()) as moment:
        yield moment or clock.now()


def attempt(client: Client, person: Person, password: str = WRONG) -> Any:
    return client.post(SIGN_IN, {"login": person.email, "password": password})


def strangers() -> Iterator[Client]:
    """Each in a network of its own."""
    for number in range(1, 250):
        yield Client(REMOTE_ADDR=f"203.0.113.{number}")


def guess(person: Person, times: int) -> None:
    for _, client in zip(range(times), strangers(), strict=False):
        attempt(client, person)


def with_second_factor() -> tuple[Person, str]:
    person, secret = factories.person(), generate_totp_secret()
    TOTP.activate(person, secret)
    return person, secret


def code_for(secret: str) -> str:
    import time

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_right_password_waits_after_wrong_ones_from_many_addresses(now: datetime) -> None:
    person = factories.person()
    guess(person, trials.FREE)
    answer = attempt(Client(REMOTE_ADDR="198.51.100.7"), person, factories.PASSWORD)
    assert "vừa bị nhập sai mật khẩu nhiều lần" in answer.content.decode()
    assert "Quên mật khẩu" in answer.content.decode()
    assert factories.PASSWORD not in answer.content.decode()
    with clock.set_to(clock.now() + timedelta(seconds=2)):
        assert attempt(Client(), person, factories.PASSWORD).status_code == 302


def test_the_right_code_waits_after_wrong_ones_from_many_addresses(now: datetime) -> None:
    person, secret = with_second_factor()
    for _, client in zip(range(trials.FREE), strangers(), strict=False):
        assert attempt(client, person, factories.PASSWORD).url == ASKED
        client.post(ASKED, {"code": "000000"})
    client = Client(REMOTE_ADDR="198.51.100.7")
    attempt(client, person, factories.PASSWORD)
    answer = client.post(ASKED, {"code": code_for(secret)})
    assert "vừa bị nhập sai mã nhiều lần" in answer.content.decode()
    with clock.set_to(clock.now() + timedelta(seconds=2)):
        assert client.post(ASKED, {"code": code_for(secret)}).status_code == 302


def test_each_wait_is_longer_and_none_is_for_good(now: datetime) -> None:
    person = factories.person()
    moment, waits = clock.now(), []
    for client in strangers():
        if len(waits) == 14:
            break
        with clock.set_to(moment):
            attempt(client, person)
            waits.append(TrialCount.objects.get().blocked_until - moment)
            moment = TrialCount.objects.get().blocked_until
    seconds = [int(one.total_seconds()) for one in waits]
    assert seconds == [0] * (trials.FREE - 1) + [1, 2, 4, 8, 16]
    assert max(trials.wait_after(n) for n in range(1000)) == trials.LONGEST_WAIT
    with clock.set_to(moment + trials.FORGOTTEN_AFTER):
        attempt(Client(REMOTE_ADDR="198.51.100.7"), person)
        assert TrialCount.objects.get().failures == 1


def test_trying_on_during_the_wait_prolongs_nothing(now: datetime) -> None:
    person = factories.person()
    guess(person, trials.FREE)
    before = TrialCount.objects.values().get()
    guess(person, 5)
    assert TrialCount.objects.values().get() == before


def test_the_owner_gets_in_where_they_have_signed_in_before(now: datetime) -> None:
    person, own = factories.person(), Client()
    attempt(own, person, factories.PASSWORD)
    own.post("/dang-xuat/")
    guess(person, trials.FREE + 3)
    assert attempt(own, person, factories.PASSWORD).status_code == 302


def test_a_colleague_behind_the_same_address_locks_nobody_out(now: datetime) -> None:
    person, own = factories.person(), Client()
    attempt(own, person, factories.PASSWORD)
    own.post("/dang-xuat/")
    for _ in range(6):
        answer = attempt(Client(), person)
    assert answer.status_code == 429
    assert attempt(own, person, factories.PASSWORD).status_code == 302


def test_a_known_browser_is_slowed_down_by_itself(now: datetime) -> None:
    person, own = factories.person(), Client()
    attempt(own, person, factories.PASSWORD)
    own.post("/dang-xuat/")
    for _ in range(trials.FREE):
        attempt(own, person)
    assert attempt(own, person, factories.PASSWORD).status_code == 200
    assert attempt(Client(), person, factories.PASSWORD).status_code == 302


def test_the_browser_of_another_person_is_a_stranger_s(now: datetime) -> None:
    person, other, theirs = factories.person(), factories.person(), Client()
    attempt(theirs, other, factories.PASSWORD)
    theirs.post("/dang-xuat/")
    guess(person, trials.FREE)
    assert attempt(theirs, person, factories.PASSWORD).status_code == 200
    theirs.cookies["device"] = theirs.cookies["device"].value[:-2]
    assert attempt(theirs, other, factories.PASSWORD).status_code == 302


def test_the_link_of_a_forgotten_password_lets_the_owner_through(now: datetime) -> None:
    person, own = factories.person(), Client()
    guess(person, trials.FREE + 3)
    own.post("/tai-khoan/mat-khau/quen/", {"email": person.email})
    letter = OutboxMessage.objects.get(to=person.email, subject__contains="mật khẩu")
    link = re.search(r"http\S+/quen/\S+/", letter.body)[0]  # type: ignore[index]
    page = own.get("/" + link.split("/", 3)[3], follow=True)
    new = "mot-mat-khau-khac-26"
    own.post(page.redirect_chain[-1][0], {"password1": new, "password2": new})
    guess(person, trials.FREE + 3)
    assert attempt(own, person, new).status_code == 302


@pytest.mark.parametrize("page", ["/tai-khoan/xac-nhan-lai/", "/tai-khoan/mat-khau/doi/"])
def test_a_session_somebody_else_sits_at_is_slowed_down(now: datetime, page: str) -> None:
    person, client = factories.person(), Client()
    client.force_login(person)
    sent = {"password1": "x", "password2": "x"}
    for _ in range(trials.FREE):
        cache.clear()  # a minute later: the sign-in library allows some each minute
        client.post(page, {"password": WRONG, "oldpassword": WRONG, **sent})
    cache.clear()
    right = {"password": factories.PASSWORD, "oldpassword": factories.PASSWORD, **sent}
    answer = client.post(page, right)
    assert "vừa bị nhập sai mật khẩu nhiều lần" in answer.content.decode()
    assert attempt(Client(), person, factories.PASSWORD).status_code == 302


def test_one_ipv6_customer_is_one_caller(now: datetime) -> None:
    person = factories.person()
    answers = [
        attempt(Client(REMOTE_ADDR=f"2001:db8:1:2::{number:x}"), person).status_code
        for number in range(1, 7)
    ]
    assert answers == [200, 200, 200, 200, 429, 429]
    assert attempt(Client(REMOTE_ADDR="2001:db8:1:3::1"), person).status_code == 200


def test_an_address_nobody_has_is_treated_alike(now: datetime) -> None:
    for _, client in zip(range(trials.FREE), strangers(), strict=False):
        client.post(SIGN_IN, {"login": "khong-co@thu.example", "password": WRONG})
    answer = Client(REMOTE_ADDR="198.51.100.7").post(
        SIGN_IN, {"login": "khong-co@thu.example", "password": WRONG}
    )
    assert "vừa bị nhập sai mật khẩu nhiều lần" in answer.content.decode()


def test_failures_are_in_the_trail_one_row_for_an_account_and_minute(now: datetime) -> None:
    person, _secret = with_second_factor()
    guess(person, 4)
    client = Client()
    attempt(client, person, factories.PASSWORD)
    for code in ("000000", "00000000"):
        assert "Mã không đúng" in client.post(ASKED, {"code": code}).content.decode()
    for number in range(3):
        Client().post(SIGN_IN, {"login": f"khong-co-{number}@thu.example", "password": WRONG})
    assert record_failures() == 0  # the minute is not over
    with clock.set_to(clock.now() + timedelta(minutes=4)):
        assert record_failures() == 4
        assert record_failures() == 0
    events = AuditEvent.objects.filter(action="proof.failed")
    told = {
        (one.object_id, one.after["proof"]): one for one in events if one.object_type == "person"
    }
    mine = str(person.pk)
    assert {proof: one.after["failures"] for (_pk, proof), one in told.items()} == {
        "password": 4,
        "code": 1,
        "recovery_code": 1,
    }
    assert told[mine, "password"].after["addresses"] == [f"203.0.113.{n}" for n in range(1, 5)]
    [unknown] = events.filter(object_type="failedproof")
    assert unknown.after["failures"] == 3
    assert "khong-co" not in str(unknown.after) + unknown.object_label
    assert not FailedProof.objects.exists()


def test_the_owner_is_told_once(now: datetime) -> None:
    person = factories.person()
    guess(person, trials.FREE + 5)
    [notice] = Notice.objects.filter(person=person)
    assert notice.kind == "person.many_failures"


def test_a_success_begins_anew(now: datetime) -> None:
    person = factories.person()
    for _ in range(2):
        guess(person, trials.FREE - 1)
        assert attempt(Client(REMOTE_ADDR="198.51.100.7"), person, factories.PASSWORD).url
    assert not TrialCount.objects.exists()
