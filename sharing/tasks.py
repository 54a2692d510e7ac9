"""Background work of sharing. Every task can run twice and be killed at any point."""

from celery import shared_task

from sharing.actions import accounts, stops


@shared_task(name="sharing.watch_terms")
def watch_terms() -> None:
    """Accounts whose term has passed expire, both sides warned before; planned stops begin and end."""
    stops.end_stops()
    stops.begin_stops()
    accounts.expire_accounts()
    accounts.warn_of_expiry()
