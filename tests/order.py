"""A pytest plugin: which of several test processes runs what, and what comes first.

A file stays in one process. All of tests/browser does: the towns its pages stand in are built once,
while the other processes run the rest. What takes longest comes first, so that no process is left
with it while the others have nothing to do.
"""

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/browser/"
FIRST = (
    TOGETHER,
    "tests/embedded/",
    "tests/demo/",
    "tests/rights/",
    "tests/resilience/",
    "tests/pages/",
)


class ByFile(LoadScopeScheduling):
    """Scopes are files, and one folder."""

    def _split_scope(self, nodeid: str) -> str:
        path: str = nodeid.partition("::")[0]
        return TOGETHER if path.startswith(TOGETHER) else path


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: _rank(item.nodeid))


def _rank(nodeid: str) -> int:
    return next((at for at, path in enumerate(FIRST) if nodeid.startswith(path)), len(FIRST))
