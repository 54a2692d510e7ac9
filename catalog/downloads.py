"""What a published release can be downloaded as: names, sizes, addresses.

A file is called <slug>_<period>.<format>, with the table's name between them where a dataset has
several; the file as the agency delivered it is called …_goc.<ending>, what its columns mean
…_tu-dien.csv.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from django.urls import reverse

from catalog import files
from catalog.explorer.geojson import placed_release
from catalog.models import Dataset, Release
from tables.limits import XLSX_ROWS

_NAME = re.compile(
    r".+_(?P<period>\d{4}(?:Q[1-4]|-\d\d(?:-\d\d)?)?)(?P<kind>_goc|_tu-dien)?"
    r"\.(?P<ending>[a-z0-9]{1,10})"
)


class Format(StrEnum):
    CSV = "csv"
    EXCEL = "xlsx"
    JSON = "json"
    JSON_LINES = "jsonl"
    GEOJSON = "geojson"
    PARQUET = "parquet"
    ORIGINAL = "goc"
    DICTIONARY = "tu-dien"

    @property
    def label(self) -> str:
        return LABELS.get(self, "")


LABELS = {
    Format.CSV: "CSV",
    Format.EXCEL: "XLSX",
    Format.JSON: "JSON",
    Format.JSON_LINES: "JSON Lines",
    Format.GEOJSON: "GeoJSON",
    Format.PARQUET: "Parquet",
}
# What the table engine calls the formats in which it writes the rows of a question.
ROWS_AS = {
    Format.CSV: "csv",
    Format.EXCEL: "xlsx",
    Format.JSON: "json",
    Format.JSON_LINES: "ndjson",
    Format.GEOJSON: "geojson",
    Format.PARQUET: "parquet",
}

KEPT_FILES = {Format.CSV: files.CSV, Format.EXCEL: files.EXCEL, Format.PARQUET: files.PARQUET}


@dataclass(frozen=True)
class Download:
    """One way to take a release home. `size` in bytes, None: made while it is sent."""

    format: Format
    label: str
    path: str
    size: int | None
    ready: bool = True


@dataclass(frozen=True)
class WantedFile:
    """What the name of a download asks for."""

    period: str
    format: Format


def wanted_file(name: str) -> WantedFile | None:
    """What a file name asks for; None when it is no name of ours."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    if match["kind"] == "_goc":
        return WantedFile(match["period"], Format.ORIGINAL)
    if match["kind"]:
        is_ours = match["ending"] == "csv"
        return WantedFile(match["period"], Format.DICTIONARY) if is_ours else None
    endings = {format.value: format for format in ROWS_AS}
    if match["ending"] not in endings:
        return None
    return WantedFile(match["period"], endings[match["ending"]])


def file_name(release: Release, format: Format) -> str:
    table = "" if _is_only_table(release.resource.dataset) else f"_{release.resource.name}"
    stem = f"{release.resource.dataset.slug}{table}_{release.period}"
    if format is Format.ORIGINAL:
        return f"{stem}_goc.{_original_ending(release)}"
    if format is Format.DICTIONARY:
        return f"{stem}_tu-dien.csv"
    return f"{stem}.{format}"


def download_path(release: Release, format: Format) -> str:
    """The address of a download, the same in every language."""
    name = file_name(release, format)
    return reverse("download", args=[release.resource.dataset.slug, release.resource_id, name])


def dictionary_path(release: Release) -> str:
    """The address of the CSV that says what the columns mean."""
    return download_path(release, Format.DICTIONARY)


def row_formats(release: Release) -> list[Format]:
    """What rows of the release can be taken as, CSV first; GeoJSON where they have a place."""
    return [
        format
        for format in ROWS_AS
        if format is not Format.GEOJSON or placed_release(release) is not None
    ]


def downloads_of(release: Release) -> list[Download]:
    """Everything the release can be taken as, CSV first; no Excel for more rows than a worksheet holds.

    Asks for the dataset's tables: prefetch resource__dataset__resources for a list of releases.
    """
    kept_sizes = {
        Format.CSV: release.csv_size,
        Format.EXCEL: release.excel_size,
        Format.PARQUET: release.parquet_size,
        Format.ORIGINAL: release.file_size,
    }
    sizes = {format: kept_sizes.get(format) for format in (*row_formats(release), Format.ORIGINAL)}
    return [
        Download(
            format,
            format.label or _original_ending(release).upper(),
            download_path(release, format),
            size,
            ready=format is not Format.EXCEL or size is not None,
        )
        for format, size in sizes.items()
        if format is not Format.EXCEL or fits_worksheet(release)
    ]


def fits_worksheet(release: Release) -> bool:
    return release.row_count is not None and release.row_count <= XLSX_ROWS


def _is_only_table(dataset: Dataset) -> bool:
    return len(dataset.resources.all()) == 1


def _original_ending(release: Release) -> str:
    ending = PurePath(release.file_name).suffix.lower().lstrip(".")
    return ending if re.fullmatch(r"[a-z0-9]{1,10}", ending) else "bin"
