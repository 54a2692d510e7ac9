"""What the gateway gives of a whole table: the same as the open API, to accounts."""

import io
from typing import Any
from urllib.parse import urlsplit

import openpyxl
import pyarrow.parquet
import pytest
from django.test import Client

from catalog.actions import decision
from catalog.models import Dataset, Release, ResourceUsage
from tests import factories as make
from tests.catalog.api.conftest import SCHOOLS
from tests.sharing.gateway.conftest import Gateway, MakeGateway

pytestmark = pytest.mark.django_db


def taken(gateway: Gateway, query: str) -> bytes:
    response = gateway.get(query)
    assert response.status_code == 200, response.content
    return b"".join(response)


def test_rows_are_those_of_the_open_api(gateway: Gateway):
    """Asked the same questions, both answer the same."""
    Dataset.objects.update(access=Dataset.Access.OPEN)
    open_rows = f"/api/v1/resources/{gateway.table.pk}/rows"
    for query in (
        "",
        "huyen=Vinh&sort=-so_truong",
        "any.1.huyen=Vinh&any.1.so_truong__ge=15",
        "group_by=huyen&agg=count,sum:so_truong",
        "q=luong",
        "period=all&fields=ky,ma_xa",
        "shape=arrays&page[size]=2&page[number]=2",
        "format=csv&sort=ten_xa",
    ):
        theirs = gateway.client.get(f"{open_rows}?{query}")
        ours = gateway.get(query)
        assert (ours.status_code, ours.headers["Content-Type"]) == (
            200,
            theirs.headers["Content-Type"],
        )
        if ours.streaming:
            assert b"".join(ours) == b"".join(theirs)
        else:
            assert ours.json()["data"] == theirs.json()["data"]
            assert ours.json()["meta"] == theirs.json()["meta"]


def test_the_open_api_does_not_give_them(gateway: Gateway):
    assert gateway.client.get(f"/api/v1/resources/{gateway.table.pk}/rows").status_code == 403


def test_every_format(gateway: Gateway):
    whole = taken(gateway, "format=parquet")
    assert len(whole) == Release.objects.get().parquet_size
    assert pyarrow.parquet.read_table(io.BytesIO(whole)).num_rows == 6
    book = openpyxl.load_workbook(io.BytesIO(taken(gateway, "format=xlsx")))
    assert book.worksheets[0].max_row == 7
    assert len(taken(gateway, "format=ndjson").splitlines()) == 6
    assert gateway.get("format=geojson").status_code == 400


def test_links_stay_in_the_gateway(gateway: Gateway):
    answer = gateway.get("page[size]=4").json()
    links = {name: link for name, link in answer["links"].items() if link}
    assert all("/chia-se/v1/tables/" in link for link in links.values())
    assert "/api/v1/" not in str(answer)
    following = urlsplit(links["next"])
    second = gateway.call(f"{following.path}?{following.query}").json()
    assert [row["ma_xa"] for row in second["data"]] == ["00127", "00128"]
    for name in ("profile", "schema", "openapi"):
        assert gateway.call(urlsplit(links[name]).path).status_code == 200


def test_profile_and_schema(gateway: Gateway):
    profile = gateway.get(name="profile").json()
    assert profile["meta"]["row_count"] == 6
    assert profile["data"][3]["max"] == 20
    schema = gateway.get(name="table-schema").json()
    assert [field["name"] for field in schema["fields"]][:2] == ["ma_xa", "ten_xa"]


def test_the_document_names_the_way_to_a_token(gateway: Gateway):
    document = gateway.get(name="table-openapi").json()
    scheme = document["components"]["securitySchemes"]["account"]
    assert scheme["flows"]["clientCredentials"]["tokenUrl"].endswith("/chia-se/v1/token")
    assert document["security"] == [{"account": []}]
    rows = document["paths"][gateway.path()]["get"]
    assert "401" in rows["responses"]
    assert "tạm dừng" in rows["responses"]["403"]["description"]
    assert set(document["paths"]) == {
        gateway.path(name) for name in ("rows", "profile", "table-schema", "table-openapi")
    }


def test_the_open_document_says_nothing_of_accounts(db: None, client: Client):
    release = make.published()
    document = client.get(f"/api/v1/resources/{release.resource_id}/openapi.json").json()
    answers = next(iter(document["paths"].values()))["get"]["responses"]
    assert "401" not in answers
    assert "Tài khoản" not in str(answers)


