"""A table with every type, and what is taken of it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tables import Column, Export, Query, Table, TablePool, export, ingest

GEO = {"type": "Point", "coordinates": [105.69, 18.67]}
PROPERTIES = [
    {"ma": "001", "ten": 'gọi "A", B\nC', "so": 5, "gia": 1.5, "ngay": "2024-03-05",
     "luc": "2024-03-05T07:08:00", "co": True},
    {"ma": "002", "ten": "=1+1", "so": -6, "gia": 0.25, "ngay": "2023-12-31",
     "luc": "2024-03-06T00:00:01", "co": False},
    {"ma": "003", "ten": None, "so": None, "gia": None, "ngay": None, "luc": None, "co": None},
]  # fmt: skip


class Made:
    """The table of a GeoJSON file; its pool may open nothing outside `folder`."""

    def __init__(self, folder: Path) -> None:
        features = [{"type": "Feature", "properties": p, "geometry": GEO} for p in PROPERTIES]
        text = json.dumps({"type": "FeatureCollection", "features": features})
        (folder / "tep.geojson").write_text(text)
        found = ingest(folder / "tep.geojson", folder)
        self.csv = (folder / "data.csv").read_bytes()
        self.labels = {column.name: column.label for column in found.columns}
        columns = [Column(column.name, column.type) for column in found.columns]
        self.table = Table(folder / "table.duckdb", columns, period="2026Q2")
        self.both = [self.table, replace(self.table, period="2026Q1")]
        self.missing = replace(self.table, path=folder / "none.duckdb")
        self.work = folder / "work"
        self.work.mkdir()
        self.pool = TablePool(root=folder)

    def begun(
        self, query: Query, format: str, *, of: Table | Sequence[Table] | None = None, **wishes: Any
    ) -> Export:
        """The export of a query, ready to be read."""
        return export(self.pool, of or self.table, query, format, folder=self.work, **wishes)

    def taken(self, query: Query, format: str, **more: Any) -> bytes:
        """The whole content; nothing is left behind."""
        content = b"".join(self.begun(query, format, **more))
        assert not list(self.work.iterdir())
        return content
