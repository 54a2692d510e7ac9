"""Closing a round: how everybody stood on the day is written down and stays."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from accounts.actions.audit import record
from core import clock
from deadlines.models import Correction, Round, Standing
from deadlines.outcomes import Counts, counts_by_agency
from deadlines.ranking import ranks
from deadlines.states import DutyState


def close_rounds() -> int:
    """Close every round whose day has come; how many."""
    ripe = Round.objects.filter(closed_at__isnull=True, closing_on__lte=clock.today())
    ids = list(ripe.order_by("closing_on").values_list("pk", flat=True))
    return sum(_close(pk) for pk in ids)


@transaction.atomic
def _close(pk: int) -> int:
    """As things stood when the day began, even if the sweep comes days later."""
    round_ = Round.objects.select_for_update().get(pk=pk)
    if round_.closed_at is not None:
        return 0
    counts = counts_by_agency(round_.duties.all(), round_.closing_on - timedelta(days=1))
    owed = {agency: (one.on_time, one.owed - one.pending) for agency, one in counts.items()}
    places = ranks(owed)
    Standing.objects.bulk_create(
        _standing(round_, agency, one, places.get(agency)) for agency, one in counts.items()
    )
    round_.closed_at = clock.now()
    round_.save(update_fields=["closed_at"])
    if counts:
        record(by=None, action="round.closed", target=round_, after={"agencies": len(counts)})
    _log_what_came_since(round_)
    return 1


def _standing(round_: Round, agency: int, counts: Counts, rank: int | None) -> Standing:
    return Standing(
        round=round_,
        agency_id=agency,
        owed=counts.owed - counts.pending,
        on_time=counts.on_time,
        late=counts.late,
        missing=counts.missing,
        waived=counts.waived,
        extended=counts.pending,
        nothing=counts.nothing,
        pulled=counts.pulled,
        rank=rank,
    )


def _log_what_came_since(round_: Round) -> None:
    """What was done between the closing day and a sweep that came late belongs in the log."""
    midnight = clock.midnight(round_.closing_on)
    lifted = Q(state__in=[DutyState.WAIVED, DutyState.VOID], state_changed_at__gte=midnight)
    since = round_.duties.filter(Q(fulfilled_at__gte=midnight) | lifted)
    steps = {DutyState.FULFILLED: "fulfil", DutyState.WAIVED: "waive", DutyState.VOID: "void"}
    Correction.objects.bulk_create(
        Correction(
            round=round_,
            duty=duty,
            agency_id=duty.agency_id,
            at=duty.fulfilled_at or duty.state_changed_at,
            step=steps[DutyState(duty.state)],
        )
        for duty in since
    )
