"""May this person do this, for this agency?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Membership, Person
from accounts.permissions import (
    Forbidden,
    NotFound,
    NotSignedIn,
    agencies_with,
    check_anywhere,
    check_permission,
    has_permission,
    people_with,
)
from accounts.roles import Permission
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
UPLOAD = Permission.UPLOAD_RELEASE


def test_role_holds_in_its_agency_only() -> None:
    mine, other = factories.agency(), factories.agency()
    person = factories.person("contributor", mine)
    assert check_permission(person, UPLOAD, mine) == person
    assert not has_permission(person, UPLOAD, other)


def test_role_of_the_data_authority_reaches_every_agency() -> None:
    authority = factories.agency(data_authority=True)
    officer = factories.person("ict_officer", authority)
    assert has_permission(officer, Permission.MANAGE_MEMBERS, factories.agency())
    assert set(agencies_with(officer, Permission.MANAGE_MEMBERS)) >= {authority}


def test_stranger_is_told_nothing_of_the_agency() -> None:
    with pytest.raises(NotFound):
        check_permission(factories.person(), UPLOAD, factories.agency())


def test_colleague_is_told_which_role_is_needed() -> None:
    agency = factories.agency()
    with pytest.raises(Forbidden) as refusal:
        check_permission(factories.person("approver", agency), UPLOAD, agency)
    assert [role.code for role in refusal.value.roles] == ["contributor"]


@pytest.mark.parametrize("visitor", [None, AnonymousUser()])
def test_visitor_signs_in_first(visitor: AnonymousUser | None) -> None:
    with pytest.raises(NotSignedIn):
        check_permission(visitor, UPLOAD, factories.agency())
    with pytest.raises(NotSignedIn):
        check_anywhere(visitor, UPLOAD)


def test_person_who_left_is_a_visitor() -> None:
    agency = factories.agency()
    person = factories.person("contributor", agency)
    person.is_active = False
    with pytest.raises(NotSignedIn):
        check_permission(person, UPLOAD, agency)


@pytest.mark.parametrize(
    ("begins", "ends", "holds"),
    [(0, None, True), (1, None, False), (-5, 0, True), (-5, -1, False)],
)
def test_role_holds_from_its_first_to_its_last_day(
    begins: int, ends: int | None, holds: bool
) -> None:
    agency, person = factories.agency(), factories.person()
    Membership.objects.create(
        person=person,
        agency=agency,
        role_code="contributor",
        valid_from=clock.today() + timedelta(days=begins),
        valid_to=None if ends is None else clock.today() + timedelta(days=ends),
    )
    assert has_permission(Person.objects.get(pk=person.pk), UPLOAD, agency) is holds


def test_check_anywhere_asks_for_one_agency() -> None:
    person = factories.person("contributor")
    assert check_anywhere(person, UPLOAD) == person
    with pytest.raises(Forbidden):
        check_anywhere(person, Permission.DECIDE_RELEASE)


def test_notices_go_to_members_of_the_agency() -> None:
    agency = factories.agency()
    approver = factories.person("approver", agency)
    factories.person("approver")
    gone = factories.person("approver", agency)
    gone.is_active = False
    gone.save()
    assert list(people_with(Permission.DECIDE_RELEASE, agency)) == [approver]
