"""Attacks on what a grant leaves out: columns, rows, and everything that would tell of them."""

import io
import json
import re
from typing import Any

import pyarrow.parquet
import pytest

import tables as engine
from catalog.actions import search_index
from catalog.models import Release
from tests import factories as make
from tests.catalog.api.conftest import SCHOOLS
from tests.sharing.gateway.conftest import Gateway, MakeGateway

pytestmark = pytest.mark.django_db
SEEN = ["ma_xa", "ten_xa", "so_truong"]
HIDDEN = ("huyen", "ti_le", "ngay_bao_cao", "dat_chuan")
VINH = [["huyen", "eq", "Vinh"]]


def words_of(gateway: Gateway, query: str = "", name: str = "rows") -> str:
    """Everything an answer says, headers with it; not the question it repeats in its links."""
    response = gateway.get(query, name)
    body = b"".join(response) if response.streaming else response.content
    try:
        answer = json.loads(body)
    except ValueError:
        text = body.decode("latin-1")
    else:
        if isinstance(answer, dict):
            answer.pop("links", None)
        text = json.dumps(answer, ensure_ascii=False)
    headers = " ".join(f"{k}: {v}" for k, v in response.headers.items() if k != "Link")
    return f"{text} {headers}"


def whole(gateway: Gateway) -> dict[str, Any]:
    """The scope that leaves nothing out."""
    columns = [column["name"] for column in gateway.table.columns]
    return {str(gateway.table.pk): {"columns": columns, "rows": []}}


def names(text: str) -> list[str]:
    """The hidden columns a text names."""
    return [name for name in HIDDEN if re.search(rf"\b{name}\b", text)]


@pytest.fixture
def columns(gateway_of: MakeGateway) -> Gateway:
    return gateway_of(columns=SEEN)


@pytest.fixture
def vinh(gateway_of: MakeGateway) -> Gateway:
    return gateway_of(rows=VINH)


@pytest.fixture
def both(gateway_of: MakeGateway) -> Gateway:
    """Some columns of the rows of Vinh; the column of the condition is hidden."""
    return gateway_of(columns=SEEN, rows=VINH)


# --- Columns ----------------------------------------------------------------------


def test_only_granted_columns_are_given(columns: Gateway):
    assert list(columns.rows()[0]) == SEEN
    assert len(columns.rows()) == 6
    assert list(columns.rows("period=all")[0]) == ["ky", *SEEN]


HIDDEN_ASKED = [
    "fields={}", "sort={}", "sort=-{}", "group_by={}", "agg=count:{}", "agg=min:{}",
    "{}=x", "{}__empty=true", "{}__ne=x", "any.1.{}=x&any.1.ma_xa=1", "{}__in=x,y",
    "group_by=ma_xa&agg=max:{}", "group_by={}:year", "group_by=ma_xa&sort={}",
    "period=all&sort={}", "period=all&fields={}", "format=csv&fields={}",
]  # fmt: skip


@pytest.mark.parametrize("query", HIDDEN_ASKED)
def test_a_hidden_column_is_as_unknown_as_none(columns: Gateway, query: str):
    for name in HIDDEN:
        hidden = columns.problem(400, query.format(name))
        nothing = columns.problem(400, query.format("z" * len(name)))
        assert json.dumps(hidden).replace(name, "") == json.dumps(nothing).replace(
            "z" * len(name), ""
        )


def test_errors_allow_granted_columns_only(columns: Gateway):
    for query in ("sort=x", "x__eq=1", "x=1", "fields=x", "group_by=x"):
        said = words_of(columns, query)
        assert not names(said)


@pytest.mark.parametrize("format", ["csv", "ndjson", "xlsx", "parquet"])
def test_files_have_granted_columns_only(columns: Gateway, format: str):
    content = b"".join(columns.get(f"format={format}"))
    if format == "parquet":
        assert pyarrow.parquet.read_table(io.BytesIO(content)).column_names == SEEN
    elif format == "csv":
        assert content.decode().splitlines()[0] == ",".join(SEEN)
    elif format == "ndjson":
        assert list(json.loads(content.splitlines()[0])) == SEEN
    else:
        assert b"Huy" not in content


