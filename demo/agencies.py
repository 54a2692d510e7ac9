"""The agencies of the province as the reference table names them."""

import csv
from functools import cache
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "accounts" / "reference" / "agencies.csv"


@cache
def agencies() -> dict[str, dict[str, str]]:
    """The rows of the table by key, as text."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return {row["key"]: row for row in csv.DictReader(lines)}
