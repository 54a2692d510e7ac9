"""What the rows API refuses: with the status, one sentence and the parameter; never a 500, never a file."""

from unittest.mock import Mock
from urllib.parse import quote, urlencode

import pytest
from django.test import Client
from django.urls import reverse

from catalog.actions import dataset as dataset_actions
from catalog.actions import decision
from catalog.api.problems import KINDS, problem_type
from catalog.models import Dataset
from catalog.states import ReleaseState
from tables import TableUnavailable, TooSlow
from tests import factories as make
from tests.catalog.api.conftest import Api

NAMES = ("rows", "profile", "schema", "openapi.json")
WRONG = [
    ("tenxa__eq=1", "tenxa__eq", "unknown-column", "ten_xa"),
    ("tenxa=1", "tenxa", "unknown-parameter", "ten_xa"),
    ("page=2", "page", "unknown-parameter", "page[number]"),
    ("ten_xa__like=1", "ten_xa__like", "unknown-parameter", "contains"),
    ("any.1.tenxa__eq=1", "any.1.tenxa__eq", "unknown-column", "ten_xa"),
    ("any.0.ten_xa=1", "any.0.ten_xa", "unknown-parameter", None),
    ("any.ten_xa=1", "any.ten_xa", "unknown-parameter", None),
    ("so_truong__ge=nhiều", "so_truong__ge", "bad-value", None),
    ("so_truong__ge=1&so_truong__le=x", "so_truong__le", "bad-value", None),
    ("so_truong=99999999999999999999", "so_truong", "bad-value", None),
    ("so_truong__contains=1", "so_truong__contains", "bad-value", "between"),
    ("so_truong__between=1", "so_truong__between", "bad-value", None),
    ("so_truong__between=1,2,3", "so_truong__between", "bad-value", None),
    ("so_truong__in=1,x", "so_truong__in", "bad-value", None),
    ("so_truong__in=", "so_truong__in", "bad-value", None),
    ("ten_xa__eq=", "ten_xa__eq", "bad-value", None),
    ("ti_le__empty=maybe", "ti_le__empty", "bad-value", "true"),
    ("ngay_bao_cao__ge=31/02/2026", "ngay_bao_cao__ge", "bad-value", None),
    ("dat_chuan=perhaps", "dat_chuan", "bad-value", None),
    ("sort=tenxa", "sort", "unknown-column", "ten_xa"),
    ("sort=", "sort", "bad-value", None),
    ("fields=ten_xa,tenxa", "fields", "unknown-column", "ten_xa"),
    ("fields=ten_xa,ten_xa", "fields", "bad-value", None),
    ("fields=ten_xa&group_by=huyen", "fields", "bad-value", None),
    ("group_by=tenxa", "group_by", "unknown-column", "huyen"),
    ("group_by=ngay_bao_cao:week", "group_by", "bad-value", "month"),
    ("group_by=huyen:year", "group_by", "bad-value", None),
    ("group_by=so_truong:0", "group_by", "bad-value", None),
    ("agg=mode:so_truong", "agg", "bad-value", "median"),
    ("agg=sum", "agg", "bad-value", None),
    ("agg=sum:tenxa", "agg", "unknown-column", "so_truong"),
    ("agg=sum:ten_xa", "agg", "bad-value", None),
    ("agg=count,count", "agg", "bad-value", None),
    ("agg=count&sort=huyen", "sort", "unknown-column", "count"),
    ("period=2020Q1", "period", "bad-value", "all"),
    ("period=mới nhất", "period", "bad-value", "all"),
    ("page[size]=0", "page[size]", "bad-value", None),
    ("page[size]=10001", "page[size]", "bad-value", None),
    ("page[size]=ten", "page[size]", "bad-value", None),
    ("page[size]=٣", "page[size]", "bad-value", None),
    ("page[number]=0", "page[number]", "bad-value", None),
    ("page[offset]=-1", "page[offset]", "bad-value", None),
    ("page[offset]=9999999999999999999999", "page[offset]", "bad-value", None),
    ("page[offset]=1&page[number]=2", "page[offset]", "bad-value", None),
    ("page[after]=abc", "page[after]", "bad-value", None),
    ("page[size]=1&page[size]=2", "page[size]", "bad-value", None),
    ("shape=cubes", "shape", "bad-value", "arrays"),
    ("count=yes", "count", "bad-value", "false"),
    ("format=xml", "format", "bad-value", "geojson"),
    ("lang=fr", "lang", "bad-value", "en"),
    ("q=!!!", "q", "bad-value", None),
    ("q=a\x00b", "q", "bad-value", None),
]


