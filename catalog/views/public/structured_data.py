"""The dataset in schema.org's words, for search engines: a data block in the page."""

import json
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from catalog.downloads import Download
from catalog.models import Dataset

# What would end the script element, or be read as markup, written as JSON escapes.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
MEDIA_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
}


def structured_data(dataset: Dataset, offered: list[Download]) -> SafeString:
    """JSON that is safe between <script type="application/ld+json"> tags."""
    text = json.dumps(_facts(dataset, offered), ensure_ascii=False)
    return mark_safe(text.translate(_ESCAPES))  # noqa: S308  nothing of markup is left


def _facts(dataset: Dataset, offered: list[Download]) -> dict[str, Any]:
    address = settings.SITE_URL + dataset.get_absolute_url()
    facts = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": address,
        "url": address,
        "identifier": str(dataset.pk),
        "name": dataset.title,
        "description": dataset.description,
        "keywords": dataset.keywords,
        "license": settings.SITE_URL + reverse("terms") if dataset.terms else "",
        "isAccessibleForFree": dataset.access == Dataset.Access.OPEN,
        "creator": {
            "@type": "GovernmentOrganization",
            "name": dataset.agency.name,
            "url": settings.SITE_URL + reverse("organization", args=[dataset.agency.slug]),
        },
        "spatialCoverage": dataset.spatial,
        "temporalCoverage": _coverage(dataset),
        "dateModified": dataset.data_updated_at.isoformat() if dataset.data_updated_at else "",
        "distribution": [_distribution(download) for download in offered if download.ready],
    }
    return {name: value for name, value in facts.items() if value not in ("", [])}


def _coverage(dataset: Dataset) -> str:
    if dataset.temporal_start is None:
        return ""
    end = dataset.temporal_end.isoformat() if dataset.temporal_end else ".."
    return f"{dataset.temporal_start.isoformat()}/{end}"


def _distribution(download: Download) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "contentUrl": settings.SITE_URL + download.path,
        "encodingFormat": MEDIA_TYPES.get(download.format, download.label),
    }
