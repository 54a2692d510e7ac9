"""JSON files: an array with one object per row, keys without accents, ISO dates."""

import json
from datetime import date
from pathlib import Path

from demo.model import DemoResource
from demo.sheet import Value


def write(
    path: Path, resource: DemoResource, titles: list[str], table: dict[str, list[Value]]
) -> None:
    """Write the table; JSON has no place for title rows."""
    records = objects([column.name for column in resource.columns], table)
    path.write_text(
        json.dumps(records, ensure_ascii=False, default=iso, indent=1), encoding="utf-8"
    )


def objects(names: list[str], table: dict[str, list[Value]]) -> list[dict[str, Value]]:
    """One dictionary per row."""
    rows = zip(*(table[name] for name in names), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def iso(value: object) -> str:
    """A date as JSON writes it. Raises TypeError for anything else."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not a date: {value!r}")
