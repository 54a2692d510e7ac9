"""What one call was and gave, told after its answer has been sent: nobody waits for the record.

That it has begun is noted when it is counted; a process killed before the end leaves that.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, cast
from urllib.parse import unquote
from uuid import UUID, uuid4

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from accounts.origin import current_origin
from core import clock
from sharing.actions import calls
from sharing.gateway.callers import Caller
from sharing.gateway.redis_calls import asked

LONGEST_QUERY = 4_000  # characters
DEFECT = 500
# RFC 9700 forbids tokens in addresses; who sends one all the same shall not find it in the record.
SECRET_WORDS = ("token", "secret", "password", "authorization")


class Call:
    """One request to the gateway. `caller` once it is known, `headers` what is left of his quotas.

    The view says what it gives: the names of the columns, and how many rows up to now.
    """

    def __init__(self, request: HttpRequest, resource_id: UUID | None) -> None:
        self.request = request
        self.resource_id = resource_id
        self.caller: Caller | None = None
        self.headers: dict[str, str] = {}
        self.columns: Sequence[str] = ()
        self.rows: Callable[[], int] = int
        self.key = uuid4()
        self._bytes = 0
        self._at = clock.now()
        self._begun = time.perf_counter()
        self._address = current_origin().address

    def begun(self, caller: Caller) -> bytes:
        """The record of the call as it stands when nobody comes to tell its end."""
        return calls.encoded(
            {**self._facts(caller, calls.BROKEN_OFF_STATUS), "problem": calls.BROKEN_OFF}
        )

    def recorded(self, response: HttpResponseBase) -> HttpResponseBase:
        """The response; when its last byte has gone, the call is written down."""
        if self.caller is None:
            return response
        if isinstance(response, FileResponse):
            self._bytes = int(response.headers.get("Content-Length", 0))
        elif isinstance(response, StreamingHttpResponse):
            pieces = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = self._counted(pieces)
        elif isinstance(response, HttpResponse) and self.request.method != "HEAD":
            self._bytes = len(response.content)
        # Django closes a response after its last byte has gone to the server.
        response._resource_closers.append(  # type: ignore[attr-defined]
            lambda: self._note(response.status_code, getattr(response, "problem_code", ""))
        )
        return response

    def failed(self) -> None:
        """The view had a defect: the server answers 500."""
        if self.caller is not None:
            self._note(DEFECT, "defect")

    def _counted(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._bytes += len(piece)
            yield piece

    def _note(self, status: int, problem: str) -> None:
        if self.caller is None:
            return
        facts = {**self._facts(self.caller, status), "problem": problem}
        if not asked(lambda redis: calls.note(redis, facts), failing="gateway_call_not_noted"):
            calls.record(facts)

    def _facts(self, caller: Caller, status: int) -> dict[str, Any]:
        is_given = status == 200 and self.request.method == "GET"
        return {
            "key": self.key,
            "at": self._at,
            "account": caller.account_id,
            "credential": caller.credential_id,
            "resource": self.resource_id,
            "query": recorded_query(self.request.META.get("QUERY_STRING", "")),
            "fields": list(self.columns),
            "status": status,
            "rows": self.rows() if is_given else 0,
            "bytes": self._bytes,
            "milliseconds": round((time.perf_counter() - self._begun) * 1000),
            "address": self._address,
        }


def recorded_query(text: str) -> str:
    """The query string without the values of parameters that look like secrets."""
    parts = [_without_secret(part) for part in text.split("&")]
    return "&".join(parts)[:LONGEST_QUERY].encode(errors="replace").decode().replace("\x00", "")


def _without_secret(part: str) -> str:
    name, _sign, _value = part.partition("=")
    is_secret = any(word in unquote(name).lower() for word in SECRET_WORDS)
    return f"{name}=…" if is_secret else part
