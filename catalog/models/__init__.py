from catalog.models.administrative_unit import AdministrativeUnit, UnitChange
from catalog.models.dataset import Dataset, DatasetAddress
from catalog.models.licence import Licence
from catalog.models.release import Release
from catalog.models.resource import Resource
from catalog.models.source import Pull, Source
from catalog.models.topic import Topic
from catalog.models.usage import ResourceUsage, UsageBatch

__all__ = [
    "AdministrativeUnit",
    "Dataset",
    "DatasetAddress",
    "Licence",
    "Pull",
    "Release",
    "Resource",
    "ResourceUsage",
    "Source",
    "Topic",
    "UnitChange",
    "UsageBatch",
]
