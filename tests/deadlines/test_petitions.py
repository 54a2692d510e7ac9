"""Asking about a duty and deciding: who may, when, and what comes of it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Agency, AuditEvent, Notice, Person
from accounts.permissions import Refused
from deadlines.actions import duties, petitions
from deadlines.models import Duty, Petition
from deadlines.states import DutyState, PetitionState
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.scene import Office, open_office

pytestmark = pytest.mark.django_db
REASON = "Phần mềm đang nâng cấp."


@pytest.fixture
def office(agency: Agency) -> Office:
    return open_office(agency)


@pytest.fixture
def leader(authority: Agency) -> Person:
    return make.person("ict_leader", authority)


def says_nothing(office: Office, by: Person | None = None, reason: str = REASON) -> Petition:
    with at("2026-10-05"):
        return petitions.declare_nothing(
            duty=office.duty, reason=reason, by=by or office.contributor
        )


def asks(
    office: Office, until: str = "2026-10-30", day: str = "2026-10-05", duty: Duty | None = None
) -> Petition:
    with at(day):
        return petitions.ask_extension(
            duty=duty or office.duty,
            until=date.fromisoformat(until),
            reason=REASON,
            document=" 12/SYT-VP ",
            by=office.contributor,
        )


def refusal(act: Callable[[], object]) -> str:
    """The code with which the action refuses."""
    with pytest.raises(ValidationError) as refused:
        act()
    return str(refused.value.code)


def test_nothing_is_asked_told_and_recorded(office: Office):
    petition = says_nothing(office)
    assert (petition.kind, petition.state) == ("nothing", PetitionState.WAITING)
    notice = Notice.objects.get(kind="petition.waits")
    assert notice.person == office.approver
    event = AuditEvent.objects.get(action="petition.nothing")
    assert (event.actor_id, event.after["reason"]) == (office.contributor.pk, REASON)
    assert office.duty.state == DutyState.OPEN


def test_more_time_is_asked_of_the_leaders_of_the_data_authority(office: Office, leader: Person):
    petition = asks(office)
    assert (petition.wanted_until, petition.document) == (date(2026, 10, 30), "12/SYT-VP")
    assert [n.person for n in Notice.objects.filter(kind="petition.waits")] == [leader]


@pytest.mark.parametrize("reason", ["", "không", "   ngắn    "])
def test_a_reason_has_to_say_something(office: Office, reason: str):
    assert refusal(lambda: says_nothing(office, reason=reason)) == "reason"
    assert not Petition.objects.exists()


def test_who_may_not_deliver_may_not_ask(office: Office):
    stranger = make.person("contributor", make.agency("Sở Khác"))
    for person in (office.approver, stranger):
        with pytest.raises(Refused):
            says_nothing(office, person)


def test_a_review_always_has_to_be_done(office: Office):
    act = lambda: petitions.declare_nothing(  # noqa: E731
        duty=office.review, reason=REASON, by=office.contributor
    )
    assert refusal(act) == "kind"


def test_one_question_at_a_time(office: Office):
    says_nothing(office)
    assert refusal(lambda: asks(office)) == "waits"


def test_nothing_is_asked_of_what_is_done(office: Office):
    with at("2026-10-04"):
        make.published(of=make.Resource.objects.get(), period="2026Q3", by=office.contributor)
    assert refusal(lambda: says_nothing(office)) == "state"


@pytest.mark.parametrize(
    ("until", "day"), [("2026-10-16", "2026-10-05"), ("2026-10-20", "2026-10-20")]
)
def test_the_day_asked_for_lies_ahead(office: Office, until: str, day: str):
    assert refusal(lambda: asks(office, until, day)) == "until"


def test_an_overdue_duty_may_still_get_time(office: Office, leader: Person):
    petition = asks(office, "2026-10-30", "2026-10-20")
    with at("2026-10-21"):
        petitions.accept(petition=petition, document="9/SKHCN", by=leader)
    assert (office.duty.state, office.duty.due) == (DutyState.OPEN, date(2026, 10, 30))


def test_signing_fulfils_on_the_day_of_the_signature(office: Office):
    petition = says_nothing(office)
    with at("2026-10-18"):
        petitions.accept(petition=petition, by=office.approver)
    duty = office.duty
    assert (duty.how, duty.fulfilled_on, duty.was_on_time) == (
        "nothing",
        date(2026, 10, 18),
        False,
    )
    assert Notice.objects.get(kind="petition.accepted").person == office.contributor
    event = AuditEvent.objects.get(action="petition.accept")
    assert event.after["petition_state"] == PetitionState.ACCEPTED


def test_the_leader_may_give_another_day(office: Office, leader: Person):
    petition = asks(office)
    with at("2026-10-06"):
        petitions.accept(petition=petition, until=date(2026, 10, 23), document="9/SKHCN", by=leader)
    duty, event = office.duty, AuditEvent.objects.get(action="duty.extend")
    assert (duty.extended_to, duty.due) == (date(2026, 10, 23), date(2026, 10, 23))
    assert (event.before["due"], event.after["document"]) == ("2026-10-16", "9/SKHCN")


def test_time_is_given_with_a_document_only(office: Office, leader: Person):
    petition = asks(office)
    with at("2026-10-06"):
        assert refusal(lambda: petitions.accept(petition=petition, by=leader)) == "document"
    petition.refresh_from_db()
    assert (petition.state, office.duty.due) == (PetitionState.WAITING, date(2026, 10, 16))


@pytest.mark.parametrize(
    ("until", "day"), [("2026-10-15", "2026-10-06"), ("2026-10-20", "2026-10-25")]
)
def test_a_day_that_gives_no_time_is_refused(office: Office, leader: Person, until: str, day: str):
    petition = asks(office)
    with at(day):
        act = lambda: petitions.accept(  # noqa: E731
            petition=petition, until=date.fromisoformat(until), document="9", by=leader
        )
        assert refusal(act) == "until"
    petition.refresh_from_db()
    assert petition.state == PetitionState.WAITING


def test_refusing_leaves_the_duty_as_it_is(office: Office, leader: Person):
    petition = asks(office)
    with at("2026-10-06"):
        assert (
            refusal(lambda: petitions.refuse(petition=petition, reason="", by=leader)) == "reason"
        )
        petitions.refuse(petition=petition, reason="Dữ liệu đã có đủ.", by=leader)
    notice = Notice.objects.get(kind="petition.refused")
    assert (notice.person, notice.facts["reason"]) == (office.contributor, "Dữ liệu đã có đủ.")
    assert office.duty.due == date(2026, 10, 16)


def test_each_kind_has_its_own_decider(office: Office, leader: Person):
    nothing = says_nothing(office)
    with pytest.raises(Refused):
        petitions.accept(petition=nothing, by=leader)
    petitions.take_back(petition=nothing, by=office.contributor)
    with pytest.raises(Refused):
        petitions.accept(petition=asks(office), document="1", by=office.approver)


def test_who_asked_does_not_decide(office: Office):
    both = make.person("contributor", office.agency)
    both.memberships.create(
        agency=office.agency, role_code="approver", valid_from=date(2023, 10, 10)
    )
    petition = says_nothing(office, both)
    with at("2026-10-06"):
        for act in (petitions.accept, petitions.refuse):
            facts = {"reason": REASON} if act is petitions.refuse else {}
            assert refusal(lambda: act(petition=petition, by=both, **facts)) == "same_person"  # noqa: B023


def test_taking_back_frees_the_duty_for_another_question(office: Office):
    petition = says_nothing(office)
    with pytest.raises(Refused):
        petitions.take_back(petition=petition, by=office.approver)
    petitions.take_back(petition=petition, by=make.person("contributor", office.agency))
    petition.refresh_from_db()
    assert petition.state == PetitionState.TAKEN_BACK
    assert not Notice.objects.filter(kind__in=["petition.accepted", "petition.refused"]).exists()
    assert asks(office).state == PetitionState.WAITING


def test_what_is_decided_stays_decided(office: Office):
    petition = says_nothing(office)
    petitions.accept(petition=petition, by=office.approver)
    for act in (
        lambda: petitions.accept(petition=petition, by=office.approver),
        lambda: petitions.refuse(petition=petition, reason=REASON, by=office.approver),
        lambda: petitions.take_back(petition=petition, by=office.contributor),
    ):
        assert refusal(act) == "state"


def test_what_has_come_meanwhile_needs_no_signature(office: Office):
    petition = says_nothing(office)
    with at("2026-10-06"):
        make.published(of=make.Resource.objects.get(), period="2026Q3", by=office.contributor)
        act = lambda: petitions.accept(petition=petition, by=office.approver)  # noqa: E731
        assert refusal(act) == "state"
    assert office.duty.how == Duty.How.RELEASE


def test_what_was_waived_gets_no_time(office: Office, leader: Person):
    petition = asks(office)
    with at("2026-10-06"):
        duties.waive(duty=office.duty, reason="Đã có ở bộ.", document="1/QĐ", by=leader)
        act = lambda: petitions.accept(petition=petition, document="9", by=leader)  # noqa: E731
        assert refusal(act) == "state"
