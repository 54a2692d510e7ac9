"""What agencies have asked for, and what waits for their answer."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from accounts.models import Agency, Person
from accounts.permissions import agencies_with, current_memberships
from accounts.roles import Permission
from sharing.models import ConnectionRequest, SharingService
from sharing.states import BEFORE_CONSENT, RequestState


def agencies_of(person: Person, permission: Permission) -> list[Agency]:
    """Those the person works for and may do this for, not all that the role reaches."""
    held = [one for one in current_memberships(person) if permission in one.role.permissions]
    return list({one.agency_id: one.agency for one in held}.values())


def requests_of(agencies: Iterable[Agency]) -> QuerySet[ConnectionRequest]:
    """What the agencies asked for, drafts too, the newest first; not what is still being keyed in."""
    found = _listed().filter(requester__in=agencies)
    unknown = Q(origin=ConnectionRequest.Origin.KEYED_IN, number="")
    return found.exclude(unknown).order_by("-created_at", "pk")


def being_keyed_in() -> QuerySet[ConnectionRequest]:
    """What officers have begun to key in and not finished, the newest first."""
    found = _listed().filter(state=RequestState.KEYING)
    return found.select_related("created_by").order_by("-created_at", "pk")


def waiting_for_consent(person: Person) -> QuerySet[ConnectionRequest]:
    """Requests for data of the person's agencies that await their answer, the oldest first."""
    owners = agencies_with(person, Permission.GIVE_CONSENT)
    found = _listed().filter(service__owner__in=owners, state__in=BEFORE_CONSENT)
    return found.order_by("received_on", "number")


def services_to_ask_for(agencies: Iterable[Agency]) -> QuerySet[SharingService]:
    """Everything on offer that is not the agencies' own, by title."""
    offered = SharingService.objects.offered().select_related("owner")
    return offered.exclude(owner__in=agencies).order_by("title_vi", "pk")


def _listed() -> QuerySet[ConnectionRequest]:
    return ConnectionRequest.objects.select_related(
        "service__owner", "requester", "duty__rule", "answer_duty__rule"
    )
