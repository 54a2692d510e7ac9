"""Cells beside the table: right of the last heading. They are kept, in columns of their own."""

from collections.abc import Sequence

from tables.limits import PROBLEMS_PER_RULE
from tables.problems import ProblemLog


class Outside:
    """Counts the cells from column `named` (from 0) on and remembers the first of each column."""

    def __init__(self, named: int) -> None:
        self._named = self._widest = named
        self._first: dict[int, list[tuple[int, str]]] = {}
        self._counts: dict[int, int] = {}

    def see(self, number: int, row: Sequence[str]) -> None:
        """Look at the row with this number in the file."""
        for at in range(self._named, len(row)):
            if row[at].strip():
                self._counts[at] = self._counts.get(at, 0) + 1
                if self._counts[at] <= PROBLEMS_PER_RULE:
                    self._first.setdefault(at, []).append((number, row[at]))

    def widen(self, row: Sequence[str]) -> None:
        """Make room for a row that is reported otherwise."""
        filled = max(at for at, cell in enumerate(row, start=1) if cell.strip())
        self._widest = max(self._widest, filled)

    @property
    def wide(self) -> int:
        """Columns up to the last one that holds something."""
        return max(self._widest, max(self._counts, default=0) + 1)

    def report(self, labels: Sequence[str], log: ProblemLog) -> None:
        """Name each of the cells."""
        for at, count in sorted(self._counts.items()):
            for number, value in self._first[at]:
                log.add("outside_header", row=number, column=labels[at], value=value)
            log.counts["outside_header"] += count - len(self._first[at])


def named_beyond(labels: Sequence[str], wide: int) -> list[str]:
    """The labels and, up to `wide` of them, "Cột n" for what has no heading."""
    named = list(labels)
    for position in range(len(labels) + 1, wide + 1):
        label = f"Cột {position}"
        named.append(f"{label} (2)" if label in named else label)
    return named