def test_wrong_parameters_are_named(schools: Api, subtests: pytest.Subtests):
    for query, parameter, kind, allowed in WRONG:
        with subtests.test(query):
            body = schools.problem(quote(query, safe="=&"))
            assert body["type"].endswith(f"/nha-phat-trien/#loi-{kind}")
            assert body["status"] == 400
            assert body["parameter"] == parameter
            assert body["detail"].endswith((".", "…"))
            assert "{" not in body["detail"]
            if allowed:
                assert allowed in body["allowed"]


def test_a_quote_left_open_holds_the_rest(schools: Api):
    assert schools.codes("ten_xa__in=" + quote('"Vinh, phường')) == ["7"]


def test_a_cursor_belongs_to_its_question(schools: Api):
    mark = schools.get("sort=huyen&page[size]=2").json()["meta"]["next_cursor"]
    body = schools.problem(f"sort=-huyen&page[after]={mark}")
    assert body["parameter"] == "page[after]"


def test_refusals_in_english(schools: Api):
    """`lang` before Accept-Language; the type stays the same address."""
    vietnamese = schools.problem("sort=x")
    english = schools.problem("sort=x&lang=en")
    assert vietnamese["type"] == english["type"]
    assert "/en/" not in english["type"]
    assert schools.problem("sort=x&lang=vi", accept_language="en") == vietnamese


def test_an_unknown_table(schools: Api):
    unknown = "/api/v1/resources/00000000-0000-0000-0000-000000000000/rows"
    response = schools.client.get(unknown)
    assert response.status_code == 404
    assert response.json()["type"].endswith("#loi-not-found")
    assert schools.client.get("/api/v1/resources/abc/rows").status_code == 404


def test_a_table_not_yet_published(db: None, client: Client):
    api = Api(client, make.release_at(ReleaseState.SUBMITTED))
    assert [api.get(name=name).status_code for name in NAMES] == [404] * len(NAMES)


def test_a_published_table_without_data(schools: Api):
    second = make.resource(schools.release.resource.dataset, title="Bảng thứ hai")
    response = schools.client.get(reverse("api-rows", args=[second.pk]))
    assert response.status_code == 404
    assert "chưa có kỳ dữ liệu" in response.json()["detail"]


def test_shared_data_say_how_an_agency_connects(db: None, client: Client):
    release = make.published(of=make.dataset(access=Dataset.Access.SHARED).resources.get())
    for name in NAMES:
        response = Api(client, release).get(name=name)
        assert response.status_code == 403
        body = response.json()
        assert body["type"].endswith("#loi-not-open")
        assert "văn bản điện tử có ký số" in body["detail"]
        assert release.resource.dataset.agency.name in body["detail"]
        assert b"00123" not in response.content


def test_withdrawn_data_say_when_and_why(schools: Api):
    dataset = schools.release.resource.dataset
    reason = "Đã chuyển sang cơ sở dữ liệu quốc gia."
    dataset_actions.withdraw(
        dataset=dataset, reason=reason, by=make.person("approver", dataset.agency)
    )
    for name in NAMES:
        response = schools.get(name=name)
        assert response.status_code == 410
        assert response.json()["reason"] == reason
        assert response.json()["withdrawn_at"][:4].isdigit()


def test_a_withdrawn_period_is_no_longer_there(two_periods: Api):
    agency = two_periods.release.resource.dataset.agency
    decision.withdraw(
        release=two_periods.release, reason="Số liệu chưa khớp.", by=make.person("approver", agency)
    )
    for name in NAMES:
        gone = two_periods.get("period=2026Q3", name=name)
        assert gone.status_code == 410
        assert gone["Content-Type"] == "application/problem+json"
        told = gone.json()
        assert (told["period"], told["reason"]) == ("2026Q3", "Số liệu chưa khớp.")
        assert told["withdrawn_at"][:4].isdigit()
    assert two_periods.problem("period=2026Q4")["allowed"] == ["2026Q2", "all"]
    assert len(two_periods.rows()) == 3


