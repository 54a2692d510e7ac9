"""Late is late, also when nobody looks."""

from django.db import transaction

from core import clock
from deadlines.actions.duties import each_locked, take_step
from deadlines.models import Duty
from deadlines.states import DutyState

AT_ONCE = 1000


def mark_overdue() -> int:
    """Every open duty whose last day has ended becomes overdue; how many. A thousand at a time."""
    late = Duty.objects.filter(state=DutyState.OPEN, due__lt=clock.today()).order_by("pk")
    marked = 0
    while ids := list(late.values_list("pk", flat=True)[:AT_ONCE]):
        marked += _mark(ids)
    return marked


@transaction.atomic
def _mark(ids: list[int]) -> int:
    """Looks again at each once it is held: somebody may have fulfilled or extended it meanwhile."""
    today = clock.today()
    late = [d for d in each_locked(ids) if d.state == DutyState.OPEN and d.due < today]
    take_step(late, "pass_due", by=None)
    return len(late)
