"""No secret that stands in an address reaches a log: invitations, links of forgotten passwords, calendars.

Which addresses carry one is read off the routes: a part called token, key, secret or password. What stands
in the place of the first part is masked in every text that is logged, also where an address is quoted in
another one (`?next=%2Floi-moi%2F…`); of a query the values of parameters with such names.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern

SECRET_PART = re.compile(r"token|key|secret|password", re.IGNORECASE)
# In a query also what a provider of single sign-on sends back.
SECRET_PARAMETER = re.compile(
    r"([?&](?:[^=&\s]*(?:token|secret|password|api_?key)[^=&\s]*|key|code|state|signature|sig)=)[^&\s\"']*",
    re.IGNORECASE,
)
SLASH = "(?:/|%(?:25)*2F)"
ENDS = r"""[^\s"'<>?&#]+"""
MASK = "…"


def masked(text: str) -> str:
    """The text without what its addresses keep secret."""
    return SECRET_PARAMETER.sub(rf"\1{MASK}", _secret_addresses().sub(rf"\1{MASK}", text))


def mask_event(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """A structlog processor: masks every text of the event, the last before it is written."""
    return {
        name: masked(value) if isinstance(value, str) and name != "timestamp" else value
        for name, value in event.items()
    }


def secret_routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(what the route begins with, up to its first part; the names of its parts) of those with a secret."""
    for route, parts in all_routes():
        if any(SECRET_PART.search(part) for part in parts):
            yield route, parts


def all_routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from _routes(get_resolver(), "")


def _routes(resolver: URLResolver, outer: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        pattern = entry.pattern
        # The prefix of a language is not part of what is looked for: it stands before it.
        own = "" if isinstance(pattern, LocalePrefixPattern) else str(pattern)
        if isinstance(pattern, RegexPattern):
            own = own.removeprefix("^")
        if isinstance(entry, URLResolver):
            yield from _routes(entry, outer + own)
        elif isinstance(entry, URLPattern):
            path = outer + own
            names = re.findall(r"<(?:[^:<>]+:)?(\w+)>", path)
            yield re.split(r"<|\(", path, maxsplit=1)[0], tuple(names)


_NOTHING = re.compile("(?!)")
_found: list[re.Pattern[str]] = []


def _secret_addresses() -> re.Pattern[str]:
    """Read off the routes once; what is logged while they load is before any request."""
    if not _found:
        _found.append(_NOTHING)
        _found[0] = _compiled()
    return _found[0]


def _compiled() -> re.Pattern[str]:
    beginnings = sorted({route for route, _parts in secret_routes()})
    alternatives = "|".join(re.escape(one).replace("/", SLASH) for one in beginnings)
    return re.compile(f"({SLASH}(?:{alternatives})){ENDS}", re.IGNORECASE)
