"""What the columns of an answer are called."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from catalog.api.readable_tables import ReadableTable
from catalog.models import Release
from tables import Column, Query
from tables.querying.stacking import PERIOD

FUNCTION_WORDS: dict[str, Promise] = {
    "count": _("Số ô có giá trị"),
    "sum": _("Tổng"),
    "avg": _("Trung bình"),
    "min": _("Nhỏ nhất"),
    "max": _("Lớn nhất"),
    "median": _("Trung vị"),
    "distinct": _("Số giá trị khác nhau"),
}


def column_words(
    table: ReadableTable, releases: Sequence[Release], columns: Sequence[Column], query: Query
) -> list[dict[str, Any]]:
    """{name, label, type} of each column of a result, in its order, and its unit where it has one."""
    known = known_words(table, releases)
    results = {one.name: one for one in query.aggregates}
    return [
        _words(column, known.get(column.name, {}))
        if column.name in known or column.name not in results
        else _result_words(
            column, results[column.name].function, known, results[column.name].column
        )
        for column in columns
    ]


def known_words(table: ReadableTable, releases: Sequence[Release]) -> dict[str, dict[str, Any]]:
    """Column name → label and unit: the dictionary's, else those of the newest release that has it."""
    found: dict[str, dict[str, Any]] = {}
    if len(releases) > 1:
        found[PERIOD] = {"label": gettext("Kỳ dữ liệu")}
    for profile in (profile for release in releases for profile in release.columns):
        found.setdefault(profile["name"], {"label": profile["label"]})
    for column in table.resource.columns:
        if column["name"] in found:
            found[column["name"]] = {
                "label": column.get("label") or found[column["name"]]["label"],
                "unit": column.get("unit", ""),
            }
    return found


def _words(column: Column, words: dict[str, Any]) -> dict[str, Any]:
    said = {"name": column.name, "label": words.get("label", column.name), "type": column.type}
    return {**said, "unit": words["unit"]} if words.get("unit") else said


def _result_words(
    column: Column, function: str, known: dict[str, dict[str, Any]], of: str | None
) -> dict[str, Any]:
    if of is None:
        return {"name": column.name, "label": gettext("Số dòng"), "type": column.type}
    words = known.get(of, {})
    label = f"{FUNCTION_WORDS[function]}: {words.get('label', of)}"
    keeps_unit = function not in ("count", "distinct")
    return _words(column, {"label": label, "unit": words.get("unit", "") if keeps_unit else ""})
