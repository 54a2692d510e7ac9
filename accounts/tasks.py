"""Background work of the accounts app: letters leave here, failed sign-ins go into the audit trail."""

from datetime import timedelta
from urllib.parse import urlsplit

import structlog
from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from accounts.actions.failed_proofs import record_failures
from accounts.models import OutboxMessage
from core import clock

log = structlog.get_logger(__name__)
MOST_ATTEMPTS = 10
NOT_SENT = (OSError, ValueError)  # the mail server's refusal, a full disk; an impossible header


@shared_task(name="accounts.deliver_outbox")
def deliver_outbox() -> int:
    """Send what waits in the outbox, oldest first; the number sent.

    Two runs at once take different rows. Each letter is marked in its own transaction; should the
    worker die between sending and marking, the letter goes out again under the same Message-ID.
    """
    sent = 0
    while (outcome := _deliver_next()) is not None:
        sent += outcome
    return sent


@shared_task(name="accounts.record_failures")
def record_failed_proofs() -> int:
    """Write failed sign-ins of the minutes gone by into the audit trail; how many events."""
    return record_failures()


def _deliver_next() -> int | None:
    """1 for a letter sent, 0 for one that failed, None when nothing waits."""
    with transaction.atomic():
        message = _waiting().first()
        if message is None:
            return None
        message.attempts += 1
        try:
            _send(message)
        except NOT_SENT as error:
            _put_off(message, error)
            return 0
        message.sent_at = clock.now()
        message.body = ""  # a letter may carry an invitation link, which is a secret
        message.save(update_fields=["sent_at", "attempts", "body"])
        return 1


def _waiting() -> QuerySet[OutboxMessage]:
    return (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(sent_at__isnull=True, given_up_at__isnull=True, next_try_at__lte=clock.now())
        .order_by("next_try_at")
    )


def _send(message: OutboxMessage) -> None:
    host = urlsplit(settings.SITE_URL).hostname
    EmailMessage(
        subject=message.subject,
        body=message.body,
        to=[message.to],
        headers={"Message-ID": f"<{message.pk}@{host}>"},
    ).send()


def _put_off(message: OutboxMessage, error: OSError | ValueError) -> None:
    log.warning(
        "letter_not_sent", message_id=str(message.pk), attempts=message.attempts, error=str(error)
    )
    message.last_error = str(error)[:300]
    message.next_try_at = clock.now() + timedelta(minutes=2 ** min(message.attempts, 8))
    if message.attempts >= MOST_ATTEMPTS:
        message.given_up_at = clock.now()
    message.save()
