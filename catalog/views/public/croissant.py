"""/dataset/<slug>/croissant.json: the dataset in Croissant, MLCommons' words for machine learning.

Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html), JSON-LD built on
schema.org. Every period is there as files; the newest one of every table is a set of records, read
from Parquet: a reader of CSV would take the code "00123" for a number.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime

from catalog.api.gate import open_to_all
from catalog.downloads import Format, download_path, file_name
from catalog.explorer.table_schema import table_schema
from catalog.models import Dataset, Release
from catalog.views.public.machine_description import (
    PublicDataset,
    absolute,
    description_answer,
    filled,
    title_of,
)

MEDIA_TYPE = "application/ld+json"
CONFORMS_TO = "http://mlcommons.org/croissant/1.0"
# The context every Croissant 1.0 document carries (its appendix 1).
CONTEXT: dict[str, Any] = {
    "@language": "vi",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}
# Table Schema's types in schema.org's words; GeoJSON is a text.
DATA_TYPES = {
    "string": "sc:Text",
    "integer": "sc:Integer",
    "number": "sc:Float",
    "date": "sc:Date",
    "datetime": "sc:DateTime",
    "boolean": "sc:Boolean",
    "geojson": "sc:Text",
}


@open_to_all
def croissant(request: HttpRequest, slug: str) -> HttpResponse:
    return description_answer(request, slug, croissant_dataset, MEDIA_TYPE)


def croissant_dataset(found: PublicDataset) -> dict[str, Any]:
    """The JSON-LD document; a dataset whose data are not open has no files and no records."""
    dataset = found.dataset
    terms = dataset.terms
    facts = {
        "name": dataset.title_vi,
        "alternateName": dataset.title_en,
        "description": found.description,
        "url": absolute(dataset.get_absolute_url()),
        "identifier": str(dataset.pk),
        "license": f"{absolute(reverse('terms'))}#{terms.code}" if terms else "",
        "creator": _agency(dataset),
        "publisher": _agency(dataset),
        "datePublished": _day(dataset.first_published_at),
        "dateModified": _day(dataset.data_updated_at or dataset.modified_at),
        "version": _version(dataset),
        "keywords": dataset.keywords,
        "inLanguage": "vi",
        "citeAs": _citation(dataset),
        "distribution": [
            file for table in found.tables for release in table.releases for file in _files(release)
        ],
        "recordSet": [_records(table.releases[0]) for table in found.tables],
    }
    head = {"@context": CONTEXT, "@type": "sc:Dataset", "conformsTo": CONFORMS_TO}
    # A later period or a correction changes it at the same address.
    return head | filled(facts) | {"isLiveDataset": True}


def _files(release: Release) -> list[dict[str, Any]]:
    """The release as Parquet, which keeps the types, and as CSV."""
    return [
        _file(release, Format.PARQUET, "application/x-parquet", release.parquet_size),
        _file(release, Format.CSV, "text/csv", release.csv_size),
    ]


def _file(release: Release, format: Format, media_type: str, size: int | None) -> dict[str, Any]:
    return filled(
        {
            "@type": "cr:FileObject",
            "@id": file_name(release, format),
            "name": file_name(release, format),
            "description": title_of(release),
            "contentUrl": absolute(download_path(release, format)),
            "contentSize": f"{size} B",
            "encodingFormat": media_type,
            "sha256": release.sha256_of(format),
        }
    )


def _records(release: Release) -> dict[str, Any]:
    table = release.resource
    schema = table_schema(table, release)
    return filled(
        {
            "@type": "cr:RecordSet",
            "@id": table.name,
            "name": table.name,
            "description": title_of(release),
            "key": [{"@id": f"{table.name}/{name}"} for name in schema.get("primaryKey", [])],
            "field": [_field(release, field) for field in schema["fields"]],
        }
    )


def _field(release: Release, field: dict[str, Any]) -> dict[str, Any]:
    unit = f" ({field['unit']})" if field.get("unit") else ""
    meaning = f": {field['description']}" if field.get("description") else ""
    return {
        "@type": "cr:Field",
        "@id": f"{release.resource.name}/{field['name']}",
        "name": field["name"],
        "description": f"{field['title']}{unit}{meaning}",
        "dataType": DATA_TYPES[field["type"]],
        "source": {
            "fileObject": {"@id": file_name(release, Format.PARQUET)},
            "extract": {"column": field["name"]},
        },
    }


def _agency(dataset: Dataset) -> dict[str, str]:
    agency = dataset.agency
    return {
        "@type": "sc:Organization",
        "name": agency.name_vi,
        "url": absolute(reverse("organization", args=[agency.slug])),
    }


def _citation(dataset: Dataset) -> str:
    site = "Kho dữ liệu tỉnh Nghệ An"
    address = absolute(dataset.get_absolute_url())
    return f"{dataset.agency.name_vi}, “{dataset.title_vi}”, {site}, {address}"


def _version(dataset: Dataset) -> str:
    """The day of the last change as major.minor.patch, the form the specification recommends."""
    changed = localtime(dataset.data_updated_at or dataset.modified_at)
    return f"{changed.year}.{changed.month}.{changed.day}"


def _day(moment: datetime | None) -> str:
    return localtime(moment).date().isoformat() if moment else ""
