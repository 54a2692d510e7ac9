"""/lam-viec/de-nghi/…/: the facts, the decision, taking back."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Person
from deadlines.actions import petitions
from deadlines.models import Petition
from deadlines.states import DutyState, PetitionState
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.scene import Office, open_office
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(agency: Agency) -> Office:
    return open_office(agency)


@pytest.fixture
def leader(authority: Agency) -> Person:
    return make.person("ict_leader", authority)


def asks_for_time(office: Office) -> Petition:
    with at("2026-10-05"):
        return petitions.ask_extension(
            duty=office.duty,
            until=date(2026, 10, 30),
            reason="Phần mềm đang nâng cấp.",
            document="12/SYT-VP",
            by=office.contributor,
        )


def page_of(client: Client, petition: Petition, person: Person) -> str:
    client.force_login(person)
    with at("2026-10-06"):
        return markup(client.get(reverse("petition", args=[petition.pk])))


def press(client: Client, petition: Petition, person: Person, **facts: str):
    client.force_login(person)
    with at("2026-10-06"):
        return client.post(reverse("petition", args=[petition.pk]), facts)


def test_the_approver_signs_that_there_is_nothing(client: Client, office: Office):
    petition = office.says_nothing()
    page = page_of(client, petition, office.approver)
    assert "Trong quý không cấp giấy phép nào." in page
    assert "Ký xác nhận" in page
    press(client, petition, office.approver, decision="accept")
    petition.refresh_from_db()
    assert petition.state == PetitionState.ACCEPTED
    duty = office.duty
    assert (duty.state, duty.how, duty.fulfilled_on) == ("fulfilled", "nothing", date(2026, 10, 6))


def test_refusing_needs_a_reason(client: Client, office: Office):
    petition = office.says_nothing()
    for reason, sentence in (("", "Hãy điền nội dung này."), ("sai", "ít nhất 10 ký tự")):
        response = press(client, petition, office.approver, decision="refuse", reason=reason)
        assert sentence in response.content.decode()
    press(client, petition, office.approver, decision="refuse", reason="Quý này có 2 giấy phép.")
    petition.refresh_from_db()
    assert petition.state == PetitionState.REFUSED
    assert "Quý này có 2 giấy phép." in page_of(client, petition, office.contributor)
    assert office.duty.state == DutyState.OPEN


def test_the_leader_gives_time_with_a_document(client: Client, office: Office, leader: Person):
    petition = asks_for_time(office)
    page = page_of(client, petition, leader)
    assert 'value="2026-10-30"' in page
    response = press(client, petition, leader, decision="accept", until="2026-10-23", document="")
    assert "Hãy điền nội dung này." in response.content.decode()
    press(client, petition, leader, decision="accept", until="2026-10-23", document="9/SKHCN")
    assert office.duty.due == date(2026, 10, 23)


def test_a_day_that_gives_no_time_is_refused_beside_its_field(
    client: Client, office: Office, leader: Person
):
    petition = asks_for_time(office)
    facts = {"decision": "accept", "until": "2026-10-16", "document": "9/SKHCN"}
    response = press(client, petition, leader, **facts)
    assert "Ngày gia hạn phải sau hạn hiện tại" in response.content.decode()
    assert response.context["form"].errors.keys() == {"until"}


def test_the_agency_does_not_give_itself_time(client: Client, office: Office):
    petition = asks_for_time(office)
    assert "Chấp thuận gia hạn" not in page_of(client, petition, office.approver)
    facts = {"decision": "accept", "until": "2026-10-30", "document": "1"}
    assert press(client, petition, office.approver, **facts).status_code == 403
    petition.refresh_from_db()
    assert petition.state == PetitionState.WAITING


def test_the_data_authority_does_not_sign_for_an_agency(
    client: Client, office: Office, leader: Person
):
    petition = office.says_nothing()
    assert "Ký xác nhận" not in page_of(client, petition, leader)
    assert press(client, petition, leader, decision="accept").status_code == 403


def test_nobody_signs_what_they_asked(client: Client, office: Office):
    both = make.person("contributor", office.agency)
    both.memberships.create(
        agency=office.agency, role_code="approver", valid_from=date(2023, 10, 10)
    )
    petition = office.says_nothing(both)
    page = page_of(client, petition, both)
    assert "không được tự quyết định" in page
    response = press(client, petition, both, decision="accept")
    assert "không được tự quyết định" in response.content.decode()


def test_a_colleague_takes_it_back(client: Client, office: Office):
    petition = office.says_nothing()
    colleague = make.person("contributor", office.agency)
    assert "Rút lại đề nghị" in page_of(client, petition, colleague)
    press(client, petition, colleague, decision="take_back")
    petition.refresh_from_db()
    assert petition.state == PetitionState.TAKEN_BACK
    assert office.duty.is_live


def test_an_approver_does_not_take_back(client: Client, office: Office):
    petition = office.says_nothing()
    assert press(client, petition, office.approver, decision="take_back").status_code == 403


def test_what_is_decided_has_no_buttons_and_stays(client: Client, office: Office):
    petition = office.says_nothing()
    press(client, petition, office.approver, decision="accept")
    assert (
        "<button"
        not in page_of(client, petition, office.approver).split("<main")[1].split("<footer")[0]
    )
    response = press(client, petition, office.approver, decision="refuse", reason="Nghĩ lại rồi.")
    assert "Đề nghị này đã được quyết định" in response.content.decode()


def test_an_unknown_button_changes_nothing(client: Client, office: Office):
    petition = office.says_nothing()
    assert press(client, petition, office.approver, decision="maybe").status_code == 200
    petition.refresh_from_db()
    assert petition.state == PetitionState.WAITING
