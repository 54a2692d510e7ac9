"""Petitions for more time, as the data authority lists them."""

from django.db.models import Case, QuerySet, Value, When
from django.db.models.functions import Coalesce

from deadlines.models import Petition
from deadlines.states import PetitionState


def extension_petitions(state: str = "") -> QuerySet[Petition]:
    """Those that wait first, the longest waiting at the top; then the others, the latest first."""
    petitions = Petition.objects.filter(kind=Petition.Kind.EXTENSION)
    if state:
        petitions = petitions.filter(state=state)
    waits = Case(When(state=PetitionState.WAITING, then=Value(0)), default=Value(1))
    waiting_since = Case(When(state=PetitionState.WAITING, then="asked_at"))
    return petitions.select_related(
        "duty__agency", "duty__rule", "asked_by", "decided_by"
    ).order_by(
        waits, waiting_since.asc(nulls_last=True), Coalesce("decided_at", "asked_at").desc(), "pk"
    )