def test_what_the_server_cannot_do_now(schools: Api, monkeypatch):
    errors = {
        "too-slow": TooSlow("too_slow", seconds="5"),
        "unavailable": TableUnavailable("no_table_file"),
    }
    for kind, error in errors.items():
        monkeypatch.setattr("catalog.api.rows.rows", Mock(side_effect=error))
        response = schools.get()
        assert response.status_code == 503
        assert response.json()["type"].endswith(f"#loi-{kind}")
        assert int(response.headers["Retry-After"]) > 0


def test_formats_nobody_makes(schools: Api):
    for accept in (
        "application/json",
        "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/*",
    ):
        assert schools.get("", accept=accept).headers["Content-Type"] == "application/json"
    for accept in ("text/html", "image/png, application/pdf", "text/csv;q=0, text/html"):
        assert "text/csv" in schools.problem("", 406, accept=accept)["allowed"]


def test_nobody_writes(schools: Api):
    for method in ("post", "put", "patch", "delete"):
        for name in (*NAMES, "releases/"):
            response = getattr(schools.client, method)(schools.path(name))
            assert response.status_code == 405
            assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
            assert response.headers["Content-Type"] == "application/problem+json"


def test_descriptions_refuse_what_they_do_not_know(schools: Api):
    for name in NAMES[1:]:
        response = schools.get("sort=ten_xa", name=name)
        assert (response.status_code, response.json()["parameter"]) == (400, "sort")
        assert schools.get("period=all", name=name).json()["parameter"] == "period"
        assert schools.get("lang=vi&lang=en", name=name).json()["parameter"] == "lang"


def test_the_older_addresses_speak_of_problems_too(schools: Api):
    wrong = schools.client.get("/api/v1/datasets/?access=secret")
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "access")
    several = schools.client.get("/api/v1/datasets/?access=secret&frequency=never")
    assert set(several.json()["errors"]) == {"access", "frequency"}
    missing = schools.client.get("/api/v1/datasets/khong-co/")
    assert missing.status_code == 404
    assert schools.client.get("/api/v1/datasets/?page=99").json()["parameter"] == "page"
    for response in (wrong, several, missing):
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.json()["title"]


def test_the_older_addresses_refuse_what_they_do_not_know(schools: Api):
    slug = schools.release.resource.dataset.slug
    lists = [
        ("/api/v1/datasets/", "organization"),
        (f"/api/v1/datasets/{slug}/", "lang"),
        (f"/api/v1/resources/{schools.release.resource_id}/releases/", "page_size"),
        ("/api/v1/usage", "by"),
    ]
    for address, known in lists:
        assert schools.client.get(f"{address}?lang=en&format=json").status_code == 200
        refused = schools.client.get(f"{address}?orgnization=so-y-te")
        body = refused.json()
        assert (refused.status_code, body["parameter"]) == (400, "orgnization")
        assert body["type"].endswith("#loi-unknown-parameter")
        assert known in body["allowed"]
        assert schools.client.get(f"{address}?lang=en&lang=vi").json()["parameter"] == "lang"
    for size in ("abc", "0", "-1", "²"):
        refused = schools.client.get("/api/v1/datasets/", {"page_size": size})
        assert (refused.status_code, refused.json()["parameter"]) == (400, "page_size")


ATTACKS = [
    "' OR '1'='1", "1; DROP TABLE data; --", '"; ATTACH \'/etc/passwd\' AS x; --',
    "') UNION SELECT * FROM read_text('/etc/passwd') --", "read_csv('/etc/passwd')",
    "../../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "/etc/passwd", "file:///etc/passwd",
    "C:\\windows\\win.ini", "\x00", "a\x00b", "%00", "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe", b"%c0%af", "😀" * 400, "ẹ̉̀" * 300, "‮", "{column}", "{0.__class__}", "%s%n%x",
    "${jndi:ldap://x}", "9" * 400, "1e999", "-1e999", "NaN", "Infinity", "0x10", "1_000",
    "١٢٣", "[" * 2000, '{"a":' * 500, "(" * 3000, "true", "null", "\r\nSet-Cookie: a=b",
    "0001-01-01", "9999-12-31T23:59:59+14:00", "-0001-01-01", "=cmd|' /C calc'!A0",
]  # fmt: skip
PLACES = [
    "q", "sort", "fields", "group_by", "agg", "period", "page[size]", "page[after]", "format",
    "lang", "ten_xa", "so_truong", "ti_le__between", "ngay_bao_cao__ge", "dat_chuan__eq",
    "ten_xa__in", "any.1.ten_xa__contains",
]  # fmt: skip


