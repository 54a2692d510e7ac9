"""Lists of requests as one side sees them."""

from collections.abc import Iterable

from django.db.models import Case, IntegerField, QuerySet, When

from accounts.models import Agency
from sharing.models import ConnectionRequest
from sharing.states import BEFORE_CONSENT, FINAL, RequestState


def requests_of(agencies: Iterable[Agency] | QuerySet[Agency]) -> QuerySet[ConnectionRequest]:
    """What those agencies ask for: what is open first, the newest first."""
    over = Case(When(state__in=FINAL, then=1), default=0, output_field=IntegerField())
    return (
        ConnectionRequest.objects.filter(requester__in=agencies)
        .exclude(state=RequestState.WITHDRAWN, number="")
        .select_related("service__owner", "requester", "duty")
        .annotate(over=over)
        .order_by("over", "-created_at")
    )


def waiting_for(owners: Iterable[Agency] | QuerySet[Agency]) -> QuerySet[ConnectionRequest]:
    """Requests that wait for the answer of those owners, the longest waiting first."""
    return (
        ConnectionRequest.objects.filter(service__owner__in=owners, state__in=BEFORE_CONSENT)
        .select_related("service__owner", "requester", "duty")
        .order_by("received_on", "number")
    )
