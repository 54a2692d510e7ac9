"""How a pull ends: with a checked release, perhaps published at once, or with the reason why not."""

from typing import Any

from django.db import transaction
from django.db.models import F
from django.urls import reverse

from accounts.actions.notices import tell
from accounts.permissions import people_with
from accounts.roles import Permission
from catalog.actions import decision
from catalog.delivered import same_file_before
from catalog.models import Pull, Release, Source
from catalog.models.source import OPEN
from catalog.source_policies import good_pulls, may_publish
from catalog.states import ReleaseState
from core import clock

TELL_AFTER = 3  # failures in a row; told once


def publishes_itself(release: Release) -> bool:
    """Whether the release in the making will be published when its check passes."""
    pull = _pull_of(release)
    return pull is not None and _goes_out(pull, release)


def _goes_out(pull: Pull, release: Release) -> bool:
    """What is byte for byte another period's file waits for a person to say that this is right."""
    return may_publish(pull) and same_file_before(release) is None


def conclude(release: Release) -> None:
    """The check of a release is over, or nobody waits for it: so is its pull, in one transaction.

    What an approved source gave for a period that is due is published. Nothing happens for an uploaded
    release.
    """
    pull = _pull_of(release)
    if pull is None:
        return
    if release.state == ReleaseState.READY:
        deliver(pull, release)
    elif release.state == ReleaseState.NEEDS_FIXING:
        end(pull, Pull.State.NEEDS_FIXING, release)
    else:
        fail(pull, "discarded")


def deliver(pull: Pull, release: Release) -> None:
    """The release passes: the pull has succeeded, and publishes it if it may."""
    publishes = _goes_out(pull, release)
    end(pull, Pull.State.OK, release)
    if publishes:
        decision.publish_pulled(release=release)


@transaction.atomic
def end(pull: Pull, state: Pull.State, release: Release) -> None:
    """Data came. The log is the pull itself: the audit trail tells of the release."""
    pull.state, pull.ended_at = state, clock.now()
    pull.release, pull.rows = release, release.row_count
    pull.save()
    Source.objects.filter(pk=pull.source_id).update(failures=0)
    if state in (Pull.State.OK, Pull.State.UNCHANGED):
        _ask_for_approval(pull)


@transaction.atomic
def fail(
    pull: Pull, code: str, params: dict[str, Any] | None = None, *, status: int | None = None
) -> None:
    """Nothing came of it. The third failure in a row of the schedule is told to those who deliver."""
    pull.state, pull.ended_at = Pull.State.FAILED, clock.now()
    pull.code, pull.params = code, params or {}
    pull.status_code = status or pull.status_code
    pull.save()
    if pull.asked_by_id is not None or code == "discarded":
        return
    Source.objects.filter(pk=pull.source_id).update(failures=F("failures") + 1)
    if Source.objects.get(pk=pull.source_id).failures == TELL_AFTER:
        _tell(pull, "source.failing", Permission.UPLOAD_RELEASE)


def _ask_for_approval(pull: Pull) -> None:
    """Approvers hear once that a source works as it is set up now."""
    source = pull.source
    confirmed = source.resource.columns_confirmed_at is not None
    if source.approved_at is None and confirmed and good_pulls(source).count() == 1:
        _tell(pull, "source.waiting", Permission.DECIDE_RELEASE)


def _tell(pull: Pull, kind: str, permission: Permission) -> None:
    dataset = pull.source.resource.dataset
    tell(
        people_with(permission, dataset.agency),
        kind=kind,
        facts={
            "dataset": dataset.title_vi,
            "period": pull.period,
            "failure": {"code": pull.code, "params": pull.params},
        },
        path=reverse("source", args=[pull.source.resource_id]),
    )


def _pull_of(release: Release) -> Pull | None:
    """The open pull the release came from, held with its source until the transaction ends."""
    if release.source_id is None:
        return None
    return (
        Pull.objects.select_for_update(of=("self", "source"))
        .select_related("source__resource__dataset__agency")
        .filter(release=release, state__in=OPEN)
        .first()
    )
