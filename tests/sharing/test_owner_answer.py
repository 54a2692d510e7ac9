"""The time an owner gives itself to answer: a duty of the owner, not of the law."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from core import clock
from deadlines.actions import rules
from deadlines.actions.own_limits import rule_of
from deadlines.actions.recount import recount
from deadlines.actions.sweep import sweep
from deadlines.models import CalendarDay, Duty, LegalRule, Round
from deadlines.selectors.law_pages import rules_by_code
from deadlines.selectors.progress import public_rounds
from sharing.actions import consents, decisions, keying_in, requests
from sharing.actions.answering import LIMIT, OWNER_ANSWER
from sharing.models import ConnectionRequest, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.deadlines.moments import at
from tests.sharing import made
from tests.sharing.desk import look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
SENT, DUE = "2026-11-18", date(2026, 11, 23)  # a Wednesday; three working days


def sent(cast: Cast, days: int | None = 3, on: str = SENT) -> ConnectionRequest:
    with at(on):
        service = made.service(cast, answer_days=days)
        return made.request_at(RequestState.SUBMITTED, cast, service)


def duty_of(request: ConnectionRequest) -> Duty:
    duty = ConnectionRequest.objects.select_related("answer_duty").get(pk=request.pk).answer_duty
    assert duty is not None
    return duty


def refuse(request: ConnectionRequest, cast: Cast) -> None:
    consents.refuse(
        request=request,
        reason=made.REASON,
        legal_ground=made.GROUND,
        document_number="78/SGD-VP",
        document_date=date(2026, 11, 18),
        by=cast.approver,
    )


def test_sending_opens_it_for_the_owner(cast: Cast):
    duty = duty_of(sent(cast))
    assert (duty.kind, duty.state, duty.agency) == (OWNER_ANSWER, "open", cast.owner)
    assert (duty.start, duty.due) == (date(2026, 11, 18), DUE)
    assert duty.rule.number == 3
    assert "tự đặt" in duty.rule.citation_vi
    assert "pháp luật không quy định" in duty.rule.citation_vi


def test_days_off_are_not_counted(cast: Cast):
    assert duty_of(sent(cast, days=4)).due == date(2026, 11, 25)  # 24 November is a holiday


def test_a_request_keyed_in_counts_from_the_day_it_came(cast: Cast):
    with at("2026-11-20"):
        begun = keying_in.begin(
            service=made.service(cast, answer_days=3), requester=cast.requester, by=cast.officer
        )
        letter = {"document_number": "845/STP-VP", "document_date": date(2026, 11, 17)}
        letter["received_on"] = date(2026, 11, 18)
        requests.save(request=begun, answers={}, document=letter, by=cast.officer)
        request = keying_in.finish(request=begun, by=cast.officer)
    assert (duty_of(request).start, duty_of(request).due) == (date(2026, 11, 18), DUE)


def test_no_limit_no_duty(cast: Cast):
    request = sent(cast, days=None)
    with at("2026-11-19"):
        made.consent(request, cast)
    assert not Duty.objects.filter(kind=OWNER_ANSWER).exists()


def test_the_service_changes_its_limit_and_what_runs_stays(cast: Cast):
    request = sent(cast)
    SharingService.objects.update(answer_days=20)
    with at("2026-11-19"):
        assert recount() == 0
    assert duty_of(request).due == DUE
    later = Cast(requester=make.agency("Sở Công thương"), owner=cast.owner)
    with at(SENT):
        second = made.request_at(RequestState.SUBMITTED, later, request.service)
    assert duty_of(second).due > DUE


def test_a_day_off_that_is_announced_later_moves_it(cast: Cast):
    request = sent(cast)
    CalendarDay.objects.create(day=DUE, kind="in_lieu_off", name_vi="Nghỉ bù", certainty=3)
    with at("2026-11-19"):
        assert recount() == 1
    assert duty_of(request).due == date(2026, 11, 25)


def test_consent_fulfils_it(cast: Cast):
    request = sent(cast)
    with at("2026-11-20"):
        made.consent(request, cast)
    duty = duty_of(request)
    assert (duty.state, duty.how, duty.was_on_time) == ("fulfilled", "done", True)


def test_refusal_fulfils_it(cast: Cast):
    request = sent(cast)
    with at("2026-11-20"):
        refuse(request, cast)
    assert (duty_of(request).state, duty_of(request).was_on_time) == ("fulfilled", True)


def test_late_is_late_also_when_nobody_looks(cast: Cast):
    request = sent(cast)
    with at("2026-11-21"):
        sweep()
    told = cast.approver.notices.filter(kind="duty.digest")
    assert told.count() == 1  # two days before the last one
    with at("2026-11-24"):
        sweep()
    assert duty_of(request).state == "overdue"
    assert told.count() == 2
    with at("2026-11-25"):
        made.consent(request, cast)
    assert (duty_of(request).state, duty_of(request).was_on_time) == ("fulfilled", False)


@pytest.mark.parametrize("who", ["approver", "officer"])
def test_it_stands_still_while_the_requester_adds(cast: Cast, who: str):
    request = sent(cast)
    with at("2026-11-19"):  # one of three working days is used
        decisions.ask_supplement(request=request, reason=made.REASON, by=getattr(cast, who))
    with at("2026-11-30"):
        sweep()
    assert duty_of(request).state == "paused"
    with at("2026-12-01"):
        requests.supplement(request=request, note="", by=cast.contact)
    duty = duty_of(request)
    assert (duty.state, duty.due) == ("open", date(2026, 12, 3))


def test_the_days_of_a_second_pause_are_not_used_up_either(cast: Cast):
    request = sent(cast, days=5)
    for asked, given in (("2026-11-19", "2026-12-01"), ("2026-12-02", "2026-12-09")):
        with at(asked):
            decisions.ask_supplement(request=request, reason=made.REASON, by=cast.approver)
        with at(given):
            requests.supplement(request=request, note="", by=cast.contact)
    assert duty_of(request).due == date(2026, 12, 14)  # two used, three left


def test_the_authority_refuses_and_nothing_is_left_to_answer(cast: Cast):
    request = sent(cast)
    decisions.refuse(request=request, reason=made.REASON, legal_ground=made.GROUND, by=cast.officer)
    assert duty_of(request).state == "void"


@pytest.mark.parametrize("paused", [False, True])
def test_withdrawing_lifts_it(cast: Cast, paused: bool):
    request = sent(cast)
    if paused:
        decisions.ask_supplement(request=request, reason=made.REASON, by=cast.approver)
    requests.withdraw(request=request, by=cast.contact)
    assert duty_of(request).state == "void"


def test_a_request_opened_again_asks_for_another_answer_on_the_same_day_too(cast: Cast):
    request = sent(cast)
    with at(SENT):
        refuse(request, cast)
        first = duty_of(request)
        requests.reopen(request=request, reason=made.REASON, by=cast.contact)
        assert ConnectionRequest.objects.get(pk=request.pk).answer_duty is None
        requests.submit(request=request, by=cast.contact)
    second = duty_of(request)
    assert (second.state, second.pk != first.pk) == ("open", True)
    first.refresh_from_db()
    assert first.state == "fulfilled"


def test_one_keyed_in_and_opened_again_on_the_day_asks_for_another_answer_too(cast: Cast):
    with at(SENT):
        begun = keying_in.begin(
            service=made.service(cast, answer_days=3), requester=cast.requester, by=cast.officer
        )
        letter = {"document_number": "845/STP-VP", "document_date": clock.today()}
        letter["received_on"] = clock.today()
        requests.save(request=begun, answers=made.ANSWERS, document=letter, by=cast.officer)
        request = keying_in.finish(request=begun, by=cast.officer)
        refuse(request, cast)
        first = duty_of(request)
        requests.reopen(request=request, reason=made.REASON, by=cast.contact)
        requests.submit(request=request, by=cast.contact)
    second = duty_of(request)
    assert (second.state, second.pk != first.pk) == ("open", True)


def test_it_is_on_the_owners_list_and_on_the_requests_page(client: Client, cast: Cast):
    request = sent(cast)
    with at("2026-11-20"):
        name = f"Trả lời yêu cầu kết nối: {request.number} Danh sách trường học"
        assert name in look(client, cast.approver, "work")
        page = look(client, cast.approver, "duty", duty_of(request).pk)
        assert f'href="/ket-noi/yeu-cau/{request.pk}/"' in page
        assert "tự đặt cho dịch vụ; pháp luật không quy định" in page
        for person in (cast.approver, cast.contact):
            page = look(client, person, "connection_request", request.pk)
            assert "Còn 1 ngày làm việc: chủ quản trả lời chậm nhất hết ngày" in page
            assert "Hạn này do chủ quản tự đặt, pháp luật không quy định." in page
            assert "ngày làm việc thứ 3" in page
        assert "Còn 1 ngày làm việc" in look(client, cast.approver, "consents")
        made.consent(request, cast)
        page = look(client, cast.contact, "connection_request", request.pk)
        assert "Đúng hạn, trước hạn 1 ngày làm việc (so với hạn chủ quản tự đặt)" in page


def test_the_page_says_that_it_is_paused(client: Client, cast: Cast):
    request = sent(cast)
    decisions.ask_supplement(request=request, reason=made.REASON, by=cast.approver)
    page = look(client, cast.contact, "connection_request", request.pk)
    assert "Hạn trả lời do chủ quản tự đặt đang tạm dừng" in page


def test_it_never_counts_into_the_public_progress(cast: Cast):
    request = sent(cast)
    with at("2027-02-20"):
        sweep()
    assert duty_of(request).state == "overdue"
    assert duty_of(request).round is None
    assert not Round.objects.filter(kind=OWNER_ANSWER).exists()
    assert all(round_.kind != OWNER_ANSWER for round_ in public_rounds())
    assert not Duty.objects.filter(round__in=public_rounds(), kind=OWNER_ANSWER).exists()


def test_an_agencys_own_limit_is_no_rule_that_officers_replace(cast: Cast):
    sent(cast)
    own = LegalRule.objects.get(code="owner_answer_3")
    shown = [row.rule.code for _title, rows in rules_by_code() for row in rows]
    assert "connection_account" in shown
    assert own.code not in shown
    head = make.person("ict_leader", cast.authority)
    with pytest.raises(ValidationError, match="tự đặt"):
        rules.replace(rule=own, valid_from=date(2026, 12, 1), number=5, by=head)


def test_a_length_has_one_row(cast: Cast):
    assert rule_of(LIMIT, 7) == rule_of(LIMIT, 7) == "owner_answer_7"
    assert LegalRule.objects.filter(code="owner_answer_7").count() == 1
    with pytest.raises(ValueError, match="one day or more"):
        rule_of(LIMIT, 0)
