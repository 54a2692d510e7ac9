"""The OpenAPI documents hold, and the API keeps what they promise."""

from collections import Counter
from urllib.parse import urlencode, urlsplit

import pytest
import requests
import schemathesis
from django.test import Client
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from urllib3 import HTTPResponse

from tables import ops_of
from tests.catalog.api.conftest import Api

CHECKS: list[CheckFunction] = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip


def document(api: Api) -> dict:
    return api.get(name="openapi.json").json()


def parameters_of(api: Api) -> dict[str, dict]:
    described = document(api)["paths"][api.rows_path]["get"]["parameters"]
    return {one["name"]: one for one in described}


def test_the_document_of_a_table_is_openapi(schools: Api):
    validate_schema(document(schools))
    assert document(schools)["openapi"] == "3.1.0"


def test_it_names_every_column_with_the_ops_of_its_type(schools: Api):
    names = set(parameters_of(schools))
    for column in schools.release.columns:
        ops = set(ops_of(column["type"]))
        found = {name.split("__")[1] for name in names if name.startswith(f"{column['name']}__")}
        assert found == ops
    assert {"q", "sort", "fields", "group_by", "agg", "period", "page[after]", "format"} <= names


def test_it_types_values_and_rows(schools: Api):
    described = parameters_of(schools)
    assert described["so_truong__ge"]["schema"]["type"] == "integer"
    assert described["ngay_bao_cao__eq"]["schema"]["format"] == "date"
    assert described["so_truong__between"]["schema"]["minItems"] == 2
    assert schools.release.period in described["period"]["schema"]["enum"]
    row = document(schools)["components"]["schemas"]["Row"]["properties"]
    assert row["so_truong"] == {"type": ["integer", "null"], "description": "Số trường"}


def test_it_speaks_the_callers_language(schools: Api):
    vietnamese = document(schools)["info"]["title"]
    english = schools.get("lang=en", name="openapi.json").json()["info"]["title"]
    assert vietnamese.startswith("Trường học theo xã –")
    assert english.startswith("Trường học theo xã (en) –")


def test_each_described_condition_is_understood(schools: Api):
    """One request for each condition parameter, with a value of the described type."""
    values = {"integer": "1", "number": "1.5", "boolean": "true", "string": "a"}
    for name, described in parameters_of(schools).items():
        schema = described["schema"]
        if "__" not in name:
            continue
        inner = schema.get("items", schema)
        value = "2026-01-31" if inner.get("format") == "date" else values[inner["type"]]
        times = schema.get("minItems", 1)
        query = urlencode([(name, value)] * times)
        assert schools.get(query).status_code == 200, query


def test_the_document_of_all_is_openapi(db: None, client):
    response = client.get("/api/v1/schema/?format=json")
    described = response.json()
    validate_schema(described)
    rows = described["paths"]["/api/v1/resources/{resource_id}/rows"]["get"]
    assert rows["responses"]["410"]["content"].keys() == {"application/problem+json"}
    names = {one["name"] for one in rows["parameters"]}
    assert {"resource_id", "sort", "page[size]", "lang"} <= names
    assert response.headers["Access-Control-Allow-Origin"] == "*"


# --- Whatever the documents allow --------------------------------------------------


@pytest.fixture
def unlimited(settings) -> None:
    settings.API_REQUESTS_PER_MINUTE = 0


def test_the_api_keeps_the_document_of_a_table(schools: Api, unlimited: None):
    fitting, unfitting = (
        ask_whatever(schools.client, document(schools), mode, examples=40)
        for mode in GenerationMode
    )
    assert fitting[200] > 30
    assert unfitting[400] > 30


def test_the_api_keeps_the_document_of_all(schools: Api, unlimited: None):
    described = schools.client.get("/api/v1/schema/?format=json").json()
    there = {
        "resource_id": str(schools.release.resource_id),
        "slug": schools.release.resource.dataset.slug,
    }
    for methods in described["paths"].values():
        for parameter in methods["get"]["parameters"]:
            if parameter["in"] == "path" and parameter["name"] in there:
                parameter["schema"] = {"type": "string", "enum": [there[parameter["name"]]]}
    fitting, _unfitting = (
        ask_whatever(schools.client, described, mode, examples=8) for mode in GenerationMode
    )
    assert fitting[200] > 20


def ask_whatever(
    client: Client, described: dict, mode: GenerationMode, *, examples: int
) -> Counter[int]:
    """Requests that fit the document, or do not: the same every time. The statuses of the answers."""
    schema = schemathesis.openapi.from_dict(described)
    statuses: Counter[int] = Counter()
    for found in schema.get_all_operations():
        statuses += _ask(client, found.ok().as_strategy(generation_mode=mode), examples)
    return statuses


def _ask(client: Client, cases: SearchStrategy[Case], examples: int) -> Counter[int]:
    statuses: Counter[int] = Counter()

    @seed(1)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def asked(case: Case) -> None:
        response = _answer(client, case)
        statuses[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)

    asked()
    return statuses


def _answer(client: Client, case: Case) -> requests.Response:
    """Through the test's own client, which shares its transaction."""
    given = case.as_transport_kwargs(base_url="http://localhost")
    names = ("method", "url", "params", "headers", "cookies", "data", "json")
    asked = requests.Request(**{name: given[name] for name in names if name in given}).prepare()
    parts = urlsplit(asked.url)
    path = f"{parts.path}?{parts.query}"
    found = client.generic(asked.method, path, asked.body or b"", headers=dict(asked.headers))
    response = requests.Response()
    response.request, response.url, response.encoding = asked, asked.url, "utf-8"
    response.status_code = found.status_code
    response.headers.update(found.headers)
    response.raw = HTTPResponse(status=found.status_code, headers=dict(found.headers))
    response._content = b"".join(found)
    return response
