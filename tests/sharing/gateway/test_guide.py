"""How to call the gateway with one account: the examples run, the page names no secret."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import schemathesis
from django.test import Client
from drf_spectacular.validation import validate_schema

from accounts.models import Person
from catalog.actions import decision
from catalog.api.problems import KINDS
from catalog.explorer import api_examples
from catalog.models import Release
from sharing.actions import accounts
from sharing.gateway.guide import guide_tables
from sharing.gateway.problem_advice import ADVICE
from sharing.models import SharingService
from tests import factories as make
from tests.markup import markup
from tests.sharing.desk import look
from tests.sharing.gateway.conftest import Gateway, MakeGateway

pytestmark = pytest.mark.django_db
COLUMNS = ["ma_xa", "ten_xa"]
QUERIES = 18


def guide(gateway: Gateway, client: Client, person: Person | None = None) -> str:
    person = person or gateway.cast.contact
    return look(client, person, "account_guide", gateway.account.code)


def example(gateway: Gateway, code: str) -> str:
    [table] = guide_tables(gateway.account)
    return next(one.text for one in table.examples if one.code == code)


def run(program: list[str], gateway: Gateway, folder: Path) -> subprocess.CompletedProcess[str]:
    key = {"CLIENT_ID": gateway.issued.client_id, "CLIENT_SECRET": gateway.issued.secret}
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(folder), "NO_PROXY": "*",
                   "PYTHONUTF8": "1", **key}  # fmt: skip
    return subprocess.run(program, env=environment, cwd=folder, capture_output=True, text=True)


def test_both_sides_and_the_authority_read_it(client: Client, gateway: Gateway):
    cast = gateway.cast
    for person in (cast.contact, cast.approver, cast.officer):
        text = guide(gateway, client, person)
        assert str(gateway.table.pk) in text
        assert "60 lượt mỗi phút, 1.000 lượt mỗi ngày" in text
        assert "127.0.0.1" in text
    page = look(client, cast.contact, "connection_account", gateway.account.code)
    assert "/huong-dan/" in page


def test_it_names_no_secret(client: Client, gateway: Gateway):
    text = guide(gateway, client)
    assert gateway.issued.secret not in text
    assert gateway.issued.secret[:8] not in text
    assert "CLIENT_SECRET" in text


def test_only_what_was_granted_is_named(client: Client, gateway_of: MakeGateway):
    narrowed = gateway_of(columns=COLUMNS, rows=[["ma_xa", "le", "00128"]])
    [table] = guide_tables(narrowed.account)
    assert [one.name for one in table.columns] == COLUMNS
    text = guide(narrowed, client)
    assert "Mã xã đến hết 00128" in text
    assert "so_truong" not in text


def test_every_refusal_of_accounts_is_explained(client: Client, gateway: Gateway):
    assert set(ADVICE) == set(KINDS) - {"forbidden", "not-open"}
    text = guide(gateway, client)
    assert all(code in text for code in ADVICE)


def test_an_account_that_may_not_call_is_told_so(client: Client, gateway: Gateway):
    accounts.suspend(
        account=gateway.account, reason="security", note="Nghi lộ khoá.", by=gateway.cast.officer
    )
    assert "Tài khoản hiện không gọi được" in guide(gateway, client)


def test_a_table_that_gives_nothing_says_why(client: Client, gateway: Gateway):
    reason = "Số liệu sai, sẽ nộp lại."
    decision.withdraw(release=Release.objects.get(), reason=reason, by=gateway.cast.approver)
    [table] = guide_tables(gateway.account)
    assert table.problem
    assert table.problem in guide(gateway, client)


def test_a_service_elsewhere_has_its_own_document(client: Client, gateway: Gateway):
    SharingService.objects.update(place="external", endpoint="https://api.example/v1")
    text = guide(gateway, client)
    assert "không đi qua Cổng chia sẻ" in text
    assert "CLIENT_SECRET" not in text


def test_queries_are_few(client: Client, gateway: Gateway, django_assert_num_queries: Any):
    guide(gateway, client)
    with django_assert_num_queries(QUERIES):
        guide(gateway, client)


@pytest.mark.django_db(transaction=True)
def test_the_python_program_runs(
    live_server: Any, settings: Any, gateway_of: MakeGateway, tmp_path: Path, monkeypatch: Any
):
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(api_examples, "LARGEST_PAGE", 4)
    found = gateway_of(columns=COLUMNS)
    # Its last step needs a library of its own: here a table is a list of rows.
    (tmp_path / "pandas.py").write_text("DataFrame = list\n")
    program = example(found, "python") + "\nassert len(rows) == 6, rows\n"
    (tmp_path / "program.py").write_text(program)
    done = run([sys.executable, "program.py"], found, tmp_path)
    assert done.returncode == 0, done.stderr
    assert exported(tmp_path) == "ma_xa,ten_xa"


@pytest.mark.django_db(transaction=True)
def test_the_curl_commands_run(
    live_server: Any, settings: Any, gateway_of: MakeGateway, tmp_path: Path
):
    settings.SITE_URL = live_server.url
    found = gateway_of(columns=COLUMNS)
    done = run(["bash", "-euc", example(found, "curl")], found, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert '"total":6' in done.stdout.replace(" ", "")
    assert exported(tmp_path) == "ma_xa,ten_xa"

    found.issued = type(found.issued)(found.account, found.issued.client_id, "sai")
    refused = run(["bash", "-euc", example(found, "curl")], found, tmp_path)
    assert refused.returncode != 0


def exported(folder: Path) -> str:
    """The first line of the file that an example has written."""
    text = (folder / "du-lieu.csv").read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == 7
    return text.splitlines()[0]


@pytest.mark.parametrize("language", ["r", "excel"])
def test_the_addresses_in_the_other_programs_answer(gateway: Gateway, language: str):
    text = example(gateway, language)
    token, *rows = re.findall(r'"(https?://[^"]+)"', text)
    assert urlsplit(token).path == "/chia-se/v1/token"
    assert len(rows) == (2 if language == "r" else 1)
    for address in rows:
        found = urlsplit(address)
        assert gateway.call(f"{found.path}?{found.query}").status_code == 200
    assert ("ma_xa__not_empty", "true") in parse_qsl(urlsplit(rows[0]).query)
    assert "grant_type=client_credentials" in text
    assert text.count("CLIENT_SECRET") == 1


def test_the_document_is_openapi_with_the_way_to_a_token(gateway: Gateway):
    document = gateway.get(name="table-openapi").json()
    validate_schema(document)
    loaded = schemathesis.openapi.from_dict(document)
    assert len(list(loaded.get_all_operations())) == 4
    scheme = document["components"]["securitySchemes"]["account"]
    assert scheme["flows"]["clientCredentials"]["tokenUrl"].endswith("/chia-se/v1/token")
    rows = document["paths"][gateway.path()]["get"]
    assert {"ma_xa__eq", "sort", "format", "page[size]"} <= {
        one["name"] for one in rows["parameters"]
    }
    answers = rows["responses"]
    assert "Retry-After" in answers["429"]["headers"]
    assert "WWW-Authenticate" in answers["401"]["headers"]
    told = answers["403"]["content"]["application/problem+json"]["examples"]
    assert {"account-suspended", "wrong-network", "scope-unfit"} <= set(told)
    assert all(one["value"]["status"] == 403 for one in told.values())


def test_the_developers_page_tells_of_it_in_general(client: Client):
    text = markup(client.get("/nha-phat-trien/"))
    assert 'id="cong-chia-se"' in text
    assert "/chia-se/v1/token" in text
    assert "Retry-After" in text


def test_nobody_else_reads_it(client: Client, gateway: Gateway):
    client.force_login(make.person("contact_officer", make.agency("Sở Ngoại vụ")))
    response = client.get(f"/ket-noi/tai-khoan/{gateway.account.code}/huong-dan/")
    assert response.status_code in (403, 404)
