"""Gatekeepers: the only way views get an agency's members and invitations.

Each takes who asks. Raises NotSignedIn for a visitor, NotFound when there is no such object or the
person has nothing to do with its agency, Forbidden as accounts.permissions.check_permission.
"""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db.models import QuerySet

from accounts.models import Agency, Invitation, Membership, Notice, Person
from accounts.permissions import NotFound, NotSignedIn, Visitor, check_permission, is_person
from accounts.roles import Permission
from core import clock


def agency_for(visitor: Visitor, slug: str, permission: Permission) -> Agency:
    """The agency at that address, when the visitor holds the permission there."""
    if not is_person(visitor):
        raise NotSignedIn
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None:
        raise NotFound
    check_permission(visitor, permission, agency)
    return agency


def membership_for(visitor: Visitor, slug: str, membership_id: int) -> Membership:
    """A membership that has not ended, for somebody who manages the agency's members."""
    agency = agency_for(visitor, slug, Permission.MANAGE_MEMBERS)
    found = Membership.objects.current().filter(agency=agency, pk=membership_id, valid_to=None)
    membership = found.select_related("person", "agency").first()
    if membership is None:
        raise NotFound
    return membership


def person_for(visitor: Visitor, slug: str, person_id: int) -> tuple[Agency, Person]:
    """The agency and somebody who has a role there today, for whoever manages its members."""
    agency = agency_for(visitor, slug, Permission.MANAGE_MEMBERS)
    held = Membership.objects.current().filter(agency=agency, person=person_id)
    membership = held.select_related("person").first()
    if membership is None:
        raise NotFound
    return agency, membership.person


def session_for(visitor: Visitor, session_id: int) -> UserSession:
    """One's own session."""
    if not is_person(visitor):
        raise NotSignedIn
    session = UserSession.objects.filter(user=visitor, pk=session_id).first()
    if session is None:
        raise NotFound
    return session


def invitation_for(visitor: Visitor, slug: str, invitation_id: int) -> Invitation:
    """An invitation of the agency, for somebody who manages its members."""
    agency = agency_for(visitor, slug, Permission.MANAGE_MEMBERS)
    invitation = agency.invitations.filter(pk=invitation_id).select_related("agency").first()
    if invitation is None:
        raise NotFound
    return invitation


def proposals_for(visitor: Visitor) -> QuerySet[Invitation]:
    """Roles that take two people: what waits and what was decided, for those who may decide."""
    check_permission(visitor, Permission.GRANT_EVERYWHERE)
    proposals = Invitation.objects.filter(needs_second_person=True)
    return proposals.select_related("agency", "invited_by", "confirmed_by", "refused_by")


def waiting_proposals(person: Person) -> QuerySet[Invitation]:
    """The proposals of others that the person may decide on, for who may grant everywhere."""
    unanswered = proposals_for(person).filter(
        confirmed_at=None,
        refused_at=None,
        cancelled_at=None,
        invited_at__gte=clock.now() - timedelta(days=settings.INVITATION_DAYS),
    )
    return unanswered.exclude(invited_by=person)


def proposal_for(visitor: Visitor, invitation_id: int) -> Invitation:
    proposal = proposals_for(visitor).filter(pk=invitation_id).first()
    if proposal is None:
        raise NotFound
    return proposal


def notice_for(visitor: Visitor, notice_id: int) -> Notice:
    """One's own notice."""
    if not is_person(visitor):
        raise NotSignedIn
    notice = Notice.objects.filter(person=visitor, pk=notice_id).first()
    if notice is None:
        raise NotFound
    return notice
