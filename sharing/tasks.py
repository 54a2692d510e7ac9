"""Background work of sharing. Every task can run twice and be killed at any point."""

from uuid import UUID

from celery import shared_task

from deadlines.actions import trust
from sharing.actions import accounts, calls, documents, probes, stops

EVERY = 60  # seconds between two rounds of probe_due, as the schedule has it
LONGEST_LOOK = 120  # seconds, names that nobody resolves and all


@shared_task(name="sharing.watch_terms")
def watch_terms() -> None:
    """Accounts whose term has passed expire, both sides warned before; planned stops begin and end."""
    if not trust.may_go_on():
        return
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
    return calls.prune() if trust.may_go_on() else 0


@shared_task(name="sharing.probe_due")
def probe_due() -> None:
    """Endpoints that are due; what nobody has come to is asked for anew by the next round."""
    for service_id in probes.due_services():
        probe_service.apply_async((service_id,), expires=EVERY)


@shared_task(name="sharing.probe_service", time_limit=LONGEST_LOOK)
def probe_service(service_id: int) -> None:
    """One endpoint, whether it answers."""
    probes.probe(service_id)


@shared_task(name="sharing.prune_probes")
def prune_probes() -> int:
    """Looks that have been kept long enough go."""
    return probes.prune() if trust.may_go_on() else 0


@shared_task(name="sharing.check_document")
def check_document(document_id: str) -> None:
    """One document, what its signatures are worth."""
    documents.check(UUID(document_id))


@shared_task(name="sharing.resume_documents")
def resume_documents() -> int:
    """Documents that a killed worker or a lost message left unchecked."""
    return documents.resume_checks()
