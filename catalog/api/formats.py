"""The formats an answer may have, and which of them a request prefers (RFC 9110, 12.5.1)."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from catalog.api.problems import Problem

JSON = "json"


@dataclass(frozen=True)
class Format:
    """`media_types`: the first is what we send, all are what a request may call it."""

    code: str
    ending: str
    media_types: tuple[str, ...]
    is_text: bool = True

    @property
    def content_type(self) -> str:
        """The Content-Type field; JSON is UTF-8 without saying so (RFC 8259)."""
        charset = "" if "json" in self.media_types[0] or not self.is_text else "; charset=utf-8"
        return f"{self.media_types[0]}{charset}"


FORMATS: dict[str, Format] = {
    one.code: one
    for one in (
        Format(JSON, "json", ("application/json",)),
        Format("csv", "csv", ("text/csv",)),
        Format(
            "ndjson",
            "ndjson",
            ("application/x-ndjson", "application/ndjson", "application/jsonl"),
        ),
        Format(
            "xlsx",
            "xlsx",
            ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
            is_text=False,
        ),
        Format(
            "parquet",
            "parquet",
            ("application/vnd.apache.parquet", "application/x-parquet"),
            is_text=False,
        ),
        Format("geojson", "geojson", ("application/geo+json",)),
    )
}


def accepted_format(request: HttpRequest) -> Format:
    """The format the Accept header likes best, JSON where it does not care. Raises the problem 406."""
    header = request.headers.get("Accept", "")
    if header in ("", "*/*", "application/json"):
        return FORMATS[JSON]
    names = [name for one in FORMATS.values() for name in one.media_types]
    preferred = request.get_preferred_type(names)
    for one in FORMATS.values():
        if preferred in one.media_types:
            return one
    raise Problem(
        "not-acceptable",
        _("Không có định dạng mà tiêu đề Accept yêu cầu: hãy dùng tham số format."),
        parameter="Accept",
        allowed=[one.media_types[0] for one in FORMATS.values()],
    )
