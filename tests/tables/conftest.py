"""What several files of tests here take from."""

from collections.abc import Iterator

import pytest

from tests.tables.exporting import Made


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """A table with every type."""
    table = Made(tmp_path_factory.mktemp("bang"))
    yield table
    table.pool.close()
