"""Failures to show that an account is one's own, from where they were gathered into the audit trail."""

from datetime import timedelta

from django.apps import apps
from django.db import models, transaction

from accounts.actions.audit import Entry, record_many
from accounts.actions.trials import FORGOTTEN_AFTER
from accounts.models import Agency, FailedProof, TrialCount
from core import clock

AT_ONCE = 500


def record_failures() -> int:
    """One audit event for each account, proof and minute that is over; how many.

    An event and the end of what it was gathered from stand in one transaction: killed at any point, this
    goes on where it was. A minute is left alone for another one, lest somebody still counts in it.
    """
    done = 0
    while written := _record_some():
        done += written
    TrialCount.objects.filter(last_at__lt=clock.now() - 2 * FORGOTTEN_AFTER).delete()
    return done


@transaction.atomic
def _record_some() -> int:
    over = FailedProof.objects.filter(minute__lt=clock.now() - timedelta(minutes=2))
    rows = list(over.select_for_update(skip_locked=True).order_by("minute", "pk")[:AT_ONCE])
    agencies = {one.key: one for one in Agency.objects.filter(key__in={r.agency_key for r in rows})}
    entries = [
        Entry(
            "proof.failed",
            _target(row),
            agencies.get(row.agency_key),
            after={
                "proof": row.proof,
                "failures": row.count,
                "first_at": row.minute.isoformat(),
                "addresses": row.addresses,
            },
        )
        for row in rows
    ]
    record_many(by=None, entries=entries)
    FailedProof.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _target(row: FailedProof) -> models.Model:
    """Whose account it was; for one that does not exist, or no longer, the row itself."""
    if not row.object_type:
        return row
    model = apps.get_model(row.object_type)
    return model._default_manager.filter(pk=row.object_id).first() or row