def test_attacks_in_values(schools: Api):
    for place in PLACES:
        for attack in ATTACKS:
            assert_harmless(schools, urlencode({place: attack}))


def test_attacks_in_names(schools: Api):
    for attack in ATTACKS:
        text = attack if isinstance(attack, str) else attack.decode("latin-1")
        for name in (
            text,
            f"{text}__eq",
            f"any.1.{text}__eq",
            f"ten_xa__{text}",
            f"any.{text}.ten_xa",
        ):
            assert_harmless(schools, urlencode({name: "1"}, errors="surrogatepass"))
        assert_harmless(schools, urlencode({"group_by": f"ten_xa:{text}"}, errors="surrogatepass"))
        assert_harmless(schools, urlencode({"agg": f"{text}:so_truong"}, errors="surrogatepass"))


CROWDS = [
    "&".join(f"ten_xa__ne={number}" for number in range(4_000)),
    "&".join(f"x{number}=1" for number in range(4_000)),
    "&".join("q=a" for _ in range(10_000)),
    "&".join(f"any.{number}.ten_xa=a" for number in range(1, 3_000)),
    "ten_xa__in=" + ",".join(map(str, range(5_000))),
    "sort=" + ",".join(["ten_xa"] * 2_000),
    "group_by=" + ",".join(["so_truong:1"] * 500),
    "agg=" + ",".join(["sum:so_truong"] * 2_000),
    "fields=" + "ten_xa," * 1_000 + "ten_xa",
    "any.1.any.1.any.1.ten_xa=1",
    "q=" + "a" * 50_000,
    "page[after]=" + "A" * 50_000,
    "%", "%zz=%zz", "=", "&&&", "a=b=c", "%ff%fe=1", "ten_xa=%ed%a0%80", "page[=1",
    "page[size][x]=1", "tên_xã__eq=1", "%C3%AA%CC%80=1", ";q=1",
]  # fmt: skip


def test_attacks_by_number_and_depth(schools: Api):
    for query in CROWDS:
        assert_harmless(schools, query)


@pytest.mark.parametrize(
    "path",
    ["/api/v1/resources/../../etc/passwd", "/api/v1/resources/%2e%2e/rows",
     "/api/v1/resources/%00/rows", "/api/v1/resources/x'--/rows", "/api/v1/%ff/"],
)  # fmt: skip
def test_attacks_in_the_path(db: None, client: Client, path: str):
    assert client.get(path).status_code == 404


def assert_harmless(api: Api, query: str) -> None:
    """Answered or refused in words; no defect, no file of the server, no header of the caller's making."""
    response = api.client.get(api.rows_path, QUERY_STRING=query)
    assert response.status_code in (200, 400), (query[:200], response.status_code)
    content = b"".join(response)
    assert b"root:" not in content
    assert "Set-Cookie" not in response.headers
    if response.status_code == 400:
        assert response.headers["Content-Type"] == "application/problem+json"
        assert len(content) < 20_000


def test_a_defect_is_a_problem_too(schools: Api, monkeypatch):
    monkeypatch.setattr("catalog.api.rows.rows", Mock(side_effect=RuntimeError))
    schools.client.raise_request_exception = False
    response = schools.get()
    assert response.status_code == 500
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_an_address_of_nothing_answers_in_the_callers_language(db: None, client: Client):
    vietnamese = client.get("/api/v1/khong-co")
    assert vietnamese.status_code == 404
    assert vietnamese.json()["detail"] == "Không có gì ở địa chỉ này."
    english = client.get("/api/v1/khong-co", headers={"accept-language": "en"})
    assert english.json()["type"] == vietnamese.json()["type"]


def test_every_type_of_problem_is_explained(db: None, client: Client):
    page = client.get("/nha-phat-trien/").content.decode()
    for code in KINDS:
        assert f'id="loi-{code}"' in page
        assert problem_type(code).endswith(f"/nha-phat-trien/#loi-{code}")
