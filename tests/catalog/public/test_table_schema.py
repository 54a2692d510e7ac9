"""Table Schema of a release: names, types and rules as the rows and the CSV have them."""

import csv

import pytest

from catalog import files
from catalog.actions import resource as resource_actions
from catalog.explorer.table_schema import csv_headings, table_schema
from catalog.models import Resource
from tests import factories

pytestmark = pytest.mark.django_db

EVERY_TYPE = (
    "Tên,Số lớp,Tỉ lệ,Ngày,Lúc,Có mái,=Ghi chú\n"
    'Đô Lương,12,"45,5",30/09/2026,30/09/2026 08:15,Có,x\n'
    'Diễn Châu,8,"39,25",01/10/2026,01/10/2026 17:00,Không,y\n'
)


def test_fields_are_named_as_in_the_rows() -> None:
    release = factories.published(content=EVERY_TYPE)
    fields = table_schema(release.resource, release)["fields"]
    assert [(field["name"], field["type"]) for field in fields] == [
        ("ten", "string"),
        ("so_lop", "integer"),
        ("ti_le", "number"),
        ("ngay", "date"),
        ("luc", "datetime"),
        ("co_mai", "boolean"),
        ("ghi_chu", "string"),
    ]
    assert fields[4]["format"] == "%Y-%m-%dT%H:%M:%S"
    assert "columnName" not in fields[0]


def test_as_csv_fields_are_named_as_in_its_first_line() -> None:
    release = factories.published(content=EVERY_TYPE)
    with files.cached(f"{release.folder}/{files.CSV}").open(encoding="utf-8-sig") as lines:
        first, second, *_ = csv.reader(lines)
    fields = table_schema(release.resource, release, as_csv=True)["fields"]
    assert [field["name"] for field in fields] == first == csv_headings(release)
    assert first[-1] == "'=Ghi chú"  # guarded, as every cell a spreadsheet would run
    assert fields[1]["columnName"] == "so_lop"
    assert second[4] == "2026-09-30 08:15:00"
    assert fields[4]["format"] == "%Y-%m-%d %H:%M:%S"


def test_the_words_of_the_dictionary_go_along() -> None:
    release = factories.published()
    table = described(release.resource)
    fields = {field["name"]: field for field in table_schema(table, release)["fields"]}
    assert fields["so_truong"]["title"] == "Số trường học"
    assert fields["so_truong"]["unit"] == "trường"
    assert fields["so_truong"]["description"] == "Trường công lập"
    assert fields["so_truong"]["description@en"] == "Public schools"
    assert fields["so_truong"]["constraints"] == {"required": True}
    assert "constraints" not in fields["ti_le"]


def test_the_key_is_named_as_the_fields_are() -> None:
    release = factories.published()
    table = described(release.resource)
    assert table_schema(table, release)["primaryKey"] == ["ma_xa"]
    assert table_schema(table, release, as_csv=True)["primaryKey"] == ["Mã xã"]


def test_a_rule_that_the_rows_break_is_not_stated() -> None:
    gap = factories.GOOD_CSV.replace(",12,", ",,")
    release = factories.published(content=gap)
    fields = table_schema(described(release.resource), release)["fields"]
    assert "constraints" not in next(f for f in fields if f["name"] == "so_truong")


def described(table: Resource) -> Resource:
    table.refresh_from_db()
    resource_actions.describe_columns(
        resource=table,
        descriptions={
            "so_truong": {
                "label": "Số trường học",
                "unit": "trường",
                "description_vi": "Trường công lập",
                "description_en": "Public schools",
                "required": True,
            }
        },
        key_columns=["ma_xa"],
        by=factories.person("contributor", table.dataset.agency),
    )
    table.refresh_from_db()
    return table
