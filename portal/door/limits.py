"""How large and how slow the body of a request may be, by its address and who seems to send it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation

KILOBYTE = 1024
MEGABYTE = 1024 * KILOBYTE


@dataclass(frozen=True)
class Pace:
    """How slowly a body may come: `seconds`, and one more for each `bytes_per_second` that came.

    No single wait may be longer than `idle` seconds.
    """

    seconds: float
    bytes_per_second: int
    idle: float

    def patience(self, received: int, elapsed: float) -> float:
        """Seconds that the next bytes may take."""
        return min(self.idle, self.seconds + received / self.bytes_per_second - elapsed)


@dataclass(frozen=True)
class Limits:
    """`most` bytes at a pace. `holds_file`: it goes on to a thread as it comes."""

    most: int
    pace: Pace
    holds_file: bool = False


FORM_PACE = Pace(seconds=10, bytes_per_second=20_000, idle=10)
FILE_PACE = Pace(seconds=30, bytes_per_second=8_000, idle=60)
# Somebody who has not signed in sends a search, a password or a choice.
ANONYMOUS = Limits(16 * KILOBYTE, FORM_PACE)
# Fields beside the file; and a file a little too large is refused by its form, which says so better.
BESIDE_FILE = 16 * MEGABYTE


def limits_of(path: str, cookies: str) -> Limits:
    """The limits of a body sent to `path` with the Cookie header `cookies`.

    The cookie is not looked up: whether somebody has signed in is asked before a file is taken
    (portal.middleware). Here it only keeps those who do not even claim to.
    """
    if f"{settings.SESSION_COOKIE_NAME}=" not in cookies:
        return ANONYMOUS
    largest = largest_file(path)
    if largest is None:
        return Limits(settings.DATA_UPLOAD_MAX_MEMORY_SIZE, FORM_PACE)
    return Limits(largest + BESIDE_FILE, FILE_PACE, holds_file=True)


def largest_file(path: str) -> int | None:
    """Bytes of the largest file the page at `path` takes (catalog.upload.takes_file); None for no file."""
    with translation.override(translation.get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            view = resolve(path).func
        except Resolver404:
            return None
    size = getattr(view, "largest_file", None)
    return size() if size else None
