"""Both languages of a page: the way between them, and nothing Vietnamese left unmarked on an English one."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.sights import (
    API_DOCS,
    DATASET_FILTERED,
    HOME,
    IN_TWO_LANGUAGES,
    LIST,
    Sight,
    by_name,
)
from tests.browser.test_narrow import check_width
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Letters that English does not have and Vietnamese does.
VIETNAMESE = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.I
)
# Names that stay what they are in an English sentence.
PROPER_NAMES = ("Nghệ An", "Thành Vinh", "NĐ-CP", "QĐ-UBND", "QĐ", "Tiếng Việt")
# Words of a file or of a search, quoted in an English sentence.
QUOTED = re.compile("“[^”]*”")
# What stands in the page for the reader: texts, and the attributes that are read out.
WORDS = """() => {
    const found = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.currentNode; node; node = walker.nextNode()) {
        const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (element.closest("[lang=vi], script, style, textarea, code")) continue;
        const spoken = ["aria-label", "placeholder", "title", "alt", "data-l", "done"];
        if (node !== element) found.push(node.textContent);
        else for (const name of spoken) found.push(node.getAttribute(name) ?? "");
    }
    return found.map(text => text.trim()).filter(Boolean);
}"""


@pytest.mark.parametrize("sight", IN_TWO_LANGUAGES, ids=by_name)
def test_an_english_page_marks_what_is_vietnamese_and_fits_a_telephone(
    look: Look, town: Town, sight: Sight
):
    page = look(sight, english=True, width=360)
    assert page.locator("html").get_attribute("lang") == "en"
    check_width(page)
    names = [*PROPER_NAMES, *town.province.names()]
    words = [*page.evaluate(WORDS), page.title().split(" – ")[-1]]
    assert [text for text in words if VIETNAMESE.search(without(names, text))] == []


def without(names: list[str], text: str) -> str:
    text = QUOTED.sub("", text)
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("sight", [HOME, LIST, DATASET_FILTERED], ids=by_name)
def test_the_switch_keeps_path_and_query_both_ways(look: Look, sight: Sight):
    page = look(sight)
    here = path_and_query(page)
    page.get_by_role("banner").get_by_role("link", name="English").click()
    assert path_and_query(page) == f"/en{here}"
    page.get_by_role("banner").get_by_role("link", name="Tiếng Việt").click()
    assert path_and_query(page) == here


def path_and_query(page: Page) -> str:
    url = urlsplit(page.url)
    return f"{url.path}?{url.query}" if url.query else url.path


@pytest.mark.parametrize("sight", [HOME, LIST, DATASET_FILTERED], ids=by_name)
def test_both_pages_name_each_other_to_search_engines(look: Look, town: Town, sight: Sight):
    path = town.path(sight)
    expected = {"vi": town.address + path, "en": f"{town.address}/en{path}"}
    for english in (False, True):
        page = look(sight, english=english)
        named = page.locator("link[rel=alternate][hreflang]").evaluate_all(
            "links => Object.fromEntries(links.map(link => [link.hreflang, link.href]))"
        )
        assert named == expected


def test_a_page_without_a_language_offers_no_other(look: Look):
    page = look(API_DOCS)
    expect(page.get_by_role("link", name="English")).to_have_count(0)
    expect(page.locator("link[rel=alternate]")).to_have_count(0)


def test_dates_and_numbers_are_written_as_the_reader_does(look: Look):
    vietnamese = look(LIST).locator(".results").inner_text()
    english = look(LIST, english=True).locator(".results").inner_text()
    assert re.search(r"\b\d\d/\d\d/20\d\d\b", vietnamese)
    assert re.search(r"\b\d{1,2} [A-Z][a-z]{2} 20\d\d\b", english)
