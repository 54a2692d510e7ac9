"""Background work of sharing. Every task can run twice and be killed at any point."""

from celery import shared_task

from sharing.actions import accounts, calls, stops


@shared_task(name="sharing.watch_terms")
def watch_terms() -> None:
    """Accounts whose term has passed expire, both sides warned before; planned stops begin and end."""
    stops.end_stops()
    stops.begin_stops()
    accounts.expire_accounts()
    accounts.warn_of_expiry()


@shared_task(name="sharing.store_calls")
def store_calls() -> int:
    """Calls through the gateway reach the database."""
    return calls.store()


@shared_task(name="sharing.prune_calls")
def prune_calls() -> int:
    """Calls and tokens that have been kept long enough go."""
    return calls.prune()
