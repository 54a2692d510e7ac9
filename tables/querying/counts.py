"""How many rows match: counted once for every condition, since a table never changes.

Whoever leafs through what a filter left asks for the same count with every page.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path

KEPT = 10_000  # counts of one process: about 5 MB


class Counts:
    """Counts by tables and condition, the least recently asked for forgotten; safe with threads."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._lock = threading.Lock()
        self._found: OrderedDict[Hashable, int] = OrderedDict()

    def get(
        self, paths: Sequence[Path], where: str, params: Sequence[object], count: Callable[[], int]
    ) -> int:
        """The number `count` gives for that condition; it is called when it is not known."""
        try:
            key = (tuple(map(_identity, paths)), where, repr(params))
        except FileNotFoundError:  # withdrawn while it is open here
            return count()
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]
        number = count()
        with self._lock:
            self._found[key] = number
            if len(self._found) > self._kept:
                self._found.popitem(last=False)
        return number


def _identity(path: Path) -> tuple[str, int, int]:
    """The file that stands there now: another one put in its place is another table."""
    facts = path.stat()
    return str(path), facts.st_ino, facts.st_mtime_ns
