"""Which periods a demonstration dataset delivers on a given day."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deadlines.periods import Period
from demo.catalogue import DATASETS
from demo.files import periods
from demo.model import DemoDataset
from tests.demo.conftest import TODAY


def dataset(slug: str) -> DemoDataset:
    return next(one for one in DATASETS if one.slug == slug)


def test_quarterly_monthly_and_yearly_histories() -> None:
    assert periods(dataset("truong-hoc"), TODAY) == [
        "2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3",
    ]  # fmt: skip
    months = periods(dataset("benh-truyen-nhiem"), TODAY)
    assert (months[0], months[-1], len(months)) == ("2025-11", "2026-10", 12)
    assert periods(dataset("bang-gia-dat"), TODAY) == ["2023", "2024", "2025"]


def test_the_largest_has_its_latest_two_quarters_only() -> None:
    assert periods(dataset("ho-so-thu-tuc-hanh-chinh"), TODAY) == ["2026Q2", "2026Q3"]


def test_districts_end_with_the_district_level() -> None:
    assert periods(dataset("don-vi-hanh-chinh-cap-huyen"), TODAY) == ["2023", "2024"]


def test_a_missing_quarter_is_left_out() -> None:
    assert "2026Q1" not in periods(dataset("cap-phep-xay-dung"), TODAY)


def test_nothing_is_delivered_where_only_the_description_is_public() -> None:
    assert periods(dataset("ho-so-suc-khoe-dien-tu"), TODAY) == []


@given(st.sampled_from(DATASETS), st.integers(0, 1500))
def test_delivered_periods_have_ended_and_ascend(one: DemoDataset, later: int) -> None:
    today = TODAY + timedelta(days=later)
    found = [Period.parse(code) for code in periods(one, today)]
    assert found == sorted(found)
    assert all(period.last_day < today for period in found)
    assert all(period.last_day <= (one.temporal_end or date.max) for period in found)
