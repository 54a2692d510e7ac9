"""/chia-se/v1/services: what an account may use, for a program that does not know yet."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from catalog.api.problems import Problem
from catalog.api.readable_tables import ReadableTable
from catalog.models.words import in_readers_language
from sharing.gateway.callers import Caller
from sharing.gateway.tables import readable_table
from sharing.models import SharingService
from sharing.scopes import Granted


def services_of(caller: Caller) -> dict[str, Any]:
    """The members of the answer: data has the one service of the account, meta the account itself."""
    service = caller.service
    tables = [_table(granted, caller.revision) for granted in caller.tables]
    return {
        "data": [{**_service(service), "tables": tables}],
        "meta": {
            "account": caller.code,
            "valid_from": caller.valid_from,
            "valid_to": caller.valid_to,
            "calls_per_minute": caller.per_minute,
            "calls_per_day": caller.daily_quota,
            "networks": caller.networks,
        },
    }


def _service(service: SharingService) -> dict[str, Any]:
    return {
        "code": service.code,
        "title": service.title,
        "description": service.description,
        "version": service.version,
        "form": service.form,
        "method": service.method,
        "owner": service.owner.name,
        "use_rules": service.use_rules_vi,
        "availability": service.availability,
        "contact": {
            "post": service.contact_post,
            "email": service.contact_email or None,
            "phone": service.contact_phone or None,
        },
        "url": settings.SITE_URL + reverse("sharing_service", args=[service.code]),
    }


def _table(granted: Granted, revision: int) -> dict[str, Any]:
    """A table that gives nothing now says why; its other members stand all the same."""
    try:
        table = readable_table(granted, revision)
    except Problem as problem:
        return {"id": granted.resource_id, "problem": problem.body}
    return {
        "id": granted.resource_id,
        "title": table.resource.title,
        "dataset": table.dataset.title,
        "periods": table.periods,
        "columns": column_words(table),
        "all_columns": not table.hides_columns,
        "all_rows": not table.only,
        "links": {
            "rows": table.address("rows"),
            "profile": table.address("profile"),
            "schema": table.address("table-schema"),
            "openapi": table.address("table-openapi"),
        },
    }


def column_words(table: ReadableTable) -> list[dict[str, Any]]:
    """The columns of the newest release: name, label, type, unit and description."""
    words = {column["name"]: column for column in table.resource.columns}
    return [
        _column(profile, words.get(profile["name"], {})) for profile in table.releases[0].columns
    ]


def _column(profile: dict[str, Any], words: dict[str, Any]) -> dict[str, Any]:
    description = in_readers_language(
        words.get("description_vi", ""), words.get("description_en", "")
    )
    return {
        "name": profile["name"],
        "label": words.get("label") or profile["label"],
        "type": profile["type"],
        "unit": words.get("unit") or None,
        "description": description or None,
    }
