"""The tabs of the explorer: links with the question, and a reason where one is missing."""

from dataclasses import replace

import pytest
from django.test import Client

from catalog.explorer import tabs
from catalog.explorer.look import Look
from tests import factories
from tests.catalog.public.explored import HOSPITALS, Explored
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "Bảng không có cột màu."


@pytest.fixture
def hospitals(client: Client) -> Explored:
    return Explored(factories.published(content=HOSPITALS), client)


@pytest.fixture
def _colours(monkeypatch: pytest.MonkeyPatch) -> None:
    """A further tab, for tables that have a column "mau"."""

    def why_not(look: Look) -> str:
        return "" if any(column.name == "mau" for column in look.columns) else REASON

    made_up = replace(tabs.TABLE, code="mau", label="Màu", why_not=why_not)
    monkeypatch.setattr(tabs, "TABS", (*tabs.TABS, made_up))


def test_the_question_goes_along_from_tab_to_tab(hospitals: Explored) -> None:
    page = hospitals.get("?q=vinh&cot=hang&phep=eq&gia_tri=I&sort=-ma&page=1")
    for link in page.context["explorer"].tabs:
        assert "q=vinh&cot=hang&phep=eq&gia_tri=I&sort=-ma" in link.address


def test_the_present_one_is_marked(hospitals: Explored) -> None:
    current = [
        link.tab.code for link in hospitals.get(xem="api").context["explorer"].tabs
        if link.is_current
    ]  # fmt: skip
    assert current == ["api"]


def test_an_unknown_one_is_404_with_the_table(hospitals: Explored) -> None:
    page = hospitals.get(xem="nghe-nhac")
    assert page.status_code == 404
    assert "Không có cách xem này. Dưới đây là bảng dữ liệu." in markup(page)
    assert len(page.context["explorer"].shown.rows) == 5


@pytest.mark.usefixtures("_colours")
def test_one_that_cannot_work_is_no_link_and_says_why(hospitals: Explored) -> None:
    text = markup(hospitals.get())
    assert "xem=mau" not in text
    assert f"<b>Màu:</b>{REASON}" in text


@pytest.mark.usefixtures("_colours")
def test_its_address_is_404_with_the_reason_and_the_table(hospitals: Explored) -> None:
    page = hospitals.get(xem="mau")
    assert page.status_code == 404
    assert REASON in markup(page)
    assert len(page.context["explorer"].shown.rows) == 5


@pytest.mark.usefixtures("_colours")
def test_one_that_can_work_is_there(client: Client) -> None:
    page = Explored(factories.published(content="Mã,Màu\n1,đỏ\n"), client)
    assert "xem=mau" in markup(page.get())
    assert page.get(xem="mau").status_code == 200
