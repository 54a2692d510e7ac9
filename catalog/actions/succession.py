"""The datasets of a merged agency go to the agency that has its work."""

from uuid import UUID

from django.db import transaction

from accounts.actions.audit import record
from accounts.models import Agency
from catalog.actions.search import index
from catalog.models import Dataset
from core import clock
from deadlines.actions.duties import successor_of


def pass_on() -> int:
    """Move what belongs to agencies that have ended; how many datasets."""
    ended = Dataset.objects.filter(
        agency__valid_to__lt=clock.today(), agency__successor__isnull=False
    )
    return sum(_pass_on(pk) for pk in list(ended.values_list("pk", flat=True)))


@transaction.atomic
def _pass_on(pk: UUID) -> int:
    dataset = Dataset.objects.select_for_update().get(pk=pk)
    old: Agency = dataset.agency
    new = successor_of(old)
    if new.pk == old.pk:
        return 0
    dataset.agency, dataset.modified_at = new, clock.now()
    dataset.save(update_fields=["agency", "modified_at"])
    record(
        by=None,
        action="dataset.passed_on",
        target=dataset,
        agency=new,
        before={"agency": old.key},
        after={"agency": new.key},
    )
    index(dataset)
    return 1
