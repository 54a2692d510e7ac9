"""After repeated failures nobody can try on: not even with the right password."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.utils.timezone import localtime

from accounts.models import Person
from tests import factories

pytestmark = pytest.mark.django_db
WRONG = "sai-mat-khau-nay"


def _try(client: Client, email: str, password: str = WRONG) -> HttpResponse:
    return client.post("/dang-nhap/", {"login": email, "password": password})


def _locked_out(client: Client) -> Person:
    person = factories.person()
    for _ in range(settings.AXES_FAILURE_LIMIT):
        _try(client, person.email)
    return person


def test_sixth_attempt_is_told_when_to_try_again(client: Client) -> None:
    person = _locked_out(client)
    answer = _try(client, person.email)
    until = AccessAttempt.objects.get().attempt_time + timedelta(minutes=30)
    assert answer.status_code == 429
    assert (
        f"từ {localtime(until):%H:%M} ngày {localtime(until):%d/%m/%Y}" in answer.content.decode()
    )
    assert 0 < int(answer.headers["Retry-After"]) <= 1800
    assert WRONG not in answer.content.decode()


def test_right_password_is_refused_during_the_lockout(client: Client) -> None:
    person = _locked_out(client)
    answer = _try(client, person.email, factories.PASSWORD)
    assert answer.status_code == 429
    assert "_auth_user_id" not in client.session


def test_other_spelling_is_the_same_address(client: Client) -> None:
    person = _locked_out(client)
    assert _try(client, f" {person.email.upper()}", factories.PASSWORD).status_code == 429


def test_trying_on_does_not_prolong_it(client: Client) -> None:
    person = _locked_out(client)
    before = AccessAttempt.objects.get().attempt_time
    _try(client, person.email)
    assert AccessAttempt.objects.get().attempt_time == before


def test_it_ends_by_itself(client: Client) -> None:
    person = _locked_out(client)
    AccessAttempt.objects.update(
        attempt_time=AccessAttempt.objects.get().attempt_time - timedelta(minutes=31)
    )
    assert _try(client, person.email, factories.PASSWORD).status_code == 302


def test_four_failures_do_not_lock(client: Client) -> None:
    person = factories.person()
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        assert _try(client, person.email).status_code == 200
    assert _try(client, person.email, factories.PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()


def test_others_still_get_in(client: Client) -> None:
    _locked_out(client)
    assert _try(client, factories.person().email, factories.PASSWORD).status_code == 302


def test_other_callers_still_get_in(client: Client) -> None:
    person = _locked_out(client)
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert _try(elsewhere, person.email, factories.PASSWORD).status_code == 302


def test_password_is_not_kept(client: Client) -> None:
    _locked_out(client)
    attempt = AccessAttempt.objects.get()
    assert WRONG not in attempt.post_data
