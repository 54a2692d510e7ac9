"""Nhắc: by hand, once per agency, round and day, with a notice for those who can do something."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notice, OutboxMessage
from accounts.notices import body_of
from accounts.permissions import Forbidden
from deadlines.actions.reminding import remind, remind_all
from deadlines.actions.sweep import sweep
from deadlines.models import Reminder
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.desk import PERIOD, Desk
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db


def told() -> set[str]:
    return set(Notice.objects.filter(kind="duty.reminder").values_list("person__email", flat=True))


def test_those_who_deliver_and_decide_are_told(desk: Desk):
    staff, head = make.person("contributor", desk.silent), make.person("approver", desk.silent)
    manager = make.person("agency_admin", desk.silent)
    with at("2026-10-07 14:05"):
        reminder = remind(
            round=desk.round, agency=desk.silent, note=" Mai là hạn. ", by=desk.officer
        )
    assert {staff.email, head.email} <= told()
    assert manager.email not in told()
    notice = Notice.objects.filter(kind="duty.reminder", person=head).get()
    assert notice.path == "/lam-viec/"
    assert body_of(notice) == (
        "Phan Chuyên Viên nhắc Sở Im Lặng: còn 1 bộ dữ liệu Quý III/2026 chưa có trên Kho dữ liệu. "
        "Mai là hạn."
    )
    assert OutboxMessage.objects.filter(to=head.email, subject__startswith="Nhắc").exists()
    event = AuditEvent.objects.get(action="duty.reminded")
    assert (event.agency_key, event.after) == (
        desk.silent.key,
        {"duties": 1, "note": "Mai là hạn."},
    )
    assert (reminder.by, reminder.note) == (desk.officer, "Mai là hạn.")


def test_a_second_time_on_the_same_day_is_refused_with_who_and_when(desk: Desk):
    with at("2026-10-07 14:05"):
        remind(round=desk.round, agency=desk.silent, by=desk.officer)
    with at("2026-10-07 16:00"), pytest.raises(ValidationError) as refusal:
        remind(round=desk.round, agency=desk.silent, by=desk.leader)
    assert "Hôm nay Phan Chuyên Viên đã nhắc cơ quan này lúc 14:05" in refusal.value.messages[0]
    with at("2026-10-08"):
        remind(round=desk.round, agency=desk.silent, by=desk.leader)
    assert Reminder.objects.count() == 2


def test_who_has_done_everything_is_not_reminded(desk: Desk):
    with at("2026-10-07"), pytest.raises(ValidationError, match="không cần nhắc"):
        remind(round=desk.round, agency=desk.complete, by=desk.officer)
    assert not AuditEvent.objects.filter(action="duty.reminded").exists()


def test_what_was_waived_is_not_reminded_of(desk: Desk):
    rounds.waived(desk.missing, "2026-10-06", desk.leader)
    with at("2026-10-07"), pytest.raises(ValidationError, match="không cần nhắc"):
        remind(round=desk.round, agency=desk.lacking, by=desk.officer)


def test_where_nobody_would_hear_of_it_the_officer_is_given_the_telephone(desk: Desk):
    desk.silent.memberships.all().delete()
    with at("2026-10-07"), pytest.raises(ValidationError) as refusal:
        remind(round=desk.round, agency=desk.silent, by=desk.officer)
    assert "0238 000 002" in refusal.value.messages[0]
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("role", ["province_leader", "auditor", "operator"])
def test_others_of_the_province_may_not(desk: Desk, role: str):
    somebody = make.person(role, desk.authority)
    with at("2026-10-07"), pytest.raises(Forbidden):
        remind(round=desk.round, agency=desk.silent, by=somebody)
    with at("2026-10-07"), pytest.raises(Forbidden):
        remind_all(round=desk.round, by=somebody)


def test_all_at_once_skips_those_reminded_today_and_names_those_without_people(desk: Desk):
    empty = make.agency("Sở Vắng")
    with at("2026-06-20"):
        dataset = make.dataset("Bộ vắng", at=empty)
    with at("2026-07-02"):
        sweep()
    # Its round is the quarter's own: opened late, for one that has just got a duty.
    duty = desk.duty()
    duty.pk, duty.agency, duty.subject = None, empty, str(dataset.pk)
    duty.save()
    empty.memberships.all().delete()
    with at("2026-10-07"):
        remind(round=desk.round, agency=desk.silent, by=desk.officer)
        done = remind_all(round=desk.round, note="Toàn tỉnh", by=desk.officer)
    assert (done.now, done.earlier, done.unstaffed) == (1, 1, [empty])
    assert Reminder.objects.filter(note="Toàn tỉnh").get().agency == desk.lacking


def test_all_where_nothing_is_missing(desk: Desk):
    rounds.waived(desk.missing, "2026-10-06", desk.leader)
    for duty in desk.round.duties.filter(agency=desk.silent):
        from deadlines.actions import duties

        with at("2026-10-06"):
            duties.waive(
                duty=duty, reason="Dữ liệu đã chuyển sở khác.", document="1/QĐ", by=desk.leader
            )
    with at("2026-10-07"), pytest.raises(ValidationError, match="không cần nhắc"):
        remind_all(round=desk.round, by=desk.officer)


def test_the_page_asks_once_more_and_then_reminds(client: Client, desk: Desk):
    client.force_login(desk.officer)
    address = reverse("remind", args=[PERIOD, desk.silent.slug])
    with at("2026-10-07"):
        assert "đã có 0 trong 1 bộ dữ liệu" in markup(client.get(address))
        assert not Reminder.objects.exists()
        response = client.post(address, {"note": "Gửi sớm nhé."}, follow=True)
        again = client.get(address)
    assert response.redirect_chain[0][0] == reverse(
        "office_agency", args=[PERIOD, desk.silent.slug]
    )
    assert "Đã nhắc Sở Im Lặng." in markup(response)
    assert "Mỗi cơ quan chỉ được nhắc một lần trong ngày." in markup(again)


def test_a_refusal_is_said_in_the_form(client: Client, desk: Desk):
    client.force_login(desk.leader)
    with at("2026-10-07 10:00"):
        remind(round=desk.round, agency=desk.silent, by=desk.officer)
        response = client.post(reverse("remind", args=[PERIOD, desk.silent.slug]))
    assert "Hôm nay Phan Chuyên Viên đã nhắc" in markup(response)
    assert Reminder.objects.count() == 1


def test_the_page_of_a_complete_agency_has_no_form(client: Client, desk: Desk):
    client.force_login(desk.officer)
    page = client.get(reverse("remind", args=[PERIOD, desk.complete.slug])).content.decode()
    assert "không cần nhắc" in page
    assert 'name="note"' not in page


def test_all_from_the_page_says_how_many(client: Client, desk: Desk):
    client.force_login(desk.officer)
    address = reverse("remind_all", args=[PERIOD])
    with at("2026-10-07"):
        remind(round=desk.round, agency=desk.lacking, by=desk.officer)
        assert "Nhắc 1 cơ quan" in markup(client.get(address))
        response = client.post(address, {"note": ""}, follow=True)
        afterwards = markup(client.get(address))
    said = markup(response)
    assert "Đã nhắc 1 cơ quan. 1 cơ quan đã được nhắc hôm nay nên không nhắc lại." in said
    assert "đã được nhắc hôm nay" in afterwards
    assert Reminder.objects.count() == 2
