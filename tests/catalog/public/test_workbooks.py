"""A workbook says where its rows come from, whichever way it was taken."""

import io

import openpyxl
import pytest
from django.core.cache import cache
from django.test import Client

from catalog import files
from catalog.actions import excel
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from tests import factories
from tests.catalog.public.explored import EARLIER, HOSPITALS, Explored

pytestmark = pytest.mark.django_db
ABOUT = "Về tập dữ liệu"


def book(page: Explored, path: str) -> openpyxl.Workbook:
    answer = page.client.get(path)
    assert answer.status_code == 200, path
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))


def kept_copy(release: Release) -> openpyxl.Workbook:
    return openpyxl.load_workbook(files.cached(f"{release.folder}/{files.EXCEL}"))


def said(of: openpyxl.Workbook) -> dict[str, str]:
    return dict(of[ABOUT].values)


@pytest.fixture
def two_periods(client: Client) -> Explored:
    cache.clear()  # what other tests have asked of the API in this minute
    table = factories.dataset().resources.get()
    Dataset.objects.update(is_illustrative=True)
    factories.published(of=table, period="2026Q1", content=EARLIER)
    table.refresh_from_db()
    return Explored(factories.published(of=table, period="2026Q2", content=HOSPITALS), client)


def offered(page: Explored, query: str) -> str:
    """The address of the workbook as the page offers it."""
    page.release.refresh_from_db()
    explorer = page.get(query).context["explorer"]
    found = explorer.offered if query in ("", "?ky=tat-ca") else explorer.chosen_rows
    return next(one.path for one in found if one.label == "XLSX")


@pytest.mark.parametrize(
    ("query", "rows", "periods"),
    [
        ("", 5, "Quý II/2026"),
        ("?cot=huyen&phep=eq&gia_tri=Vinh", 3, "Quý II/2026"),
        ("?ky=tat-ca", 7, "Quý II/2026, Quý I/2026"),
    ],
)
def test_its_second_sheet_is_about_the_first(
    two_periods: Explored, query: str, rows: int, periods: str
) -> None:
    excel.prepare(two_periods.release.pk)
    made = book(two_periods, offered(two_periods, query))
    dataset = two_periods.release.resource.dataset
    assert made.active.max_row == rows + 1
    assert made.sheetnames[1:] == [ABOUT]
    told = said(made)
    assert told["Bộ dữ liệu"] == dataset.title
    assert told["Cơ quan cung cấp"] == dataset.agency.name
    assert told["Kỳ dữ liệu"] == periods
    assert told["Công bố ngày"].count("/") == 2
    assert told["Điều khoản sử dụng"].startswith(dataset.licence.title)
    assert told["Địa chỉ"] == f"http://localhost:8000{dataset.get_absolute_url()}"
    assert "không phải số liệu thật" in told["Lưu ý"]


def test_of_data_that_are_real_and_not_open_it_says_no_such_thing(two_periods: Explored) -> None:
    Dataset.objects.update(is_illustrative=False, access=Dataset.Access.SHARED)
    excel.prepare(two_periods.release.pk)
    release = Release.objects.get(pk=two_periods.release.pk)
    told = said(kept_copy(release))
    assert told.keys() == {
        "Bộ dữ liệu",
        "Bảng",
        "Cơ quan cung cấp",
        "Kỳ dữ liệu",
        "Công bố ngày",
        "Địa chỉ",
    }


def test_a_table_of_the_same_name_has_another_sheet(client: Client) -> None:
    release = factories.published(content=HOSPITALS)
    release.resource.title_vi = ABOUT.upper()
    release.resource.save()
    excel.prepare(release.pk)
    made = kept_copy(release)
    assert made.sheetnames == ["Dữ liệu", ABOUT]


def test_delivered_again_it_is_read_as_before(client: Client) -> None:
    """An officer who takes the last workbook, fills it in and delivers it need not delete a sheet."""
    release = factories.published(content=HOSPITALS)
    excel.prepare(release.pk)
    content = files.cached(f"{release.folder}/{files.EXCEL}").read_bytes()
    again = factories.release_at(
        ReleaseState.READY, of=release.resource, period="2026Q2", content=content, name="lai.xlsx"
    )
    assert again.row_count == release.row_count
    assert [one["name"] for one in again.columns] == [one["name"] for one in release.columns]
    assert again.reading["problems"] == []
