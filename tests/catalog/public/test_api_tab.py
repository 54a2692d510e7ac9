"""The API tab: the present question as a request, and programs that send it."""

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from catalog.explorer import api_examples
from tests import factories
from tests.catalog.public.explored import EARLIER, HOSPITALS, Explored
from tests.markup import markup

pytestmark = pytest.mark.django_db
QUESTION = "&q=vinh&cot=so_giuong&phep=between&gia_tri=10%3B+1700&cot=ti_le&phep=not_empty&sort=-ma"


@pytest.fixture
def hospitals(client: Client) -> Explored:
    return Explored(factories.published(content=HOSPITALS), client)


def example(page: Explored, code: str, query: str = QUESTION) -> str:
    examples = page.shown(f"?xem=api{query}").examples
    return str(next(one.text for one in examples if one.code == code))


def codes(page: Explored, address: str) -> list[str]:
    """The rows at an address of the API, by their first column."""
    answer = page.client.get(address)
    assert answer.status_code == 200, answer.content
    return [row["ma"] for row in answer.json()["data"]]


def test_the_request_gives_the_rows_of_the_table(hospitals: Explored) -> None:
    api = hospitals.shown(f"?xem=api{QUESTION}")
    assert codes(hospitals, api.json_address) == ["005", "002", "001"]
    assert hospitals.codes(f"?{QUESTION}") == ["005", "002", "001"]


def test_the_page_says_what_is_asked(hospitals: Explored) -> None:
    text = markup(hospitals.get(f"?xem=api{QUESTION}"))
    assert "Đang hỏi: Tìm “vinh”; Số giường trong khoảng 10; 1700; Tỉ lệ không để trống;" in text


def test_the_curl_command_asks_the_same(hospitals: Explored) -> None:
    program, *arguments = shlex.split(example(hospitals, "curl").replace("\\\n", " "))
    assert (program, arguments[0]) == ("curl", "--get")
    assert arguments[2::2] == ["--data-urlencode"] * (len(arguments) // 2 - 1)
    pairs = [tuple(argument.split("=", 1)) for argument in arguments[3::2]]
    assert codes(hospitals, f"{arguments[1]}?{urlencode(pairs)}") == ["005", "002", "001"]


@pytest.mark.parametrize("language", ["r", "excel", "javascript"])
def test_the_address_in_the_program_asks_the_same(hospitals: Explored, language: str) -> None:
    addresses = re.findall(r'"(https?://[^"]+)"', example(hospitals, language))
    assert [codes(hospitals, address) for address in addresses] == [["005", "002", "001"]]


@pytest.mark.django_db(transaction=True)
def test_the_python_program_runs_and_turns_the_pages(
    live_server: Any, settings: Any, client: Client, tmp_path: Path, monkeypatch: Any
) -> None:
    settings.SITE_URL = live_server.url
    monkeypatch.setattr(api_examples, "LARGEST_PAGE", 2)
    page = Explored(factories.published(content=HOSPITALS), client)
    # Its last step needs a library of its own: here a table is a list of rows.
    (tmp_path / "pandas.py").write_text("DataFrame = list\n")
    program = tmp_path / "program.py"
    program.write_text(example(page, "python") + '\nassert [r["ma"] for r in rows] == codes\n')
    program.write_text(f'codes = ["005", "002", "001"]\n{program.read_text()}')
    environment = {"PYTHONPATH": str(tmp_path), "NO_PROXY": "*", "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, str(program)], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_an_awkward_value_is_quoted_in_every_language(hospitals: Explored) -> None:
    query = "&" + urlencode({"cot": "ten_co_so", "phep": "eq", "gia_tri": "a\"b'c $d \\e #(f) {g}"})
    arguments = shlex.split(example(hospitals, "curl", query).replace("\\\n", " "))
    assert arguments[-1] == "ten_co_so__eq=a\"b'c $d \\e #(f) {g}"
    compile(example(hospitals, "python", query), "program.py", "exec")
    for language in ("r", "excel", "javascript"):
        (address,) = re.findall(r'"(https?://[^"]+)"', example(hospitals, language, query))
        assert codes(hospitals, address) == []
    text = markup(hospitals.get(f"?xem=api{query}"))
    assert "a&quot;b" in text


def test_the_newest_period_needs_no_name_others_do(client: Client) -> None:
    table = factories.dataset().resources.get()
    factories.published(of=table, period="2026Q1", content=EARLIER)
    table.refresh_from_db()
    page = Explored(factories.published(of=table, period="2026Q2", content=HOSPITALS), client)
    assert "period=" not in page.shown(xem="api", ky="2026Q2").json_address
    older = page.shown(xem="api", ky="2026Q1").json_address
    assert older.endswith("?period=2026Q1")
    assert codes(page, older) == ["001", "003"]
    together = page.shown(xem="api", ky="tat-ca", q="quynh").json_address
    assert codes(page, together) == ["003", "003"]


def test_columns_are_listed_with_what_they_can_be_asked(hospitals: Explored) -> None:
    columns = {one.column.name: one.ops for one in hospitals.shown(xem="api").api_columns}
    assert "contains" in columns["ten_co_so"]
    assert "contains" not in columns["so_giuong"]


def test_the_limits_are_the_real_ones(hospitals: Explored, settings: Any) -> None:
    text = markup(hospitals.get(xem="api"))
    assert "nhiều nhất 10.000 dòng" in text
    assert "1.200 yêu cầu trong một phút" in text
    settings.API_REQUESTS_PER_MINUTE = 0
    assert "yêu cầu trong một phút" not in markup(hospitals.get(xem="api"))


def test_every_document_it_names_is_there(hospitals: Explored) -> None:
    text = markup(hospitals.get(xem="api"))
    links = re.findall(r'href="(/api/v1/resources/[^"]+)"', text)
    assert len(links) == 3
    assert {hospitals.client.get(link).status_code for link in links} == {200}


def test_a_question_that_does_not_fit_is_explained(hospitals: Explored) -> None:
    page = hospitals.get(xem="api", cot="so_giuong", phep="ge", gia_tri="nhiều")
    assert page.status_code == 400
    assert "không hợp lệ cho cột “Số giường”" in markup(page)
    api = page.context["explorer"].shown
    assert len(codes(hospitals, api.json_address)) == 5


def test_every_example_has_a_copy_button(hospitals: Explored) -> None:
    text = markup(hospitals.get(xem="api"))
    for code in ("curl", "python", "r", "excel", "javascript"):
        assert f'<pre tabindex="0" id="vi-du-{code}"' in text
        assert f'<copy-button for="vi-du-{code}"' in text
