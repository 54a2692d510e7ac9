"""The dictionary of a dataset page: every column with its words and what stands in it."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.catalog.public.explored import EARLIER, HOSPITALS, Explored
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def hospitals(client: Client) -> Explored:
    return Explored(factories.published(content=HOSPITALS), client)


def described(page: Explored, name: str) -> Any:
    columns = page.shown(xem="tu-dien").columns
    return next(one for one in columns if one.column.name == name)


def test_frequent_values_lead_to_their_rows(hospitals: Explored) -> None:
    top = described(hospitals, "huyen").top
    assert (top[0].words, top[0].count) == ("Vinh", 3)
    assert hospitals.codes(top[0].address) == ["001", "002", "005"]


@pytest.mark.parametrize("column", ["hang", "so_giuong", "ti_le", "ngay_cap", "bao_hiem"])
def test_values_of_every_type_lead_to_as_many_rows(hospitals: Explored, column: str) -> None:
    for value in described(hospitals, column).top:
        assert len(hospitals.codes(value.address)) == value.count


def test_the_share_of_empty_cells_leads_to_them(hospitals: Explored) -> None:
    rank = described(hospitals, "hang")
    assert rank.empty_percent == "20"
    assert hospitals.codes(rank.empty_address) == ["005"]
    assert 'width="20.0"' in markup(hospitals.get(xem="tu-dien"))


def test_a_column_of_all_different_values_lists_none(hospitals: Explored) -> None:
    assert described(hospitals, "ma").is_all_different
    assert "gia_tri=001" not in markup(hospitals.get(xem="tu-dien"))


def test_a_share_is_never_called_none_or_all_where_it_is_not(client: Client) -> None:
    rows = "".join(f"{n},{'x' if n else ''},{'' if n else 'y'}\n" for n in range(150))
    page = Explored(factories.published(content=f"Mã,Hiếm,Nhiều\n{rows}"), client)
    assert described(page, "hiem").empty_percent == "<1"
    assert described(page, "nhieu").empty_percent == ">99"


def test_a_long_value_is_cut_and_still_leads_to_its_rows(client: Client) -> None:
    long = "Khu dân cư " * 40
    content = f"Mã,Địa chỉ\n1,{long}\n2,{long}\n3,ngắn\n"
    page = Explored(factories.published(content=content), client)
    value = described(page, "dia_chi").top[0]
    assert len(value.words) == 60
    assert page.codes(value.address) == ["1", "2"]


def test_of_all_periods_the_newest_is_described(client: Client) -> None:
    table = factories.dataset().resources.get()
    factories.published(of=table, period="2026Q1", content=EARLIER)
    table.refresh_from_db()
    page = Explored(factories.published(of=table, period="2026Q2", content=HOSPITALS), client)
    assert "Từ điển và thống kê của kỳ mới nhất (Quý II/2026)" in markup(
        page.get(ky="tat-ca", xem="tu-dien")
    )


def test_it_is_taken_as_a_file(hospitals: Explored) -> None:
    path = hospitals.shown(xem="tu-dien").csv_path
    answer = hospitals.client.get(path)
    assert answer.status_code == 200
    assert "so_giuong" in answer.content.decode()
    assert f'href="{path}"' in markup(hospitals.get(xem="tu-dien"))


def test_the_schema_is_one_link_away(hospitals: Explored) -> None:
    path = hospitals.shown(xem="tu-dien").schema_path
    assert hospitals.client.get(path).status_code == 200
    assert f'href="{path}"' in markup(hospitals.get(xem="tu-dien"))
