"""Taking back offers of roles: an offer is worth what those are worth who made it."""

from django.db.models import Q, QuerySet

from accounts.actions.audit import record
from accounts.granting import still_backed
from accounts.models import Invitation, Person
from core import clock


def cancel_unbacked(*, of: Person, by: Person | None) -> None:
    """End the offers the person sent or confirmed and could not make any more; inside a transaction."""
    made = _unanswered().filter(Q(invited_by=of) | Q(confirmed_by=of))
    for invitation in made:
        if not still_backed(invitation):
            cancel_offer(invitation, by, why="sender")


def cancel_received(*, person: Person, by: Person | None) -> None:
    """End the offers made to the person; inside a transaction."""
    for invitation in _unanswered().filter(email=person.email):
        cancel_offer(invitation, by, why="receiver")


def cancel_offer(invitation: Invitation, by: Person | None, *, why: str = "") -> None:
    """End one offer, with its audit row; `why`: code of the reason where it was not the offer's own."""
    invitation.cancelled_at = clock.now()
    invitation.save(update_fields=["cancelled_at"])
    record(
        by=by,
        action="invitation.cancelled",
        target=invitation,
        agency=invitation.agency,
        after={"email": invitation.email, "role": invitation.role_code}
        | ({"cancelled_for": why} if why else {}),
    )


def _unanswered() -> QuerySet[Invitation]:
    waiting = Invitation.objects.filter(
        accepted_at__isnull=True, cancelled_at__isnull=True, refused_at__isnull=True
    )
    related = ("agency", "invited_by", "confirmed_by")
    return waiting.select_for_update(of=("self",)).select_related(*related)
