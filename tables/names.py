"""Technical column names: folded ASCII snake_case, unique, at most 63 bytes."""

import re
from collections.abc import Iterable

from core.vietnamese import fold

LONGEST = 63  # PostgreSQL's limit for an identifier, kept for exports
# DuckDB gives every table a `rowid`, and our queries use it.
_TAKEN = frozenset({"rowid"})


def technical_name(label: str, position: int) -> str:
    """ "Tên cơ sở" becomes "ten_co_so"; `position` (1-based) names what has no letters."""
    name = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:LONGEST].strip("_")
    if not name:
        return f"cot_{position}"
    return f"cot_{name}"[:LONGEST].rstrip("_") if name[0].isdigit() else name


def technical_names(labels: Iterable[str]) -> list[str]:
    """One unique name per label, in order; repeated names get `_2`, `_3`, …"""
    used = set(_TAKEN)
    names = []
    for position, label in enumerate(labels, start=1):
        name = _unused(technical_name(label, position), used)
        used.add(name)
        names.append(name)
    return names


def _unused(name: str, used: set[str]) -> str:
    candidate, number = name, 1
    while candidate in used:
        number += 1
        ending = f"_{number}"
        candidate = name[: LONGEST - len(ending)].rstrip("_") + ending
    return candidate
