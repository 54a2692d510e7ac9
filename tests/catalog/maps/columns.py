"""Columns as a release's profile describes them, with only what a test is about."""

from typing import Any

from catalog.explorer.cells import TableColumn


def column(
    name: str, type_: str = "text", values: tuple[Any, ...] = (), **facts: Any
) -> TableColumn:
    """A column that holds each of the values once."""
    filled = [value for value in values if value is not None]
    profile = {
        "name": name,
        "type": type_,
        "label": name,
        "unit": "",
        "description": "",
        "required": False,
        "nulls": len(values) - len(filled),
        "minimum": min(filled, default=None),
        "maximum": max(filled, default=None),
        "longest": max((len(str(value)) for value in filled), default=0),
        "distinct": len(set(filled)),
        "top": [(value, 1) for value in filled[:10]],
    }
    return TableColumn(**{**profile, **facts})
