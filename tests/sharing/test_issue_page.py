"""Issuing an account: the secret is shown once and stands nowhere; two officers make one decision."""

import json
import re
import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from oauth2_provider.models import Application

from accounts.models import AuditEvent, Notice, OutboxMessage
from accounts.tasks import deliver_outbox
from core import clock
from sharing.actions import decisions
from sharing.models import ConnectionAccount, ConnectionRequest, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

FACTS = {
    "daily_quota": "500",
    "per_minute": "30",
    "networks": "203.0.113.7\n198.51.100.0/24\n",
    "valid_to": "2027-06-30",
}
TODAY = "2026-11-24 10:00"


@pytest.fixture
def case(cast: Cast) -> ConnectionRequest:
    with at("2026-11-23"):
        return made.request_at(RequestState.PROCESSING, cast)


def issue(client: Client, cast: Cast, case: ConnectionRequest, **facts: str) -> Any:
    with at(TODAY):
        return send(client, cast.officer, "request_issue", case.pk, **{**FACTS, **facts})


def secret_in(response: Any) -> str:
    found = re.search(r'<code id="client-secret">([^<]+)</code>', response.content.decode())
    assert found
    return found[1]


@pytest.mark.django_db
def test_the_form_brings_what_the_request_and_the_consent_say(client: Client, cast: Cast):
    service = made.service(cast)
    with at("2026-11-23"):
        case = made.request_at(RequestState.SUBMITTED, cast, service)
        made.consent(case, cast, valid_until=date(2027, 3, 31))
    with at(TODAY):
        page = look(client, cast.officer, "request_issue", case.pk)
    assert 'value="2027-03-31"' in page
    assert "127.0.0.1</textarea>" in page
    assert "77/SGD-VP," in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "consented", "proposed"),
    [
        ("2027-02-28", None, "2027-02-28"),
        ("2027-02-28", date(2027, 3, 31), "2027-02-28"),
        ("2027-06-30", date(2027, 3, 31), "2027-03-31"),  # the owner's word is the last
        ("2026-11-01", None, "2027-11-24"),  # has passed meanwhile
        ("", None, "2027-11-24"),
    ],
)
def test_the_form_proposes_the_term_that_was_asked_for(
    client: Client, cast: Cast, asked: str, consented: date | None, proposed: str
):
    with at("2026-11-23"):
        case = made.request_at(RequestState.SUBMITTED, cast)
        case.answers = {**case.answers, "ends_on": asked}
        case.save()
        made.consent(case, cast, valid_until=consented)
    with at(TODAY):
        page = look(client, cast.officer, "request_issue", case.pk)
    assert f'name="valid_to" value="{proposed}"' in page
    said = f"{asked[8:]}/{asked[5:7]}/{asked[:4]}" if asked else "không thời hạn"
    assert f"<dt>Xin sử dụng đến</dt><dd>{said}</dd>" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "proposed"),
    [
        ("200 lượt mỗi ngày, chủ yếu trong giờ hành chính.", 200),
        ("Khoảng 12.500 lượt gọi/ngày", 12_500),
        ("about 1 500 calls a day", 1_500),
        ("10–20 lượt mỗi ngày", 10_000),  # which of them is a person's choice
        ("1,5 lần mỗi ngày", 10_000),
        ("200 lượt mỗi giờ", 10_000),
        ("mỗi ngày một lần", 10_000),
    ],
)
def test_the_form_proposes_the_calls_that_were_asked_for(
    client: Client, cast: Cast, case: ConnectionRequest, asked: str, proposed: int
):
    case.answers = {**case.answers, "frequency": asked}
    case.save()
    with at(TODAY):
        page = look(client, cast.officer, "request_issue", case.pk)
    assert f'name="daily_quota" value="{proposed}"' in page
    assert f"<dt>Tần suất xin khai thác</dt><dd>{asked}</dd>" in page


