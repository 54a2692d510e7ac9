"""What has been asked about duties."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Agency
from deadlines.models import Duty, Petition
from deadlines.states import LIVE, PetitionState


def waiting(
    agencies: Iterable[Agency] | QuerySet[Agency], kind: Petition.Kind
) -> QuerySet[Petition]:
    """Petitions of that kind to decide, the longest waiting first; none of what is done meanwhile."""
    return (
        Petition.objects.filter(
            duty__agency__in=agencies,
            duty__state__in=LIVE,
            kind=kind,
            state=PetitionState.WAITING,
        )
        .select_related("duty__agency", "duty__rule", "asked_by")
        .order_by("asked_at")
    )


def petitions_of(duty: Duty) -> QuerySet[Petition]:
    """Everything asked about the duty, the newest first."""
    return duty.petitions.select_related("asked_by", "decided_by").order_by("-asked_at")


def waiting_for(duties: Iterable[Duty]) -> dict[int, Petition]:
    """Per duty id what is asked of it and not decided, with that duty; there is at most one."""
    known = {duty.pk: duty for duty in duties if duty.pk}
    waiting = Petition.objects.filter(duty__in=known, state=PetitionState.WAITING)
    found = {petition.duty_id: petition for petition in waiting.select_related("asked_by")}
    for pk, petition in found.items():
        petition.duty = known[pk]
    return found
