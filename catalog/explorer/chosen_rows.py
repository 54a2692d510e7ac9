"""The rows a table shows, all pages of them, as files."""

from dataclasses import dataclass

from catalog.downloads import Format, download_path
from catalog.explorer.look import Look
from catalog.explorer.table_query import address


@dataclass(frozen=True)
class ChosenRows:
    """One way to take the rows home."""

    label: str
    path: str


def chosen_rows(look: Look) -> list[ChosenRows]:
    """The formats, CSV first."""
    return [
        ChosenRows(format.label, download_path(look.release, format) + address(look.query.pairs))
        for format in (Format.CSV,)
    ]
