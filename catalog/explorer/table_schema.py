"""A release's columns as a Table Schema (https://datapackage.org/standard/table-schema/).

Written so that readers of version 1 and of version 2 of the specification both understand it.
"""

import csv
from collections.abc import Iterable
from typing import Any

from catalog.models import Release, Resource
from tables.storing.building import csv_header

# Our types in the specification's words; a geometry is GeoJSON text.
TYPES = {
    "text": "string",
    "integer": "integer",
    "number": "number",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
    "geometry": "geojson",
}
# Moments carry no zone: they are Vietnam's.
JSON_MOMENT, CSV_MOMENT = "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S"


def table_schema(resource: Resource, release: Release, *, as_csv: bool = False) -> dict[str, Any]:
    """The descriptor of the release's rows: fields, missing values, primary key.

    Fields are named as in the rows of the API, in Parquet and JSON; `as_csv`: as in the header
    of data.csv, which shows the agency's own headings, with the technical name in `columnName`.
    Titles and descriptions are Vietnamese, the English beside them as `title@en` (the pattern
    "Language support" of the Frictionless standards).
    """
    described = {column["name"]: column for column in resource.columns}
    headings = csv_headings(release)
    fields = [
        _field(profile, described.get(profile["name"], {}), heading if as_csv else "")
        for profile, heading in zip(release.columns, headings, strict=True)
    ]
    names = {field.get("columnName", field["name"]): field["name"] for field in fields}
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if resource.key_columns and set(resource.key_columns) <= names.keys():
        schema["primaryKey"] = [names[name] for name in resource.key_columns]
    return schema


def csv_headings(release: Release) -> list[str]:
    """The first line of the release's data.csv, as a reader of CSV sees it."""
    line = csv_header([column["label"] for column in release.columns])
    return next(csv.reader(_lines(line)), [])


def _lines(text: str) -> Iterable[str]:
    return text.removeprefix("\ufeff").splitlines(keepends=True)


def _field(profile: dict[str, Any], words: dict[str, Any], heading: str) -> dict[str, Any]:
    field = {
        "name": heading or profile["name"],
        "columnName": profile["name"] if heading else "",
        "title": words.get("label") or profile["label"],
        "description": words.get("description_vi", ""),
        "description@en": words.get("description_en", ""),
        "unit": words.get("unit", ""),
        "type": TYPES[profile["type"]],
        **_form(profile["type"], in_csv=bool(heading)),
    }
    # A rule the rows keep: releases from before the dictionary was confirmed may not.
    if words.get("required") and not profile.get("nulls"):
        field["constraints"] = {"required": True}
    return {name: value for name, value in field.items() if value != ""}


def _form(type_: str, *, in_csv: bool) -> dict[str, Any]:
    """How values of the type are written, where that is not the specification's default."""
    if type_ == "datetime":
        return {"format": CSV_MOMENT if in_csv else JSON_MOMENT}
    return {}