@pytest.mark.django_db
def test_an_account_with_its_limits(client: Client, cast: Cast, case: ConnectionRequest):
    page = issue(client, cast, case)
    account = ConnectionAccount.objects.get()
    assert (account.daily_quota, account.per_minute, account.valid_to) == (
        500,
        30,
        date(2027, 6, 30),
    )
    assert account.networks == ["203.0.113.7/32", "198.51.100.0/24"]
    assert account.agency == cast.requester
    assert page.headers["Cache-Control"] == "private, no-store"
    text = page.content.decode()
    assert f"Đã cấp tài khoản {account.code}" in text
    assert "Biên nhận" in text
    assert account.credentials.get().application.client_id in text
    for person in (cast.contact, cast.approver):
        assert person.notices.filter(kind="request.issue").exists()


@pytest.mark.django_db
def test_the_secret_works_and_is_shown_once(
    client: Client,
    cast: Cast,
    case: ConnectionRequest,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
):
    with django_capture_on_commit_callbacks(execute=True):
        secret = secret_in(issue(client, cast, case))
    deliver_outbox()
    account = ConnectionAccount.objects.get()
    application = Application.objects.get()
    assert application.client_secret != secret
    assert secret not in application.client_secret
    for name, parts in (
        ("office_request", (case.pk,)),
        ("request_issue", (case.pk,)),
        ("connection_account", (account.code,)),
        ("office_accounts", ()),
        ("office_requests", ()),
        ("notices", ()),
    ):
        assert secret not in look(client, cast.officer, name, *parts), name
    assert secret not in look(client, cast.contact, "connection_account", account.code)
    kept = [
        *AuditEvent.objects.values_list("before", "after", "object_label"),
        *Notice.objects.values_list("facts", "kind"),
        *OutboxMessage.objects.values_list("subject", "body"),
        *account.credentials.values_list("hint"),
    ]
    assert kept
    assert secret not in json.dumps(kept, default=str)
    assert mail.outbox
    assert not [letter for letter in mail.outbox if secret in letter.body]
    assert secret not in caplog.text


@pytest.mark.django_db
def test_sent_a_second_time_it_says_so_and_makes_nothing(
    client: Client, cast: Cast, case: ConnectionRequest
):
    issue(client, cast, case)
    again = issue(client, cast, case).content.decode()
    assert "Tài khoản của yêu cầu này đã được cấp; khoá bí mật không xem lại được." in again
    assert "client-secret" not in again
    account = ConnectionAccount.objects.get()
    assert reverse("connection_account", args=[account.code]) in again
    assert account.credentials.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"daily_quota": ""}, "daily_quota", "Hãy điền nội dung này."),
        ({"daily_quota": "0"}, "daily_quota", "Nhập số nguyên từ 1 đến 10.000.000."),
        ({"per_minute": "nhiều"}, "per_minute", "Nhập số nguyên"),
        ({"networks": "nhà tôi"}, "networks", "“nhà tôi” không phải địa chỉ IP"),
        ({"networks": "10.0.0.1\nx\ny"}, "networks", "“y” không phải địa chỉ IP"),
        ({"networks": "0.0.0.0/0"}, "networks", "“0.0.0.0/0” là mọi địa chỉ. Hãy bỏ trống"),
        ({"networks": "fe80::1"}, "networks", "“fe80::1” không phải địa chỉ mà một hệ thống gọi"),
        ({"valid_to": ""}, "valid_to", "Hãy điền nội dung này."),
        ({"valid_to": "2026-02-30"}, "valid_to", "Nhập ngày đúng dạng"),
        ({"valid_to": "2026-11-23"}, "valid_to", "Ngày hết hạn đã qua"),
    ],
)
def test_a_limit_that_cannot_be_is_refused_beside_its_field(
    client: Client,
    cast: Cast,
    case: ConnectionRequest,
    facts: dict[str, str],
    field: str,
    sentence: str,
):
    response = issue(client, cast, case, **facts)
    assert sentence in " ".join(response.context["form"].errors[field])
    assert not ConnectionAccount.objects.exists()