def test_descriptions_have_granted_columns_only(columns: Gateway):
    for name in ("profile", "table-schema", "table-openapi"):
        said = words_of(columns, name=name)
        assert not names(said), name
        assert "Huyện" not in said
        assert "so_truong" in said
    services_said = columns.call("/chia-se/v1/services").content.decode()
    assert not names(services_said)
    assert json.loads(services_said)["data"][0]["tables"][0]["all_columns"] is False


def with_index(gateway: Gateway) -> None:
    for release in Release.objects.filter(resource=gateway.table):
        search_index.prepare(release.pk)
    assert not Release.objects.filter(search_size=None).exists()


@pytest.mark.parametrize("has_index", [False, True])
def test_a_search_looks_in_granted_columns_only(
    columns: Gateway, monkeypatch: pytest.MonkeyPatch, has_index: bool
):
    monkeypatch.setattr(engine, "INDEXED_FROM", 1)
    if has_index:
        with_index(columns)
    assert columns.codes("q=vinh") == "7"  # of the name; the district of 8 is hidden
    assert columns.codes("q=15/03/2025") == ""
    assert columns.codes("period=all&q=vinh&fields=ma_xa") == "7"
    assert columns.get("q=vinh").json()["meta"]["total"] == 1
    assert b"".join(columns.get("q=vinh&format=csv&fields=ma_xa")) == b"ma_xa\n00127\n"
    assert columns.rows("q=vinh&agg=count") == [{"count": 1}]


def test_counts_of_one_account_are_not_anothers(gateway: Gateway, columns: Gateway):
    """Totals are remembered: of the same table, for who sees all of it and for who does not."""
    wide = Gateway(columns.client, columns.cast, columns.service, columns.issued)
    narrow_scope = columns.account.scope
    for query in ("q=vinh&page[size]=1", "period=all&q=vinh&page[size]=1"):
        account = columns.account
        account.scope = whole(columns)
        account.save()
        wide.token = columns.token
        assert wide.get(query).json()["meta"]["total"] == 2
        account.scope = narrow_scope
        account.save()
        assert columns.get(query).json()["meta"]["total"] == 1


def test_the_services_columns_bind_too(gateway_of: MakeGateway):
    gateway = gateway_of(offered=("ma_xa", "ten_xa"))
    assert list(gateway.rows()[0]) == ["ma_xa", "ten_xa"]


def test_a_table_whose_columns_were_all_replaced_gives_nothing(gateway_of: MakeGateway):
    gateway = gateway_of(columns=["so_truong"])
    account = gateway.account
    account.scope = {str(gateway.table.pk): {"columns": ["khong_con"], "rows": []}}
    account.save()
    assert gateway.problem_code(403) == "scope-unfit"


def test_a_grant_that_names_no_column_gives_nothing(gateway: Gateway):
    account = gateway.account
    for scope in ({}, {str(gateway.table.pk): {}}):
        account.scope = scope
        account.save()
        assert gateway.get().status_code in (403, 404)


# --- Rows -------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["vinh", "both"])
def test_only_granted_rows_are_given(which: str, request: pytest.FixtureRequest):
    gateway: Gateway = request.getfixturevalue(which)
    for query in (
        "",
        "sort=so_truong",
        "sort=-ma_xa",
        "page[size]=1&page[offset]=1",
        "q=hung",
        "period=all",
    ):
        codes = {row["ma_xa"] for row in gateway.rows(query)}
        assert codes <= {"00127", "00128"}, query
        assert codes
    assert gateway.codes("ma_xa=00123") == ""
    assert gateway.codes("any.1.ma_xa=00123&any.1.ma_xa__ne=0") == "78"
    assert gateway.codes("q=luong") == ""
    assert gateway.codes("page[offset]=2") == ""


