"""A province in which whatever people write themselves is markup: titles, reasons, names, cells, answers."""

import html
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

# Out of an attribute, out of a title, out of a script, an address in Markdown, a template's own marks.
SHORT = "\"'><zqx onx=zqx>"
LONG = (
    "\"'><zqx onx=zqx> <img src=zqx onerror=zqx()> </title></textarea></script><script>zqx()</script> "
    "{{ 7|add:7 }}zqx [zqx](javascript:zqx) [q](x'onx=zqx)"
)
ADDRESS = "https://zqx.example/'\"><zqx/onx=zqx>"  # other schemes are refused as they come in
ROOMS = ("accounts", "deadlines", "sharing", "catalog")
NOT_WRITTEN_BY_PEOPLE = ("AdministrativeUnit", "UnitChange", "UsageBatch", "Sweep")
# What the portal makes itself, or checks to the letter as it comes in.
CODES = frozenset(
    [
        "key",
        "slug",
        "code",
        "number",
        "period",
        "kind",
        "subject",
        "name_sort",
        "title_sort",
        "search_text",
        "password",
        "token_hash",
        "hash",
        "previous_hash",
        "request_id",
        "object_type",
        "object_id",
        "agency_key",
        "action",
        "sha256",
        "file_key",
        "folder",
        "stage",
        "etag",
        "last_modified",
        "latest_period",
        "icon",
        "step",
        "clock",
        "hint",
        "fingerprint",
        "certificate",
        "header_sealed",
        "document_key",
        "path",
        "last_error",
        "error",
        "problem",
        "to",
        "email",
        "parent_code",
        "role_code",
        "verdict_code",
        "rows_path",
        "header_name",
        "contact_email",
    ]
)
ADDRESSES = frozenset({"url", "endpoint", "technical_document"})


def poison() -> int:
    """Write markup over every text that people write, past all checks; how many fields."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the audit trail, too
        fields = [(model, field) for model in _written() for field in _texts_of(model)]
        for model, field in fields:
            _overwrite(model, field)
        cursor.execute("SET LOCAL session_replication_role = origin")
    return len(fields)


def _written() -> Iterator[type[models.Model]]:
    for model in apps.get_models():
        if model._meta.app_label in ROOMS and model.__name__ not in NOT_WRITTEN_BY_PEOPLE:
            yield model


def _texts_of(model: type[models.Model]) -> Iterator["models.Field[Any, Any]"]:
    for field in model._meta.concrete_fields:
        kinds = (models.CharField, models.TextField, models.JSONField, ArrayField)
        is_own = field.choices or field.unique or field.name in CODES
        is_name_of_table = (model.__name__, field.name) == ("Resource", "name")
        if isinstance(field, kinds) and not is_own and not is_name_of_table:
            yield field


def _overwrite(model: type[models.Model], field: "models.Field[Any, Any]") -> None:
    rows = model._base_manager.all()
    if isinstance(field, models.JSONField | ArrayField):
        for key, kept in rows.values_list("pk", field.name):
            rows.filter(pk=key).update(**{field.name: poisoned(kept)})
    else:
        room = field.max_length or 10_000
        text = ADDRESS if field.name in ADDRESSES else LONG if room >= len(LONG) else SHORT
        rows.exclude(**{field.name: ""}).update(**{field.name: text[:room]})


def poisoned(kept: Any) -> Any:
    """The same with markup for every text of more than one word: a single word may be a code."""
    if isinstance(kept, dict):
        return {key: poisoned(value) for key, value in kept.items()}
    if isinstance(kept, list):
        return [poisoned(value) for value in kept]
    return LONG if isinstance(kept, str) and " " in kept else kept


class Seen(HTMLParser):
    """What a browser would make of a page that nobody meant to be there."""

    URLS = frozenset(
        {"href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcdoc"}
    )

    def __init__(self, page: str) -> None:
        super().__init__()
        self.arisen: list[str] = []
        self._script: str | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if "zqx" in tag or named.get("src") == "zqx":
            self.arisen.append(f"<{tag}>")
        self.arisen += [
            f"<{tag} {name}={value}>"
            for name, value in attrs
            if name.startswith("on") or "zqx" in name or (name in self.URLS and _runs(value or ""))
        ]
        if tag == "script":
            self._script = named.get("type") or "program"

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is None or not data.strip():
            return
        if not self._script.endswith("json"):
            self.arisen.append(f"script: {data[:80]}")
        else:
            json.loads(data)


def _runs(address: str) -> bool:
    plain = "".join(c for c in html.unescape(address) if c > " ").lower()
    return plain.startswith(("javascript:", "data:", "vbscript:"))
