"""Gia hạn, miễn: by the data authority's leader, for a reason and on a document."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.permissions import Forbidden
from deadlines.actions import duties
from deadlines.actions.sweep import sweep
from deadlines.models import Correction, Standing
from deadlines.states import DutyState
from tests.deadlines.desk import PERIOD, REASON, Desk, asks_more_time
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db
GOOD = {"until": "2026-10-30", "reason": REASON, "document": "125/SKHCN-CNS"}


def test_more_time(client: Client, desk: Desk):
    client.force_login(desk.leader)
    duty = desk.duty()
    with at("2026-10-20"):
        sweep()
        response = client.post(reverse("duty_extend", args=[duty.pk]), GOOD, follow=True)
    duty.refresh_from_db()
    assert (duty.state, duty.due, duty.counted_due) == (
        DutyState.OPEN,
        date(2026, 10, 30),
        date(2026, 10, 16),
    )
    assert "Đã gia hạn “Chợ” đến hết ngày 30/10/2026." in markup(response)
    assert response.redirect_chain[0][0] == reverse(
        "office_agency", args=[PERIOD, desk.silent.slug]
    )
    event = AuditEvent.objects.get(action="duty.extend")
    assert event.before["due"] == "2026-10-16"
    assert event.after["document"] == "125/SKHCN-CNS"


def test_lifted_for_good(client: Client, desk: Desk):
    client.force_login(desk.leader)
    duty = desk.duty()
    with at("2026-10-10"):
        response = client.post(
            reverse("duty_waive", args=[duty.pk]),
            {"reason": REASON, "document": "9/QĐ"},
            follow=True,
        )
    duty.refresh_from_db()
    assert duty.state == DutyState.WAIVED
    assert "Đã miễn “Chợ”." in markup(response)
    assert AuditEvent.objects.get(action="duty.waive").after["reason"] == REASON


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": "2026-10-16"}, "phải sau hạn hiện tại (16/10/2026)"),
        ({"until": ""}, "Hãy điền nội dung này."),
        ({"until": "mai"}, "Nhập ngày đúng dạng"),
        ({"reason": "Ngắn"}, "ít nhất 10 ký tự"),
        ({"document": "   "}, "Hãy điền nội dung này."),
    ],
)
def test_each_mistake_stands_beside_its_field(
    client: Client, desk: Desk, wrong: dict[str, str], sentence: str
):
    client.force_login(desk.leader)
    duty = desk.duty()
    with at("2026-10-10"):
        response = client.post(reverse("duty_extend", args=[duty.pk]), {**GOOD, **wrong})
    (field,) = wrong
    assert sentence in " ".join(response.context["form"].errors[field])
    assert "<title>Lỗi:" in markup(response)
    duty.refresh_from_db()
    assert duty.extended_to is None


def test_a_day_that_has_passed(client: Client, desk: Desk):
    client.force_login(desk.leader)
    with at("2026-11-05"):
        response = client.post(reverse("duty_extend", args=[desk.duty().pk]), GOOD)
    assert "Ngày gia hạn đã qua" in markup(response)


def test_the_action_asks_for_reason_and_document_itself(desk: Desk):
    duty = desk.duty()
    with at("2026-10-10"):
        with pytest.raises(ValidationError, match="lý do"):
            duties.waive(duty=duty, reason="", document="1/QĐ", by=desk.leader)
        with pytest.raises(ValidationError, match="văn bản"):
            duties.extend(
                duty=duty, until=date(2026, 10, 30), reason=REASON, document=" ", by=desk.leader
            )


def test_an_officer_may_not(client: Client, desk: Desk):
    client.force_login(desk.officer)
    duty = desk.duty()
    for name in ("duty_extend", "duty_waive"):
        assert client.get(reverse(name, args=[duty.pk])).status_code == 403
    with at("2026-10-10"), pytest.raises(Forbidden):
        duties.waive(duty=duty, reason=REASON, document="1/QĐ", by=desk.officer)


def test_what_is_done_offers_no_form(client: Client, desk: Desk):
    client.force_login(desk.leader)
    done = desk.round.duties.get(agency=desk.complete)
    for name in ("duty_extend", "duty_waive"):
        page = client.get(reverse(name, args=[done.pk])).content.decode()
        assert "Đã thực hiện" in page
        assert "<textarea" not in page
    with at("2026-10-10"):
        client.post(reverse("duty_waive", args=[done.pk]), {"reason": REASON, "document": "1/QĐ"})
    done.refresh_from_db()
    assert done.state == DutyState.FULFILLED


def test_a_petition_that_waits_is_named(client: Client, desk: Desk):
    client.force_login(desk.leader)
    petition = asks_more_time(desk.duty())
    with at("2026-10-10"):
        page = markup(client.get(reverse("duty_extend", args=[desk.duty().pk])))
    assert reverse("petition", args=[petition.pk]) in page


def test_after_closing_the_result_stays_and_the_log_tells(client: Client, desk: Desk):
    client.force_login(desk.leader)
    with at("2026-11-16"):
        sweep()
        address = reverse("duty_waive", args=[desk.duty().pk])
        assert "đã chốt ngày" in markup(client.get(address))
        client.post(address, {"reason": REASON, "document": "9/QĐ"})
    assert Standing.objects.get(round=desk.round, agency=desk.silent).missing == 1
    correction = Correction.objects.get()
    assert (correction.step, correction.by, correction.reason) == ("waive", desk.leader, REASON)
