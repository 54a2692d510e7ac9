"""May this person do this, for this agency? The one place that answers.

`check_permission` raises with the reason, `has_permission` asks without raising. A person who does
not work for the agency is told nothing about it (NotFound, shown as 404); one who does, but in
another role, is told which role is needed (Forbidden, shown as 403).
"""

from collections.abc import Iterable
from typing import TypeGuard

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import Agency, Membership, Person
from accounts.roles import NEEDS_SECOND_FACTOR, ROLES, Permission, Role, roles_with

Visitor = Person | AnonymousUser | None


class Refused(Exception):
    """Base of every "you may not"."""


class NotSignedIn(Refused):
    """The page needs somebody who has signed in."""


class NotFound(Refused):
    """For this person the object does not exist."""


class Forbidden(Refused):
    """The person may know of the object but lacks the role."""

    def __init__(self, permission: Permission, agency: Agency | None) -> None:
        super().__init__(permission)
        self.permission = permission
        self.agency = agency

    @property
    def roles(self) -> list[Role]:
        """The roles that would do."""
        return roles_with(self.permission)


class SecondFactorMissing(Refused):
    """The person has the role, but signs in with a password alone."""


def is_person(visitor: Visitor) -> TypeGuard[Person]:
    return isinstance(visitor, Person) and visitor.is_active


def current_memberships(person: Person) -> list[Membership]:
    """Today's memberships with their agencies, read once per person object (one request)."""
    kept: list[Membership] | None = getattr(person, "_current_memberships", None)
    if kept is None:
        kept = list(person.memberships.current().select_related("agency"))
        person._current_memberships = kept  # type: ignore[attr-defined]
    return kept


def permissions_for(person: Person, agency: Agency | None) -> frozenset[Permission]:
    """Everything the person may do for that agency; with None, what they may do everywhere."""
    held: set[Permission] = set()
    for membership in current_memberships(person):
        if membership.role.everywhere or (agency and membership.agency_id == agency.pk):
            held |= membership.role.permissions
    return frozenset(held)


def has_permission(visitor: Visitor, permission: Permission, agency: Agency | None = None) -> bool:
    try:
        check_permission(visitor, permission, agency)
    except Refused:
        return False
    return True


def check_permission(
    visitor: Visitor, permission: Permission, agency: Agency | None = None
) -> Person:
    """The person, if they may. Raises NotSignedIn, NotFound, Forbidden or SecondFactorMissing."""
    if not is_person(visitor):
        raise NotSignedIn
    held = permissions_for(visitor, agency)
    if permission not in held:
        if agency is not None and not held:
            raise NotFound
        raise Forbidden(permission, agency)
    _check_second_factor(visitor, permission)
    return visitor


def check_anywhere(visitor: Visitor, permission: Permission) -> Person:
    """The person, if they may do this for at least one agency. Raises as check_permission."""
    if not is_person(visitor):
        raise NotSignedIn
    if not any(permission in m.role.permissions for m in current_memberships(visitor)):
        raise Forbidden(permission, None)
    _check_second_factor(visitor, permission)
    return visitor


def _check_second_factor(person: Person, permission: Permission) -> None:
    if permission in NEEDS_SECOND_FACTOR and settings.REQUIRE_2FA and not is_mfa_enabled(person):
        raise SecondFactorMissing


def agencies_with(person: Person, permission: Permission) -> QuerySet[Agency]:
    """The agencies for which the person holds the permission, by name."""
    memberships = [m for m in current_memberships(person) if permission in m.role.permissions]
    if any(m.role.everywhere for m in memberships):
        return Agency.objects.current()
    return Agency.objects.filter(pk__in=[m.agency_id for m in memberships])


def people_with(permission: Permission, agency: Agency) -> Iterable[Person]:
    """Active members of that agency who hold the permission there: those a notice goes to."""
    codes = [code for code, role in ROLES.items() if permission in role.permissions]
    current = Membership.objects.current().filter(agency=agency, role_code__in=codes)
    return Person.objects.filter(is_active=True, pk__in=current.values("person"))


def everybody_with(permission: Permission) -> list[Person]:
    """Active people who hold the permission for every agency, wherever they work."""
    codes = [
        code for code, role in ROLES.items() if role.everywhere and permission in role.permissions
    ]
    current = Membership.objects.current().filter(role_code__in=codes)
    return list(Person.objects.filter(is_active=True, pk__in=current.values("person")))


def people_by_agency(
    permissions: Iterable[Permission], agencies: Iterable[int]
) -> dict[int, list[Person]]:
    """Per agency id the active members who hold one of the permissions there; one query."""
    wanted = set(permissions)
    codes = [code for code, role in ROLES.items() if wanted & role.permissions]
    memberships = (
        Membership.objects.current()
        .filter(agency__in=list(agencies), role_code__in=codes, person__is_active=True)
        .select_related("person")
        .order_by("agency_id", "person_id")
        .distinct("agency_id", "person_id")
    )
    found: dict[int, list[Person]] = {}
    for membership in memberships:
        found.setdefault(membership.agency_id, []).append(membership.person)
    return found
