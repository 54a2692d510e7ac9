"""The newest file of every table of the demonstration, written once for all tests here."""

from datetime import date
from pathlib import Path

import pytest

from demo.catalogue import DATASETS
from demo.files import periods, write_file
from demo.model import DemoDataset, DemoResource

TODAY = date(2026, 11, 23)
TABLES = [(dataset, resource) for dataset in DATASETS for resource in dataset.resources]
NAMES = [f"{dataset.slug}/{resource.name}" for dataset, resource in TABLES]


@pytest.fixture(scope="session")
def newest_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("demonstration")
    return {
        name: write_file(dataset, resource, periods(dataset, TODAY)[-1], folder)
        for name, (dataset, resource) in zip(NAMES, TABLES, strict=True)
    }


def table_named(name: str) -> tuple[DemoDataset, DemoResource]:
    return TABLES[NAMES.index(name)]