@pytest.mark.django_db
def test_everything_that_is_wrong_is_said_at_once(
    client: Client, cast: Cast, case: ConnectionRequest
):
    response = issue(client, cast, case, daily_quota="0", networks="nhà tôi", valid_to="")
    assert set(response.context["form"].errors) == {"daily_quota", "networks", "valid_to"}
    with at(TODAY):
        response = send(client, cast.officer, "request_refuse", case.pk, reason="ngắn")
    assert set(response.context["form"].errors) == {"reason", "legal_ground"}


@pytest.mark.django_db
def test_the_secret_is_not_printed_nor_in_a_command(
    client: Client, cast: Cast, case: ConnectionRequest
):
    """The page is kept on paper as a receipt."""
    response = issue(client, cast, case)
    secret, page = secret_in(response), response.content.decode()
    assert page.count(secret) == 1
    [printed_not] = re.findall(r'<div class="no-print">(.*?)</div>', page, re.DOTALL)
    assert secret in printed_not
    assert '"$CLIENT_ID:$CLIENT_SECRET"' in page.replace("&quot;", '"')


@pytest.mark.django_db
def test_not_beyond_the_term_of_the_consent(client: Client, cast: Cast):
    with at("2026-11-23"):
        case = made.request_at(RequestState.SUBMITTED, cast)
        made.consent(case, cast, valid_until=date(2027, 3, 31))
    response = issue(client, cast, case)
    assert response.context["form"].errors["valid_to"] == [
        "Chủ quản chỉ chấp thuận đến hết ngày 31/03/2027."
    ]


@pytest.mark.django_db
def test_on_special_request_only_with_an_agreement(client: Client, cast: Cast):
    service = made.service(cast, form=SharingService.Form.SPECIAL)
    with at("2026-11-23"):
        case = made.request_at(RequestState.PROCESSING, cast, service)
    response = issue(client, cast, case)
    assert "cần văn bản thống nhất của hai bên" in response.content.decode()
    assert not ConnectionAccount.objects.exists()


@pytest.mark.django_db
def test_before_the_consent_there_is_no_form(client: Client, cast: Cast):
    case = made.request_at(RequestState.SUBMITTED, cast)
    page = look(client, cast.officer, "request_issue", case.pk)
    assert "“Mới gửi”, chưa thể cấp tài khoản" in page
    assert "<textarea" not in page


@pytest.mark.django_db
def test_others_do_not_issue(client: Client, cast: Cast, case: ConnectionRequest):
    for person in (cast.contact, cast.approver, cast.describer):
        assert answer(client, person, "request_issue", case.pk).status_code == 403


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("second", ["issue", "refuse"])
def test_two_officers_at_once_make_one_decision(second: str):
    call_command("load_deadlines", verbosity=0)
    call_command("load_sharing", verbosity=0)
    cast = Cast()
    case = made.request_at(RequestState.PROCESSING, cast)
    other = make.person("ict_officer", cast.authority)
    start, outcomes = threading.Barrier(2), []
    limits: dict[str, Any] = {
        "daily_quota": 10,
        "per_minute": 10,
        "networks": [],
        "valid_to": clock.today() + timedelta(days=30),
    }

    def decide(what: str, by: Any) -> None:
        start.wait()
        try:
            if what == "issue":
                decisions.issue(request=case, by=by, **limits)
            else:
                decisions.refuse(request=case, reason=made.REASON, legal_ground=made.GROUND, by=by)
            outcomes.append("")
        except ValidationError as refusal:
            outcomes.append(" ".join(refusal.messages))
        finally:
            connection.close()

    desks = [
        threading.Thread(target=decide, args=("issue", cast.officer)),
        threading.Thread(target=decide, args=(second, other)),
    ]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    done, refused = sorted(outcomes)
    assert done == ""
    assert "Yêu cầu đang ở trạng thái" in refused
    steps = case.events.filter(step__in=["issue", "refuse"])
    assert steps.count() == 1
    assert ConnectionAccount.objects.count() == steps.filter(step="issue").count()
