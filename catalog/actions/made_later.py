"""What is made of a release after it was published, and offered from then on."""

from django.db import transaction

from accounts.actions import audit
from catalog.models import Release


@transaction.atomic
def offer(release: Release, size_field: str, size: int, *, action: str) -> None:
    """Note the bytes of what was made in `size_field`, which was empty.

    Recorded, so that drawn pages are drawn anew; a second run, and one whose release was read anew
    meanwhile, changes nothing.
    """
    waiting = Release.objects.filter(pk=release.pk, folder=release.folder, **{size_field: None})
    if waiting.update(**{size_field: size}):
        audit.record(
            by=None,
            action=action,
            target=release,
            agency=release.resource.dataset.agency,
            after={"size": size},
        )
