"""Background work of the deadlines: one sweep, which may run twice and be killed anywhere."""

from celery import shared_task

from deadlines.actions import sweep as sweeping


@shared_task(name="deadlines.sweep")
def sweep() -> None:
    sweeping.sweep()
