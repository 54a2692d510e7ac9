"""The demonstration's catalogue: broad enough to be believable, and consistent with itself."""

import csv
from collections import Counter
from datetime import date

import pytest

from catalog.states import ReleaseState
from demo.agencies import agencies
from demo.catalogue import DATASETS
from demo.model import ILLUSTRATIVE_EN, ILLUSTRATIVE_VI, DemoDataset, DemoResource
from demo.places import REFERENCE, communes
from tests.demo.conftest import NAMES, TABLES, TODAY

SLUGS = [dataset.slug for dataset in DATASETS]
PUBLISHED = [dataset for dataset in DATASETS if dataset.resources and not dataset.draft]


def topics() -> set[str]:
    with (REFERENCE / "topics.csv").open(encoding="utf-8", newline="") as lines:
        return {row["slug"] for row in csv.DictReader(lines)}


def test_it_covers_the_province() -> None:
    assert len([dataset for dataset in PUBLISHED if dataset.access_level == "open"]) >= 44
    assert len({dataset.agency_key for dataset in PUBLISHED}) >= 14
    assert len(topics()) >= 20
    assert {topic for dataset in PUBLISHED for topic in dataset.topics} == topics()


def test_most_datasets_have_eight_quarters() -> None:
    full = [dataset for dataset in PUBLISHED if len(dataset.all_periods(TODAY)) == 8]
    assert len(full) > len(DATASETS) * 2 / 3
    assert full[0].all_periods(TODAY)[0].code == "2024Q4"
    assert full[0].all_periods(TODAY)[-1].code == "2026Q3"


def test_formats_encodings_and_access_levels_vary() -> None:
    formats = Counter(resource.format for _, resource in TABLES)
    assert formats["XLSX"] >= 8
    assert formats["GeoJSON"] >= 4
    assert formats["JSON"] >= 4
    assert formats.most_common(1)[0][0] == "CSV"
    assert {resource.layout.encoding for _, resource in TABLES} == {
        "utf-8",
        "utf-8-sig",
        "windows-1258",
    }
    levels = Counter(dataset.access_level for dataset in DATASETS)
    assert levels["listed"] == 2
    assert levels["shared"] == 2


def test_slugs_are_unique() -> None:
    assert len(set(SLUGS)) == len(SLUGS)


@pytest.mark.parametrize("dataset", DATASETS, ids=SLUGS)
def test_metadata_is_complete_and_says_the_figures_are_made_up(dataset: DemoDataset) -> None:
    texts = (
        dataset.title_vi,
        dataset.title_en,
        dataset.legal_ground,
        dataset.source_database,
        dataset.spatial,
    )
    assert all(texts)
    assert dataset.keywords
    assert dataset.description_vi.endswith(ILLUSTRATIVE_VI)
    assert dataset.description_en.endswith(ILLUSTRATIVE_EN)
    assert "  " not in dataset.description_vi + dataset.description_en
    assert set(dataset.topics) <= topics()


@pytest.mark.parametrize("dataset", DATASETS, ids=SLUGS)
def test_the_owner_is_an_agency_of_today(dataset: DemoDataset) -> None:
    assert agencies()[dataset.agency_key]["valid_to"] == ""


@pytest.mark.parametrize(("dataset", "resource"), TABLES, ids=NAMES)
def test_columns_have_unique_names_and_the_key_is_among_them(
    dataset: DemoDataset, resource: DemoResource
) -> None:
    names = [column.name for column in resource.columns]
    assert len(set(names)) == len(names)
    assert set(resource.key_columns) <= set(names)
    assert all(column.label_vi and column.label_en for column in resource.columns)


def test_only_datasets_without_data_have_no_resources() -> None:
    for dataset in DATASETS:
        assert bool(dataset.resources) != (dataset.access_level == "listed" or dataset.draft)


def test_six_releases_of_three_agencies_are_left_unfinished() -> None:
    unfinished = [
        dataset for dataset in DATASETS if set(dataset.left_at(TODAY).values()) & set(ReleaseState)
    ]
    assert len(unfinished) == 6
    assert {dataset.agency_key for dataset in unfinished} == {"SYT", "SGDĐT", "SNNMT2025"}
    states = Counter(state for dataset in unfinished for state in dataset.left_at(TODAY).values())
    assert states == {"submitted": 3, "ready": 1, "needs_fixing": 1, "returned": 1}
    assert all(
        dataset.story.reason_vi for dataset in unfinished if dataset.story.newest == "returned"
    )


def test_two_requests_wait_for_a_decision() -> None:
    asked = {one.slug: one.story.newest for one in DATASETS if one.story.newest.endswith("waits")}
    assert asked == {
        "gia-vat-lieu-xay-dung": "extension_waits",
        "ket-qua-thanh-tra": "nothing_waits",
    }


def test_one_dataset_was_excused_from_a_quarter() -> None:
    excused = {one.slug: one.waived_periods(TODAY) for one in DATASETS if one.story.waived}
    assert excused == {"khu-cong-nghiep": ["2026Q2"]}


def test_two_datasets_lack_a_quarter() -> None:
    lacking = {
        dataset.slug: dataset.missing_periods(TODAY)
        for dataset in DATASETS
        if dataset.story.missing
    }
    assert lacking == {"cap-phep-xay-dung": ["2026Q1"], "du-an-khu-kinh-te": ["2025Q4"]}


def test_the_population_is_that_of_the_province() -> None:
    assert len(communes()) == 130
    assert sum(place.population for place in communes()) == pytest.approx(3_420_000, rel=0.001)


def test_the_heaviest_dataset_is_the_one_of_two_hundred_thousand_rows() -> None:
    heaviest = max(DATASETS, key=lambda dataset: dataset.weight)
    assert heaviest.slug == "ho-so-thu-tuc-hanh-chinh"
    assert heaviest.weight == 400_000


def test_before_a_period_has_ended_it_is_not_delivered() -> None:
    [dataset] = [dataset for dataset in DATASETS if dataset.slug == "truong-hoc"]
    assert dataset.all_periods(date(2026, 9, 30))[-1].code == "2026Q2"
    assert dataset.all_periods(date(2026, 10, 1))[-1].code == "2026Q3"
