"""The data dictionary of a release as CSV: what its columns are called, mean and hold."""

import csv
import io
from typing import Any

from django.utils.translation import override

from catalog.models import Release
from catalog.problem_words import type_name
from tables.storing.building import guarded

_BOM = "\ufeff"
_HEADER = (
    "Cột", "Nhãn", "Kiểu", "Đơn vị", "Ý nghĩa", "Ý nghĩa (tiếng Anh)", "Ô trống (%)", "Nhỏ nhất",
    "Lớn nhất",
)  # fmt: skip
_NUMBERS = ("integer", "number")


def dictionary_csv(release: Release) -> str:
    """UTF-8 with a byte order mark, one line for each column; in Vietnamese like the data's own header,
    for the address is the same in every language.

    The share of empty cells is in percent with a point, the ends as they stand in the data: dates
    ISO, of geometries none.
    """
    described = {column["name"]: column for column in release.resource.columns}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    with override("vi"):
        writer.writerow(_HEADER)
        for profile in release.columns:
            writer.writerow(_line(profile, described.get(profile["name"], {}), release.row_count))
    return _BOM + out.getvalue()


def _line(profile: dict[str, Any], words: dict[str, Any], row_count: int | None) -> list[str]:
    texts = [
        words.get("label") or profile["label"],
        str(type_name(profile["type"])),
        words.get("unit", ""),
        words.get("description_vi", ""),
        words.get("description_en", ""),
    ]
    ends = [_end(profile, "min"), _end(profile, "max")]
    return [profile["name"], *map(guarded, texts), _empty(profile, row_count), *ends]


def _empty(profile: dict[str, Any], row_count: int | None) -> str:
    return f"{100 * profile.get('nulls', 0) / row_count:.4g}" if row_count else ""


def _end(profile: dict[str, Any], which: str) -> str:
    value = profile.get(which)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if profile["type"] in _NUMBERS else guarded(str(value))
