"""What this installation allows a pull."""

from django.conf import settings

from catalog.pulling.connection import Limits
from catalog.pulling.guard import Allowance


def allowance() -> Allowance:
    return Allowance(
        hosts=frozenset(settings.PULL_ALLOWED_PRIVATE_HOSTS), http=settings.PULL_ALLOW_HTTP
    )


def limits() -> Limits:
    return Limits(
        size=settings.UPLOAD_MAX_BYTES,
        seconds=settings.PULL_SECONDS,
        ca_file=settings.PULL_CA_FILE,
    )
