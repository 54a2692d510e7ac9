"""What people hand in: the description of a dataset, its data dictionary, a period's file."""

import hashlib
import tempfile
from pathlib import Path

from accounts.models import Agency
from catalog.models import Dataset, Licence
from catalog.upload import IncomingFile
from demo.catalogue import DATASETS
from demo.files import broken_file, write_file
from demo.history.events import Event
from demo.model import DemoDataset, DemoResource


def described(slug: str) -> DemoDataset:
    return next(one for one in DATASETS if one.slug == slug)


def facts_of(one: DemoDataset) -> dict[str, object]:
    """The fields of its registration."""
    agency = Agency.objects.get(key=one.agency_key)
    return {
        "title_vi": one.title_vi,
        "title_en": one.title_en,
        "description_vi": one.description_vi,
        "description_en": one.description_en,
        "agency": agency,
        "contact_post": agency.contact_post,
        "contact_email": agency.contact_email,
        "contact_phone": agency.contact_phone,
        "keywords": list(one.keywords),
        "frequency": one.frequency,
        "access": one.access_level,
        "licence": Licence.objects.get(code="nghe-an-mo"),
        "legal_ground": one.legal_ground,
        "source_database": one.source_database,
        "spatial": one.spatial,
        "temporal_start": one.temporal_start,
        "temporal_end": one.temporal_end,
        "overlap": Dataset.Overlap.NONE,
        "is_illustrative": True,
    }


def dictionary_of(resource: DemoResource) -> list[dict[str, object]]:
    """The data dictionary that the first file is checked against."""
    return [
        {
            "name": column.name,
            "label": column.label_vi,
            "type": column.type,
            "unit": column.unit,
            "description_vi": column.description_vi,
            "description_en": column.description_en,
            "required": column.name in resource.key_columns,
        }
        for column in resource.columns
    ]


def file_of(event: Event) -> IncomingFile:
    """The period's file as the upload handler would hand it over."""
    one = described(event.dataset)
    resource = next(resource for resource in one.resources if resource.name == event.table)
    write = broken_file if event.broken else write_file
    with tempfile.TemporaryDirectory() as folder:
        path = write(one, resource, event.period, Path(folder))
        data = path.read_bytes()
    file = IncomingFile(path.name, None, 0, None, None)
    file.write(data)
    file.flush()
    file.seek(0)
    file.size, file.sha256 = len(data), hashlib.sha256(data).hexdigest()
    return file
