"""Check that nobody has touched the audit trail behind the database's back."""

from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions.audit import FIRST_HASH, broken_links
from accounts.models import AuditEvent

SHOWN = 10


class Command(BaseCommand):
    help = (
        "Check the chain of the audit trail. Exit code 1 and the first broken ids when it does not hold. "
        "Keep the last id and hash somewhere else: rows cut off the end leave no gap."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        broken = [event.pk for event in islice(broken_links(), SHOWN)]
        if broken:
            raise CommandError(f"The audit trail is broken at id {', '.join(map(str, broken))}.")
        last = AuditEvent.objects.order_by("id").last()
        self.stdout.write(
            f"{AuditEvent.objects.count()} events, unbroken. "
            f"Last id {last.pk if last else 0}, hash {last.hash if last else FIRST_HASH}"
        )
