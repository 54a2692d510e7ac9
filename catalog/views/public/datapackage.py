"""/dataset/<slug>/datapackage.json: the dataset as a Data Package of the Frictionless standards.

Version 2 (https://datapackage.org/standard/data-package/) with the names of version 1 beside those
that changed, so that readers of either understand it. A resource is the CSV of one table for one
period. Where the data are not open there are no resources, only what is said of the dataset.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from catalog.api.gate import open_to_all
from catalog.downloads import Format, download_path
from catalog.explorer.table_schema import table_schema
from catalog.models import Dataset, Licence, Release
from catalog.views.public.machine_description import (
    PublicDataset,
    absolute,
    description_answer,
    filled,
    title_of,
)

PROFILES = "https://datapackage.org/profiles/2.0"
# How data.csv is written (tables.storing.building); encoding UTF-8 with a byte order mark.
DIALECT = {
    "header": True,
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}


@open_to_all
def datapackage(request: HttpRequest, slug: str) -> HttpResponse:
    return description_answer(request, slug, data_package, "application/json")


def data_package(found: PublicDataset) -> dict[str, Any]:
    """The descriptor; text is Vietnamese, `…@en` beside it where somebody has translated it."""
    dataset = found.dataset
    return filled(
        {
            "$schema": f"{PROFILES}/datapackage.json",
            "profile": "data-package",
            "name": dataset.slug,
            "id": str(dataset.pk),
            "languages": ["vi", "en"],
            "title": dataset.title_vi,
            "title@en": dataset.title_en,
            "description": found.description,
            "description@en": dataset.description_en,
            "homepage": absolute(dataset.get_absolute_url()),
            "created": _moment(dataset.first_published_at),
            "modified": _moment(dataset.data_updated_at or dataset.modified_at),
            "keywords": dataset.keywords,
            "licenses": [_licence(dataset.terms)] if dataset.terms else [],
            "contributors": _contributors(dataset),
            "sources": [{"title": dataset.source_database}] if dataset.source_database else [],
            "spatial": dataset.spatial,
            "temporal": _coverage(dataset),
            "frequency": dataset.frequency,
            "access": dataset.access,
            "illustrative": dataset.is_illustrative,
        }
    ) | {"resources": _resources(found)}


def _resources(found: PublicDataset) -> list[dict[str, Any]]:
    """The newest period of every table first, then the earlier ones."""
    newest = [table.releases[0] for table in found.tables]
    earlier = [release for table in found.tables for release in table.releases[1:]]
    return [_resource(release) for release in [*newest, *earlier]]


def _resource(release: Release) -> dict[str, Any]:
    table = release.resource
    return filled(
        {
            "$schema": f"{PROFILES}/dataresource.json",
            "profile": "tabular-data-resource",
            "type": "table",
            "name": f"{table.name}_{release.period}".lower(),
            "title": title_of(release),
            "path": absolute(download_path(release, Format.CSV)),
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "bytes": release.csv_size,
            "hash": _hash(release.sha256_of("csv")),
            "dialect": DIALECT,
            "schema": table_schema(table, release, as_csv=True),
            "sources": [_original(release)],
            "period": release.period,
            "modified": _moment(release.published_at),
            "tableId": str(table.pk),
            "rowCount": release.row_count,
        }
    )


def _original(release: Release) -> dict[str, Any]:
    """The file as the agency delivered it."""
    return {
        "title": release.file_name,
        "path": absolute(download_path(release, Format.ORIGINAL)),
        "bytes": release.file_size,
        "hash": _hash(release.sha256),
    }


def _hash(sha256: str) -> str:
    return f"sha256:{sha256}" if sha256 else ""


def _licence(licence: Licence) -> dict[str, str]:
    return {
        "name": licence.code,
        "title": licence.title_vi,
        "path": f"{absolute(reverse('terms'))}#{licence.code}",
    }


def _contributors(dataset: Dataset) -> list[dict[str, Any]]:
    """The agency as publisher, and the post that answers questions; `role` is version 1's word."""
    agency = dataset.agency
    publisher = {
        "title": agency.name_vi,
        "path": absolute(reverse("organization", args=[agency.slug])),
        "role": "publisher",
        "roles": ["publisher"],
    }
    contact = {
        "title": dataset.contact_post,
        "email": dataset.contact_email,
        "organization": agency.name_vi,
        "role": "maintainer",
        "roles": ["contact"],
    }
    return [publisher, filled(contact)]


def _coverage(dataset: Dataset) -> dict[str, str]:
    days = {"start": dataset.temporal_start, "end": dataset.temporal_end}
    return {name: day.isoformat() for name, day in days.items() if day}


def _moment(moment: datetime | None) -> str:
    return localtime(moment).isoformat(timespec="seconds") if moment else ""
