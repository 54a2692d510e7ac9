"""Whether an address answers, and how fast: one GET of which only the head of the answer is read."""

import time
from dataclasses import dataclass

from catalog.pulling.connection import Limits, TimeLeft, answered
from catalog.pulling.guard import Allowance, resolve


@dataclass(frozen=True)
class Knocked:
    """Somebody spoke HTTP; `milliseconds` from the first packet to the head of the answer."""

    status: int
    milliseconds: int


def knock(url: str, *, allowance: Allowance, limits: Limits) -> Knocked:
    """Any status is an answer, and a redirect is not followed. Raises Failed where none came."""
    clock = TimeLeft(limits.seconds)
    place = resolve(url, allowance)
    headers = {
        "Host": place.host_header,
        "User-Agent": "kho-du-lieu-nghe-an",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    begun = time.monotonic()
    with answered(place, headers, limits, clock) as response:
        taken = time.monotonic() - begun
    return Knocked(response.status, round(taken * 1000))
