"""/profile and /schema: what the columns are and hold."""

from catalog.actions import resource as resource_actions
from tests import factories as make
from tests.catalog.api.conftest import Api, MakeApi


def test_profile_of_every_column(schools: Api):
    body = schools.get(name="profile").json()
    by_name = {column["name"]: column for column in body["data"]}
    assert list(by_name)[:2] == ["ma_xa", "ten_xa"]
    number = by_name["ti_le"]
    assert (number["type"], number["label"]) == ("number", "Tỉ lệ")
    assert (number["nulls"], number["null_percent"], number["distinct"]) == (1, 16.67, 5)
    assert (number["min"], number["max"]) == (12.5, 60.75)
    assert by_name["ngay_bao_cao"]["min"] == "2025-03-15"
    assert by_name["huyen"]["top"][0] == {"value": "Vinh", "count": 2, "percent": 33.33}
    assert body["meta"]["row_count"] == 6
    assert body["meta"]["period"] == schools.release.period
    assert body["meta"]["licence"]["code"] == "nghe-an-mo"


def test_profile_of_an_earlier_period(two_periods: Api):
    earlier = two_periods.get("period=2026Q2", name="profile").json()
    assert earlier["meta"]["row_count"] == 3
    assert {column["nulls"] for column in earlier["data"]} == {0}


def test_profile_with_the_words_of_the_dictionary(schools: Api):
    describe(schools)
    column = schools.get("lang=en", name="profile").json()["data"][3]
    assert (column["unit"], column["description"]) == ("trường", "Schools of all levels")
    rows = schools.get("agg=sum:so_truong,count:so_truong").json()["meta"]["columns"]
    assert [one.get("unit") for one in rows] == ["trường", None]


def test_schema_is_a_table_schema(schools: Api):
    describe(schools)
    schema = schools.get(name="schema").json()
    types = {field["name"]: field["type"] for field in schema["fields"]}
    assert types == {
        "ma_xa": "string",
        "ten_xa": "string",
        "huyen": "string",
        "so_truong": "integer",
        "ti_le": "number",
        "ngay_bao_cao": "date",
        "dat_chuan": "boolean",
    }
    assert schema["fields"][3]["title"] == "Số trường"
    assert schema["fields"][3]["description"] == "Trường các cấp"
    assert schema["fields"][0]["constraints"] == {"required": True}
    assert schema["primaryKey"] == ["ma_xa"]
    assert schema["missingValues"] == [""]


def test_schema_names_the_fields_of_the_rows(schools: Api):
    fields = [field["name"] for field in schools.get(name="schema").json()["fields"]]
    assert fields == list(schools.rows()[0])


def test_a_table_of_a_row_without_values(api_of: MakeApi):
    """A column without a value has no ends and no frequent values."""
    column = api_of("Tên,Ghi chú\nA,\n").get(name="profile").json()["data"][1]
    assert (column["null_percent"], column["min"], column["top"]) == (100.0, None, [])


def test_descriptions_ask_the_database_once(schools: Api, django_assert_num_queries):
    for name in ("profile", "schema", "openapi.json"):
        schools.get(name=name)
        with django_assert_num_queries(1):
            assert schools.get(name=name).status_code == 200


def describe(api: Api) -> None:
    """The dictionary says more of two columns."""
    table = api.release.resource
    resource_actions.describe_columns(
        resource=table,
        descriptions={
            "ma_xa": {"required": True},
            "so_truong": {
                "unit": "trường",
                "description_vi": "Trường các cấp",
                "description_en": "Schools of all levels",
            },
        },
        key_columns=["ma_xa"],
        by=make.person("contributor", table.dataset.agency),
    )
