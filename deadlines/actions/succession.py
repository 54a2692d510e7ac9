"""A merged agency passes on what it still has to do."""

from collections import defaultdict

from django.db import transaction

from core import clock
from deadlines.actions.duties import each_locked, successor_of, take_step
from deadlines.kinds import all_kinds
from deadlines.models import Duty
from deadlines.states import LIVE


def pass_on() -> int:
    """Everything of agencies that have ended goes to those that have their work; how many duties."""
    for kind in all_kinds():
        kind.pass_on()
    ended = Duty.objects.filter(
        state__in=LIVE, agency__valid_to__lt=clock.today(), agency__successor__isnull=False
    )
    ids = list(ended.values_list("pk", flat=True))
    return _pass_on(ids) if ids else 0


@transaction.atomic
def _pass_on(ids: list[int]) -> int:
    by_agency: dict[int, list[Duty]] = defaultdict(list)
    for duty in each_locked(ids):
        by_agency[duty.agency_id].append(duty)
    moved = 0
    for duties in by_agency.values():
        moved += _to_successor([duty for duty in duties if duty.is_live])
    return moved


def _to_successor(duties: list[Duty]) -> int:
    if not duties:
        return 0
    old = duties[0].agency
    new = successor_of(old)
    if new.pk == old.pk:
        return 0
    for duty in duties:
        duty.agency = new
    before, after = {"agency": old.key}, {"agency": new.key}
    take_step(duties, "pass_on", by=None, before=before, facts=after, changed=("agency",))
    return len(duties)
