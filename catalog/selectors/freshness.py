"""Whether a dataset's data came when they were due: what the tag beside its title says."""

from uuid import UUID

from catalog.delivered import DATASET_UPDATE
from core.kept import kept
from deadlines.models import Duty
from deadlines.states import DutyState


@kept(most=1024)
def newest_duty(dataset_id: UUID, revision: int) -> Duty | None:
    """The newest duty to update the dataset, with agency and round; None where nothing was ever owed.

    Kept by the process and shared like catalog.selectors.publication.dataset_at: whatever changes a
    duty is recorded, so `revision` is another one then. How it stands depends on the day, too.
    """
    duties = Duty.objects.filter(
        kind=DATASET_UPDATE, subject=str(dataset_id), round__isnull=False
    ).exclude(state=DutyState.VOID)
    return duties.select_related("agency", "round", "rule").order_by("-start").first()
