"""The approver decides: publish, return, withdraw."""

from typing import Any

from django.db import transaction

from accounts.models import Person
from accounts.queue import after_commit
from accounts.reasons import check_reason
from catalog import delivered, policies
from catalog.actions.dataset import make_public, refresh_facts
from catalog.actions.search_index import wants_index
from catalog.actions.states import apply, locked
from catalog.models import Release, Resource
from catalog.states import ReleaseState
from core import clock


@transaction.atomic
def publish(*, release: Release, by: Person) -> Release:
    """Approve and publish in one step: the release becomes the one of its period.

    Raises ValidationError when it does not wait for a decision or `by` delivered it.
    """
    release = locked(release)
    policies.check_transition(release, "publish")
    policies.check_separate(release, by)
    release.decided_by, release.decided_at = by, clock.now()
    _publish(release, "publish", by=by, facts={})
    return release


@transaction.atomic
def publish_pulled(*, release: Release) -> Release:
    """Publish what an approved source gave, by the portal itself.

    Raises ValidationError for a release with errors, or of a dataset that takes no data any more.
    """
    release = locked(release)
    policies.check_transition(release, "publish_pulled")
    policies.check_submittable(release)
    policies.check_takes_data(release.resource.dataset)
    if release.source is None:
        raise PermissionError("only what was pulled is published without a person")
    _publish(release, "publish_pulled", by=None, facts={"source": release.source.address})
    return release


@transaction.atomic
def return_to_agency(*, release: Release, reason: str, by: Person) -> Release:
    """Send it back with the reason; the agency delivers again."""
    release = locked(release)
    policies.check_transition(release, "return")
    policies.check_separate(release, by)
    release.decision_reason = check_reason(reason)
    release.decided_by, release.decided_at = by, clock.now()
    apply(release, "return", by=by, facts={"reason": release.decision_reason})
    return release


@transaction.atomic
def withdraw(*, release: Release, reason: str, by: Person) -> Release:
    """Take one published period back; the dataset stays."""
    release = locked(release)
    policies.check_transition(release, "withdraw")
    release.decision_reason = check_reason(reason)
    apply(release, "withdraw", by=by, facts={"reason": release.decision_reason})
    refresh_facts(release.resource.dataset)
    delivered.unsettle(
        release.resource.dataset, release.as_period, by=by, reason=release.decision_reason
    )
    return release


def _publish(release: Release, step: str, *, by: Person | None, facts: dict[str, Any]) -> None:
    """The release becomes the one of its period, with all that follows from it."""
    _supersede_earlier(release)
    release.published_at = clock.now()
    apply(release, step, by=by, facts={"sha256": release.sha256, **facts})
    _confirm_columns(release)
    make_public(release.resource.dataset, by=by)
    refresh_facts(release.resource.dataset)
    delivered.settle(release.resource.dataset, release.as_period, by=by)
    # The index first: until it is there, a search in a large table may take too long.
    if wants_index(release):
        after_commit("catalog.prepare_search_index", str(release.pk))
    after_commit("catalog.prepare_excel", str(release.pk))


def _supersede_earlier(release: Release) -> None:
    Resource.objects.select_for_update().get(pk=release.resource_id)
    earlier = release.resource.releases.filter(
        period=release.period, state=ReleaseState.PUBLISHED
    ).first()
    if earlier is not None:
        apply(locked(earlier), "supersede", by=None, facts={"by": str(release.pk)})


def _confirm_columns(release: Release) -> None:
    """The first published release fixes the data dictionary; descriptions stay editable."""
    resource = release.resource
    if resource.columns_confirmed_at is not None:
        return
    described = {column["name"]: column for column in resource.columns}
    resource.columns = [
        {
            **described.get(column["name"], {}),
            "name": column["name"],
            "label": described.get(column["name"], {}).get("label") or column["label"],
            "type": column["type"],
        }
        for column in release.columns
    ]
    resource.columns_confirmed_at = clock.now()
    resource.save(update_fields=["columns", "columns_confirmed_at"])
