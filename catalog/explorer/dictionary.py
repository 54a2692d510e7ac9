"""The tab that explains the columns."""

from dataclasses import dataclass

from catalog.explorer.cells import TableColumn
from catalog.explorer.look import Look


@dataclass(frozen=True)
class Dictionary:
    columns: list[TableColumn]
    status: int = 200


def dictionary(look: Look) -> Dictionary:
    """Every column of the release with the words of the agency."""
    return Dictionary(look.columns)
