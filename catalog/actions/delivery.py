"""An agency delivers: upload, submit, recall, discard."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import files, policies
from catalog.actions.checking import enqueue
from catalog.actions.states import apply, locked
from catalog.models import Release, Resource
from catalog.states import FINAL, ReleaseState
from catalog.upload import IncomingFile
from deadlines.periods import Period
from portal import clock
from portal.vietnamese import normalise


def upload(*, resource: Resource, period_code: str, file: IncomingFile, by: Person) -> Release:
    """Take the file in for a period and queue its check.

    The same file once more gives the release it already made. A file in preparation for the period
    is replaced. Raises ValidationError for a dataset, period or file that cannot be taken.
    """
    with file:
        check_permission(by, Permission.UPLOAD_RELEASE, resource.dataset.agency)
        policies.check_takes_data(resource.dataset)
        period = policies.check_period(resource, period_code)
        check_file(file)
        key = f"uploads/{uuid.uuid4()}"
        files.store_incoming(file, key)
    with transaction.atomic():
        release = _take(resource, period, file, key, by)
    if release.file_key != key:
        files.remove(key)
    return release


def check_file(file: IncomingFile) -> None:
    if file.too_large:
        raise ValidationError(
            _("Tệp lớn hơn giới hạn. Hãy chia nhỏ tệp hoặc cung cấp dữ liệu qua API."),
            code="too_large",
        )
    if not file.size:
        raise ValidationError(_("Tệp rỗng. Hãy chọn tệp có dữ liệu."), code="empty")


@transaction.atomic
def submit(*, release: Release, by: Person, note: str = "") -> Release:
    """Hand a checked release to the approver; the first one fixes the data dictionary."""
    release = locked(release)
    policies.check_transition(release, "submit")
    policies.check_submittable(release)
    release.submitted_by, release.submitted_at, release.note = by, clock.now(), note.strip()
    apply(release, "submit", by=by, facts={"sha256": release.sha256, "rows": release.row_count})
    return release


@transaction.atomic
def recall(*, release: Release, by: Person) -> Release:
    """Take a submitted release back before it is decided."""
    release = locked(release)
    policies.check_transition(release, "recall")
    release.submitted_by = release.submitted_at = None
    apply(release, "recall", by=by)
    return release


@transaction.atomic
def discard(*, release: Release, by: Person) -> Release:
    """Give up a release that was never published."""
    release = locked(release)
    apply(release, "discard", by=by)
    return release


def _take(resource: Resource, period: Period, file: IncomingFile, key: str, by: Person) -> Release:
    Resource.objects.select_for_update().get(pk=resource.pk)  # one delivery at a time
    policies.check_not_submitted(resource, period)
    for earlier in _in_preparation(resource, period):
        if earlier.sha256 == file.sha256 and earlier.state != ReleaseState.RETURNED:
            return earlier
        apply(earlier, "discard", by=by, facts={"replaced": True})
    release = _new_release(resource, period, file, key, by)
    record(
        by=by,
        action="release.uploaded",
        target=release,
        agency=resource.dataset.agency,
        after={"file": release.file_name, "size": release.file_size, "sha256": release.sha256},
    )
    apply(release, "check", by=by)
    enqueue(release)
    return release


def _in_preparation(resource: Resource, period: Period) -> list[Release]:
    return list(
        resource.releases.select_for_update(of=("self",))
        .select_related("resource__dataset__agency")
        .filter(period=period.code)
        .exclude(state__in=FINAL)
    )


def _new_release(
    resource: Resource, period: Period, file: IncomingFile, key: str, by: Person
) -> Release:
    last = resource.releases.filter(period=period.code).order_by("-number").first()
    return Release.objects.create(
        resource=resource,
        period=period.code,
        period_end=period.last_day,
        number=last.number + 1 if last else 1,
        file_name=normalise(file.name or "")[-255:],
        file_key=key,
        file_size=file.size or 0,
        sha256=file.sha256,
        uploaded_by=by,
    )
