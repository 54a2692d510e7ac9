"""Granting and ending roles."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actions.memberships import end, grant
from accounts.granting import grantable_roles
from accounts.models import AuditEvent, Membership, Person
from accounts.permissions import Forbidden, NotFound, has_permission
from accounts.roles import Permission
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
WHY = "Chuyển công tác từ tháng này."


def _membership(role: str, agency: object) -> Membership:
    return factories.person(role, agency).memberships.get()  # type: ignore[arg-type]


def test_granted_role_holds_from_today() -> None:
    agency, person = factories.agency(), factories.person()
    admin = factories.person("agency_admin", agency)
    membership = grant(person=person, agency=agency, role_code="contributor", by=admin)
    assert (membership.valid_from, membership.granted_by) == (clock.today(), admin)
    assert has_permission(person, Permission.UPLOAD_RELEASE, agency)
    event = AuditEvent.objects.get(action="membership.granted")
    assert event.after == {"person": person.email, "role": "contributor"}


def test_granting_twice_changes_nothing() -> None:
    agency, person = factories.agency(), factories.person()
    first = grant(person=person, agency=agency, role_code="contributor", by=None)
    assert grant(person=person, agency=agency, role_code="contributor", by=None) == first
    assert AuditEvent.objects.filter(action="membership.granted").count() == 1


def test_ended_role_stops_at_once() -> None:
    agency = factories.agency()
    admin, member = (
        factories.person("agency_admin", agency),
        factories.person("contributor", agency),
    )
    end(membership=member.memberships.get(), reason=WHY, by=admin)
    assert member.memberships.get().valid_to == clock.today() - timedelta(days=1)
    fresh = Person.objects.get(pk=member.pk)
    assert not has_permission(fresh, Permission.UPLOAD_RELEASE, agency)
    assert AuditEvent.objects.get(action="membership.ended").before["valid_to"] is None


def test_ending_twice_changes_nothing() -> None:
    agency = factories.agency()
    admin, membership = factories.person("agency_admin", agency), _membership("approver", agency)
    end(membership=membership, reason=WHY, by=admin)
    end(membership=membership, reason=WHY, by=admin)
    assert AuditEvent.objects.filter(action="membership.ended").count() == 1


def test_role_granted_and_ended_on_one_day_can_be_granted_again() -> None:
    agency, person = factories.agency(), factories.person()
    admin = factories.person("agency_admin", agency)
    for _ in range(2):
        end(
            membership=grant(person=person, agency=agency, role_code="approver", by=admin),
            reason=WHY,
            by=admin,
        )
    assert person.memberships.count() == 2


def test_agency_admin_grants_no_role_that_reaches_further() -> None:
    agency = factories.agency()
    admin, person = factories.person("agency_admin", agency), factories.person()
    assert not any(role.everywhere for role in grantable_roles(admin, agency))
    with pytest.raises(ValidationError, match="không được cấp vai trò này"):
        grant(person=person, agency=agency, role_code="operator", by=admin)


def test_only_a_leader_of_the_data_authority_proposes_its_roles() -> None:
    authority = factories.agency(data_authority=True)
    leader = factories.person("ict_leader", authority)
    officer = factories.person("ict_officer", authority)
    assert any(role.everywhere for role in grantable_roles(leader, authority))
    for by, agency in ((officer, authority), (leader, factories.agency())):
        assert not any(role.everywhere for role in grantable_roles(by, agency))


def test_nobody_alone_grants_a_role_that_reaches_every_agency() -> None:
    authority = factories.agency(data_authority=True)
    leader = factories.person("ict_leader", authority)
    with pytest.raises(ValidationError, match="cần hai người"):
        grant(person=factories.person(), agency=authority, role_code="operator", by=leader)


def test_agency_that_is_no_more_gets_no_members() -> None:
    gone = factories.agency(valid_to=date(2025, 2, 28))
    with pytest.raises(ValidationError, match="không còn hoạt động"):
        grant(person=factories.person(), agency=gone, role_code="contributor", by=None)


def test_nobody_ends_the_role_they_manage_members_with() -> None:
    agency = factories.agency()
    admin = factories.person("agency_admin", agency)
    with pytest.raises(ValidationError, match="không thể tự thu hồi"):
        end(membership=admin.memberships.get(), reason=WHY, by=admin)


def test_nobody_ends_a_role_beyond_their_reach() -> None:
    authority = factories.agency(data_authority=True)
    admin = factories.person("agency_admin", authority)
    with pytest.raises(ValidationError, match="không được thu hồi vai trò này"):
        end(membership=_membership("ict_leader", authority), reason=WHY, by=admin)


@pytest.mark.parametrize("role", ["contributor", "approver", "contact_officer"])
def test_other_colleagues_grant_and_end_nothing(role: str) -> None:
    agency = factories.agency()
    colleague, membership = factories.person(role, agency), _membership("contributor", agency)
    with pytest.raises(Forbidden):
        grant(person=factories.person(), agency=agency, role_code="approver", by=colleague)
    with pytest.raises(Forbidden):
        end(membership=membership, reason=WHY, by=colleague)


def test_admin_of_another_agency_is_a_stranger() -> None:
    stranger = factories.person("agency_admin")
    with pytest.raises(NotFound):
        end(membership=_membership("contributor", factories.agency()), reason=WHY, by=stranger)