def test_services_tell_what_the_account_may_use(gateway: Gateway):
    answer = gateway.call("/chia-se/v1/services").json()
    (service,) = answer["data"]
    (table,) = service["tables"]
    assert service["code"] == gateway.service.code
    assert table["id"] == str(gateway.table.pk)
    assert (table["all_columns"], table["all_rows"]) == (True, True)
    assert table["columns"][0]["name"] == "ma_xa"
    assert urlsplit(table["links"]["rows"]).path == gateway.path()
    assert answer["meta"]["account"] == gateway.account.code
    assert answer["meta"]["calls_per_day"] == 1000


def test_shared_data_stand_under_no_terms_of_open_data(gateway: Gateway):
    answer = gateway.get()
    assert answer.json()["meta"]["licence"] is None
    assert 'rel="license"' not in answer["Link"]
    assert "license" not in gateway.get(name="table-openapi").json()["info"]


def test_a_table_without_data_says_why(gateway: Gateway):
    release = Release.objects.get()
    decision.withdraw(release=release, reason="Số liệu sai, sẽ nộp lại.", by=gateway.cast.approver)
    assert gateway.problem_code(410) == "withdrawn"
    (table,) = gateway.call("/chia-se/v1/services").json()["data"][0]["tables"]
    assert table["problem"]["status"] == 410


def test_several_periods(gateway: Gateway):
    make.published(of=gateway.table, content=SCHOOLS, period="2026Q1")
    assert len(gateway.get("period=all").json()["meta"]["periods"]) == 2
    assert gateway.get("period=all").json()["meta"]["total"] == 12
    assert gateway.get("period=2026Q1").json()["meta"]["total"] == 6


def test_conditional_requests(gateway: Gateway):
    first = gateway.get()
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in first.headers["Vary"]
    same = gateway.get(**{"if-none-match": first.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    make.published(of=gateway.table, content=SCHOOLS, period="2026Q1")
    assert gateway.get(**{"if-none-match": first.headers["ETag"]}).status_code == 200


def test_head_and_other_methods(gateway: Gateway):
    headers = {"authorization": f"Bearer {gateway.token}"}
    head = gateway.client.head(gateway.path() + "?format=csv", headers=headers)
    assert (head.status_code, head.content) == (200, b"")
    post = gateway.client.post(gateway.path(), headers=headers)
    assert post.status_code == 405
    assert gateway.client.options(gateway.path()).status_code == 204


def test_errors_are_problems(gateway: Gateway):
    assert gateway.problem_code(400, "sort=khong_co") == "unknown-column"
    assert gateway.problem_code(400, "period=1999") == "bad-value"
    assert gateway.problem_code(400, "la=1&lb=2") == "unknown-parameter"
    unknown = gateway.call("/chia-se/v1/khong-co")
    assert unknown.headers["Content-Type"] == "application/problem+json"


def test_english(gateway: Gateway):
    english = gateway.get(name="profile", **{"accept-language": "en"})
    assert english.headers["Content-Language"] == "en"
    assert "Source" in english.json()["meta"]["attribution"]


def test_no_other_origin_is_invited(gateway: Gateway):
    """A secret has no place in a browser."""
    assert "Access-Control-Allow-Origin" not in gateway.get(origin="https://khac.example").headers


def test_calls_are_no_public_uses(gateway: Gateway):
    from catalog import usage

    usage.redis().delete(usage.OPEN)
    gateway.get()
    gateway.get(name="profile")
    assert not usage.redis().exists(usage.OPEN)
    assert not ResourceUsage.objects.exists()


def test_a_call_costs_one_query(gateway: Gateway, django_assert_num_queries: Any):
    """One tells who calls and whether he may; all else is kept until the next recorded change."""
    path = gateway.path()
    gateway.call(path)
    with django_assert_num_queries(1):
        assert gateway.call(f"{path}?huyen=Vinh").status_code == 200


def test_a_table_of_another_service_does_not_exist(gateway: Gateway, gateway_of: MakeGateway):
    other = gateway_of()
    assert other.get().status_code == 200
    for name in ("rows", "profile", "table-schema", "table-openapi"):
        answer = gateway.call(other.path(name))
        assert answer.status_code == 404
        unknown = gateway.call(
            other.path(name).replace(str(other.table.pk), "0" * 8 + "-0000" * 3 + "-" + "0" * 12)
        )
        assert unknown.json() == answer.json()
