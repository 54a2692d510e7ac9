"""GeoJSON files (RFC 7946): a collection of points in WGS 84."""

import json
from pathlib import Path

from demo.files.json_records import iso, objects
from demo.model import DemoResource
from demo.sheet import Value


def write(
    path: Path, resource: DemoResource, titles: list[str], table: dict[str, list[Value]]
) -> None:
    """Write the column of type geometry as points, the other columns as their properties."""
    [geometry] = [column.name for column in resource.columns if column.type == "geometry"]
    names = [column.name for column in resource.columns if column.name != geometry]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": position},
            "properties": properties,
        }
        for position, properties in zip(table[geometry], objects(names, table), strict=True)
    ]
    collection = {"type": "FeatureCollection", "name": titles[0], "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, default=iso), encoding="utf-8")
