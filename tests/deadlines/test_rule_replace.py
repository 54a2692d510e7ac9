"""Replacing a rule from a day on: the page and the action."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent
from accounts.permissions import Forbidden
from deadlines.actions.rules import replace
from deadlines.actions.sweep import sweep
from deadlines.models import LegalRule
from deadlines.states import DutyState
from tests.deadlines.desk import Desk
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db
GOOD = {
    "valid_from": "2026-10-01",
    "number": "20",
    "counting": "civil_code",
    "rolls": "on",
    "citation_vi": "Quyết định 30/2026/QĐ-UBND",
    "active": "on",
}


def rule(code: str = "quarterly_update") -> LegalRule:
    return LegalRule.objects.get(code=code, valid_to=None)


def press(client: Client, of: LegalRule, **facts: Any) -> Any:
    sent = {name: value for name, value in {**GOOD, **facts}.items() if value is not None}
    with at("2026-10-08"):
        return client.post(reverse("rule_replace", args=[of.pk]), sent, follow=True)


def test_from_a_day_on_duties_are_counted_by_the_new_row(client: Client, desk: Desk):
    client.force_login(desk.leader)
    old = rule()
    response = press(client, old)
    assert "Đã thay quy định “Cập nhật dữ liệu hằng quý” từ ngày 01/10/2026." in markup(response)
    assert "2 nghĩa vụ được tính lại hạn." in markup(response)
    old.refresh_from_db()
    new = rule()
    assert (old.valid_to, new.valid_from, new.number) == (date(2026, 9, 30), date(2026, 10, 1), 20)
    duty = desk.duty()
    assert (duty.rule, duty.due) == (new, date(2026, 10, 21))
    assert (desk.round.rule, desk.round.due) == (new, date(2026, 10, 21))
    event = AuditEvent.objects.get(action="rule.replaced")
    assert (event.before["number"], event.after["number"]) == (15, 20)


def test_what_is_done_keeps_its_rule(client: Client, desk: Desk):
    client.force_login(desk.leader)
    old = rule()
    press(client, old)
    done = desk.round.duties.filter(state=DutyState.FULFILLED)
    assert set(done.values_list("rule", "due")) == {(old.pk, date(2026, 10, 16))}


def test_earlier_events_keep_the_old_row(client: Client, desk: Desk):
    client.force_login(desk.leader)
    old = rule()
    response = press(client, old, valid_from="2026-10-02")
    assert "Không nghĩa vụ nào đổi hạn." in markup(response)
    assert (desk.duty().rule, desk.round.rule) == (old, old)


def test_a_rule_switched_off_opens_nothing_more(client: Client, desk: Desk):
    client.force_login(desk.leader)
    press(client, rule(), valid_from="2026-12-01", active=None)
    assert not rule().active
    with at("2027-01-02"):
        sweep()
    assert not desk.round.__class__.objects.filter(period="2026Q4").exists()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"valid_from": "2026-07-01"}, "phải sau ngày quy định hiện tại bắt đầu (01/07/2026)"),
        ({"valid_from": ""}, "Hãy điền nội dung này."),
        ({"number": "0"}, "Nhập số từ 1 trở lên."),
        ({"number": "mười"}, "Nhập một số nguyên."),
        ({"number": "5000"}, "Nhập số không quá 366."),
        ({"counting": "strict_before"}, ""),
        ({"citation_vi": ""}, "Hãy điền nội dung này."),
    ],
)
def test_each_mistake_stands_beside_its_field(
    client: Client, desk: Desk, wrong: dict[str, str], sentence: str
):
    client.force_login(desk.leader)
    response = press(client, rule(), **wrong)
    (field,) = wrong
    assert sentence in " ".join(response.context["form"].errors[field])
    assert LegalRule.objects.filter(code="quarterly_update").count() == 1


def test_the_same_again_is_refused(client: Client, desk: Desk):
    client.force_login(desk.leader)
    response = press(client, rule(), number="15", citation_vi=rule().citation_vi)
    assert "Nội dung mới giống quy định hiện tại." in markup(response)


def test_only_ways_of_counting_that_fit_are_offered(client: Client, desk: Desk):
    client.force_login(desk.leader)
    counted = client.get(reverse("rule_replace", args=[rule().pk])).context["form"]
    fixed = client.get(reverse("rule_replace", args=[rule("annual_self_assessment").pk])).context[
        "form"
    ]
    assert [code for code, _ in counted.fields["counting"].choices] == ["civil_code", "inclusive"]
    assert [code for code, _ in fixed.fields["counting"].choices] == [
        "strict_before",
        "on_or_before",
    ]
    assert {"number", "rolls"}.isdisjoint(fixed.fields)


def test_a_fixed_date(client: Client, desk: Desk):
    client.force_login(desk.leader)
    facts = {"counting": "on_or_before", "number": None, "rolls": None, "valid_from": "2026-11-01"}
    press(client, rule("annual_self_assessment"), **facts)
    with at("2026-12-05"):
        sweep()
    owed = {duty.due for duty in desk.silent.duties.filter(kind="annual_self_assessment")}
    assert owed == {date(2026, 12, 31)}


def test_a_replaced_row_has_no_form(client: Client, desk: Desk):
    client.force_login(desk.leader)
    old = rule()
    press(client, old)
    page = markup(client.get(reverse("rule_replace", args=[old.pk])))
    assert "Quy định này đã được thay" in page
    assert 'name="citation_vi"' not in page
    again = press(client, old, valid_from="2026-10-05", number="25")
    assert again.context["form"].non_field_errors() == [
        "Quy định này đã hết hiệu lực, không thay được nữa."
    ]


def test_an_officer_may_not(client: Client, desk: Desk):
    client.force_login(desk.officer)
    assert press(client, rule()).status_code == 403
    with pytest.raises(Forbidden):
        replace(rule=rule(), valid_from=date(2027, 1, 1), number=3, by=desk.officer)


def test_a_rule_that_does_not_exist(client: Client, desk: Desk):
    client.force_login(desk.leader)
    assert client.get("/dieu-hanh/quy-dinh/99999/thay/").status_code == 404


def test_the_action_lets_no_misfit_through(desk: Desk):
    with pytest.raises(ValueError, match="fixed dates only"):
        replace(rule=rule(), valid_from=date(2027, 1, 1), counting="strict_before", by=desk.leader)
    with pytest.raises(ValidationError):
        replace(rule=rule(), valid_from=date(2020, 1, 1), number=3, by=desk.leader)
    assert rule().valid_to is None
