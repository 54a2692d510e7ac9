"""The one function that changes a release's state."""

from typing import Any

from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.notices import settle, tell
from accounts.models import Person
from accounts.permissions import check_permission, people_by_agency, people_with
from accounts.roles import Permission
from catalog.models import Release
from catalog.policies import check_transition
from catalog.states import ReleaseState, Transition
from core import clock

# What asks somebody to do something about a release, until its state changes.
ASKING = ("release.needs_fixing", "release.ready", "release.submitted", "release.returned")


def locked(release: Release) -> Release:
    """The release as it stands now, held until the transaction ends."""
    return (
        Release.objects.select_for_update(of=("self",))
        .select_related("resource__dataset__agency")
        .get(pk=release.pk)
    )


def apply(
    release: Release, name: str, *, by: Person | None, facts: dict[str, Any] | None = None
) -> Transition:
    """Take the step `name` on a locked release: right, state, audit row, notice.

    by=None: the portal itself. Raises ValidationError when the state does not allow the step, and
    accounts.permissions.Refused when the person may not take it.
    """
    step = check_transition(release, name)
    agency = release.resource.dataset.agency
    if step.permission is not None:
        if by is None:
            raise PermissionError(f"{name} is a person's step")
        check_permission(by, step.permission, agency)
    before = release.state
    release.state = step.target
    release.state_changed_at = clock.now()
    release.save()
    record(
        by=by,
        action=step.audit_action,
        target=release,
        agency=agency,
        before={"state": before},
        after={"state": step.target, **(facts or {})},
    )
    settle(kinds=ASKING, path=reverse("release", args=[release.pk]))
    _tell(release, step, facts or {})
    return step


def _tell(release: Release, step: Transition, facts: dict[str, Any]) -> None:
    if not step.notice:
        return
    tell(
        _audience(release, step),
        kind=step.notice,
        facts={
            "dataset": release.resource.dataset.title_vi,
            "period": release.period,
            "problems": release.error_count,
            "reason": facts.get("reason", ""),
        },
        path=reverse("release", args=[release.pk]),
    )


def _audience(release: Release, step: Transition) -> list[Person]:
    """Approvers hear of what waits for them; everything else goes to those who delivered it.

    Of a pulled file all who deliver for the agency; of its publication the approvers as well.
    """
    agency = release.resource.dataset.agency
    if step.target == ReleaseState.SUBMITTED:
        return list(people_with(Permission.DECIDE_RELEASE, agency))
    if release.source_id is not None:
        heads = (Permission.DECIDE_RELEASE,) if step.name == "publish_pulled" else ()
        return people_by_agency((Permission.UPLOAD_RELEASE, *heads), [agency.pk]).get(agency.pk, [])
    senders = [pk for pk in (release.uploaded_by_id, release.submitted_by_id) if pk is not None]
    return list(Person.objects.filter(pk__in=senders, is_active=True))