@pytest.mark.parametrize("which", ["vinh", "both"])
def test_counts_groups_and_files_are_of_granted_rows(which: str, request: pytest.FixtureRequest):
    gateway: Gateway = request.getfixturevalue(which)
    assert gateway.get().json()["meta"]["total"] == 2
    assert gateway.get("page[size]=1").json()["meta"]["total"] == 2
    assert gateway.get("page[size]=1&period=all").json()["meta"]["total"] == 2
    assert gateway.rows("agg=count,sum:so_truong") == [{"count": 2, "so_truong_sum": 27}]
    assert gateway.rows("agg=max:so_truong,min:so_truong&period=all") == [
        {"so_truong_max": 20, "so_truong_min": 7}
    ]
    assert len(gateway.rows("group_by=ten_xa")) == 2
    assert len(b"".join(gateway.get("format=csv")).splitlines()) == 3
    assert len(b"".join(gateway.get("format=csv&sort=ten_xa")).splitlines()) == 3
    assert len(b"".join(gateway.get("format=ndjson&period=all")).splitlines()) == 2
    parquet = pyarrow.parquet.read_table(io.BytesIO(b"".join(gateway.get("format=parquet"))))
    assert parquet["ma_xa"].to_pylist() == ["00127", "00128"]


def test_a_search_finds_granted_rows_only_with_the_index_too(
    vinh: Gateway, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(engine, "INDEXED_FROM", 1)
    with_index(vinh)
    assert vinh.codes("q=vinh") == "78"
    for query in ("q=luong", "q=luong&period=all", "q=luong&sort=ma_xa"):
        answer = vinh.get(query).json()
        assert (answer["data"], answer["meta"]["total"]) == ([], 0)
    assert vinh.codes("sort=ten_xa") == "87"  # no use of the index of the sort
    assert b"".join(vinh.get("q=luong&format=csv&fields=ma_xa")) == b"ma_xa\n"


def test_the_profile_is_of_granted_rows(both: Gateway, vinh: Gateway):
    for gateway in (both, vinh):
        answer = gateway.get(name="profile").json()
        assert answer["meta"]["row_count"] == 2
        schools = next(one for one in answer["data"] if one["name"] == "so_truong")
        assert (schools["min"], schools["max"], schools["distinct"]) == (7, 20, 2)
        said = json.dumps(answer, ensure_ascii=False)
        assert "Đô Lương" not in said
        assert "00123" not in said
        codes = next(one for one in answer["data"] if one["name"] == "ma_xa")
        assert [one["value"] for one in codes["top"]] == ["00127", "00128"]
        assert codes["label"] == "Mã xã"


def test_a_hidden_column_limits_rows_and_stays_unknown(both: Gateway):
    assert list(both.rows()[0]) == SEEN
    for name in ("profile", "table-schema", "table-openapi"):
        assert not names(words_of(both, name=name)), name
    assert not names(words_of(both, "sort=x"))
    assert not names(words_of(both, "period=all"))
    for query in ("huyen=Vinh", "sort=huyen", "group_by=huyen", "period=all&sort=@only huyen"):
        assert both.get(query).status_code == 400


OPERATORS: list[tuple[list[Any], str]] = [
    (["huyen", "eq", "Vinh"], "78"),
    (["huyen", "in", ["Vinh", "Yên Thành"]], "578"),
    (["so_truong", "ge", 12], "357"),
    (["so_truong", "le", "8"], "468"),
    (["ten_xa", "starts", "Đô"], "3"),
    (["ngay_bao_cao", "ge", "2026-10-01"], "57"),
    (["dat_chuan", "eq", "Không"], "46"),
    (["huyen", "eq", "Vinh' OR '1'='1"], ""),
]


@pytest.mark.parametrize(("condition", "codes"), OPERATORS)
def test_every_operator(gateway_of: MakeGateway, condition: list[Any], codes: str):
    gateway = gateway_of(columns=["ma_xa"], rows=[condition])
    assert gateway.codes() == codes
    assert gateway.codes("period=all&fields=ma_xa") == codes


def test_all_conditions_bind_together(gateway_of: MakeGateway):
    gateway = gateway_of(rows=[*VINH, ["so_truong", "ge", 10]])
    assert gateway.codes() == "7"
    assert gateway.codes("period=all") == "7"


# --- Marks ------------------------------------------------------------------------


def mark_of(gateway: Gateway, query: str) -> str:
    return gateway.get(query).json()["meta"]["next_cursor"]


@pytest.mark.parametrize("query", ["", "sort=so_truong", "period=all", "period=all&sort=so_truong"])
def test_a_mark_of_one_who_sees_more_means_nothing(both: Gateway, query: str):
    scope = both.account.scope
    account = both.account
    account.scope = whole(both)
    account.save()
    wide = mark_of(both, f"{query}&page[size]=1")
    assert wide
    account.scope = scope
    account.save()
    assert both.problem_code(400, f"{query}&page[after]={wide}") == "bad-value"


@pytest.mark.parametrize("query", ["sort=so_truong", "period=all&sort=so_truong"])
def test_a_forged_mark_tells_nothing_of_a_hidden_row(both: Gateway, query: str):
    """The place in a mark is a number: of a hidden row it must not be looked at."""
    owner, _dot, _place = mark_of(both, f"{query}&page[size]=1").partition(".")
    for place in range(4):  # Vinh's rows are the last two
        forged = both.get(f"{query}&page[after]={owner}.{place:x}")
        assert forged.status_code == 400
    assert both.get(f"{query}&page[after]={owner}.5").status_code == 200


def test_marks_lead_through_granted_rows(vinh: Gateway):
    for query in ("", "sort=-so_truong", "period=all", "period=all&sort=-so_truong"):
        mark = mark_of(vinh, f"{query}&page[size]=1")
        answer = vinh.get(f"{query}&page[size]=1&page[after]={mark}").json()
        assert [row["ma_xa"] for row in answer["data"]] == ["00128"]
        assert answer["meta"]["next_cursor"] is None


def test_answers_of_two_scopes_have_two_marks_of_content(gateway: Gateway):
    earlier = gateway.get().headers["ETag"]
    account = gateway.account
    [every] = whole(gateway).values()
    for part in ({"columns": SEEN}, {"rows": VINH}, {"rows": [["huyen", "eq", "Yên Thành"]]}):
        account.scope = {str(gateway.table.pk): {**every, **part}}
        account.save()
        answer = gateway.get(**{"if-none-match": earlier})
        assert answer.status_code == 200
        earlier = answer.headers["ETag"]


# --- A table that changes ---------------------------------------------------------


def test_several_periods_are_limited_alike(both: Gateway):
    make.published(of=both.table, content=SCHOOLS, period="2026Q1")
    answer = both.get("period=all").json()
    assert answer["meta"]["total"] == 4
    assert {row["ma_xa"] for row in answer["data"]} == {"00127", "00128"}
    assert both.get("period=2026Q1").json()["meta"]["total"] == 2


def test_rows_limited_by_an_unreadable_value_are_not_given(gateway: Gateway):
    account = gateway.account
    for condition in (
        ["so_truong", "ge", "nhiều"],
        ["khong_co", "eq", "x"],
        ["huyen", "starts", "–"],
        ["so_truong", "starts", "1"],
        ["huyen", "eq", ""],
    ):
        [every] = whole(gateway).values()
        account.scope = {str(gateway.table.pk): {**every, "rows": [condition]}}
        account.save()
        problem = gateway.problem(403)
        assert problem["type"].endswith("#loi-scope-unfit")
        assert condition[0] not in json.dumps(problem)


def test_narrowing_is_felt_by_the_next_call(gateway: Gateway):
    assert "huyen" in gateway.rows()[0]
    account = gateway.account
    account.scope = {str(gateway.table.pk): {"columns": SEEN, "rows": []}}
    account.save()
    assert list(gateway.rows()[0]) == SEEN


GEO = (
    "Mã điểm,Tên điểm,Vĩ độ,Kinh độ,Huyện\n"
    "D1,Chợ Vinh,18.67,105.68,Vinh\nD2,Chợ Đô Lương,18.9,105.3,Đô Lương\n"
)


def test_a_map_of_hidden_coordinates_is_none(gateway_of: MakeGateway):
    seen = gateway_of(GEO, rows=VINH)
    features = json.loads(b"".join(seen.get("format=geojson")))["features"]
    assert [one["properties"]["ten_diem"] for one in features] == ["Chợ Vinh"]
    hidden = gateway_of(GEO, columns=["ma_diem", "ten_diem"])
    said = words_of(hidden, "format=geojson")
    assert "vi_do" not in said
    assert hidden.get("format=geojson").status_code == 400
