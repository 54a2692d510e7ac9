"""An agency delivers: upload (or its API is pulled), submit, recall, discard."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import files, policies
from catalog.actions import pulled
from catalog.actions.checking import enqueue
from catalog.actions.states import apply, locked
from catalog.models import Release, Resource, Source
from catalog.states import FINAL, ReleaseState
from catalog.upload import IncomingFile
from core import clock
from core.vietnamese import normalise
from deadlines.periods import Period


@dataclass(frozen=True)
class TakenFile:
    """A delivered file that is in the storage already; size in bytes, SHA-256 in hexadecimal."""

    key: str
    name: str
    size: int
    sha256: str


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
        taken = TakenFile(new_key(), file.name or "", file.size or 0, file.sha256)
        files.store_incoming(file, taken.key)
    with transaction.atomic():
        release = _take(resource, period, taken, by)
    if release.file_key != taken.key:
        files.remove(taken.key)
    return release


def new_key() -> str:
    """Where in the storage a file that has come is kept."""
    return f"uploads/{uuid.uuid4()}"


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
    pulled.conclude(release)
    return release


def take_in(*, resource: Resource, period: Period, file: TakenFile, source: Source) -> Release:
    """The file that was pulled becomes a release, in the transaction of its pull; its check is queued.

    What the source gave before for the period, and nobody has decided on, is replaced. Raises
    ValidationError where a person has something in hand for the period.
    """
    _hold(resource)
    policies.check_not_submitted(resource, period)
    policies.check_nobody_prepares(resource, period)
    for earlier in _in_preparation(resource, period):
        apply(earlier, "replace_pulled", by=None, facts={"replaced": True})
    return _begin(resource, period, file, source=source)


def _take(resource: Resource, period: Period, file: TakenFile, by: Person) -> Release:
    _hold(resource)
    policies.check_not_submitted(resource, period)
    for earlier in _in_preparation(resource, period):
        same = earlier.sha256 == file.sha256 and earlier.source_id is None
        if same and earlier.state != ReleaseState.RETURNED:
            return earlier
        apply(earlier, "discard", by=by, facts={"replaced": True})
        pulled.conclude(earlier)
    return _begin(resource, period, file, by=by)


def _hold(resource: Resource) -> None:
    """One delivery at a time."""
    Resource.objects.select_for_update().get(pk=resource.pk)


def _begin(
    resource: Resource,
    period: Period,
    file: TakenFile,
    *,
    by: Person | None = None,
    source: Source | None = None,
) -> Release:
    """The new release, its file on the way to be checked."""
    release = _new_release(resource, period, file, by, source)
    facts = {"file": release.file_name, "size": release.file_size, "sha256": release.sha256}
    record(
        by=by,
        action="release.pulled" if source else "release.uploaded",
        target=release,
        agency=resource.dataset.agency,
        after={**facts, **({"source": source.address} if source else {})},
    )
    apply(release, "pull" if source else "check", by=by)
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
    resource: Resource, period: Period, file: TakenFile, by: Person | None, source: Source | None
) -> Release:
    last = resource.releases.filter(period=period.code).order_by("-number").first()
    return Release.objects.create(
        resource=resource,
        period=period.code,
        period_end=period.last_day,
        number=last.number + 1 if last else 1,
        file_name=normalise(file.name)[-255:],
        file_key=file.key,
        file_size=file.size,
        sha256=file.sha256,
        uploaded_by=by,
        source=source,
    )
