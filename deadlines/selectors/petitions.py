"""What has been asked about duties."""

from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import Agency
from deadlines.models import Duty, Petition
from deadlines.states import PetitionState


def waiting(
    agencies: Iterable[Agency] | QuerySet[Agency], kind: Petition.Kind
) -> QuerySet[Petition]:
    """Petitions of that kind nobody has decided, the longest waiting first."""
    return (
        Petition.objects.filter(duty__agency__in=agencies, kind=kind, state=PetitionState.WAITING)
        .select_related("duty__agency", "asked_by")
        .order_by("asked_at")
    )


def petitions_of(duty: Duty) -> QuerySet[Petition]:
    """Everything asked about the duty, the newest first."""
    return duty.petitions.select_related("asked_by", "decided_by").order_by("-asked_at")
