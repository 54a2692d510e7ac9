"""The tag beside a dataset's title: whether the data of its newest period came when due."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client, override_settings

from accounts.models import Agency
from catalog.models import Dataset
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.rounds import (
    delivered,
    extended,
    nothing_to_report,
    opened,
    registered,
    waived,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    """Drawn parts are kept, as in a real installation."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(CACHES={**settings.CACHES, "template_fragments": memory}):
        caches["template_fragments"].clear()
        yield


@pytest.fixture
def agency(db: None) -> Agency:
    call_command("load_deadlines", verbosity=0)
    return make.agency("Sở Y tế")


@pytest.fixture
def dataset(agency: Agency) -> Dataset:
    (made,) = registered(agency, ["Trạm y tế"])
    return made


def header(client: Client, dataset: Dataset, day: str) -> str:
    with at(day):
        page = client.get(dataset.get_absolute_url()).content.decode()
    top = page.split("<h1>")[1].split("</p>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", top).split())


def test_without_a_duty_there_is_none(client: Client, dataset: Dataset):
    text = header(client, dataset, "2026-07-01")
    assert text == "Trạm y tế Sở Y tế Chia sẻ giữa cơ quan nhà nước"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-10-01", "Còn 15 ngày"),
        ("2026-10-14", "Sắp đến hạn: còn 2 ngày"),
        ("2026-10-16", "Hạn hôm nay"),
        ("2026-10-19", "Quá hạn 3 ngày"),
    ],
)
def test_still_to_come(client: Client, dataset: Dataset, day: str, words: str):
    opened()
    assert words in header(client, dataset, day)


def test_on_time_and_where_to_read_more(client: Client, dataset: Dataset):
    opened()
    delivered(dataset, "2026-10-10")
    assert "Đúng kỳ Quý III/2026" in header(client, dataset, "2026-10-20")
    page = client.get(dataset.get_absolute_url()).content.decode()
    assert f'href="/tien-do/2026Q3/{dataset.agency.slug}/"' in page


def test_late_and_nothing_to_report(client: Client, agency: Agency, dataset: Dataset):
    (quiet,) = registered(agency, ["Dịch bệnh"])
    opened()
    nothing_to_report(quiet, "2026-10-10")
    delivered(dataset, "2026-10-20")
    assert "Muộn, Quý III/2026" in header(client, dataset, "2026-10-21")
    assert "Không phát sinh Quý III/2026" in header(client, quiet, "2026-10-21")


def test_extended_and_waived(client: Client, agency: Agency, dataset: Dataset):
    officer = make.person("ict_leader", make.agency("Sở Đầu mối", data_authority=True))
    (free,) = registered(agency, ["Dịch bệnh"])
    opened()
    extended(dataset, date(2026, 11, 1), "2026-10-12", officer)
    waived(free, "2026-10-12", officer)
    assert "Gia hạn đến 01/11/2026" in header(client, dataset, "2026-10-20")
    assert "Được miễn Quý III/2026" in header(client, free, "2026-10-20")


def test_the_newest_period_counts(client: Client, dataset: Dataset):
    opened()
    delivered(dataset, "2026-10-10")
    opened("2027-01-04")
    assert "Còn 14 ngày" in header(client, dataset, "2027-01-04")


def test_a_kept_header_does_not_outlive_the_day(client: Client, dataset: Dataset):
    opened()
    assert "Hạn hôm nay" in header(client, dataset, "2026-10-16 23:59")
    assert "Quá hạn 1 ngày" in header(client, dataset, "2026-10-17 00:01")


def test_a_deed_shows_at_once(client: Client, dataset: Dataset):
    opened()
    assert "Sắp đến hạn" in header(client, dataset, "2026-10-14")
    nothing_to_report(dataset, "2026-10-14")
    assert "Không phát sinh" in header(client, dataset, "2026-10-14")


def test_asked_once_for_many_looks(
    client: Client, dataset: Dataset, django_assert_num_queries: Any
):
    opened()
    header(client, dataset, "2026-10-14")
    # Whether anything has changed, and which services share the dataset.
    with django_assert_num_queries(2):
        header(client, dataset, "2026-10-14")
