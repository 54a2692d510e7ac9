"""What a telephone shows. That no page scrolls sideways: test_every_page.py, in English test_languages.py."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look
from tests.browser.sights import (
    APPROVALS,
    AUDIT,
    CALENDAR,
    DATASET,
    HOME,
    LEADER,
    LIST,
    MEMBERS,
    PETITIONS,
    PROGRESS,
    PROGRESS_AGENCY,
    PROGRESS_DESK,
    REPORT,
    RULES,
    WORK_DATASETS,
    Sight,
    by_name,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# What sticks out although no box of its own scrolls it; names help to find the culprit.
STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    return [document.documentElement.scrollWidth, ...[...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 1
            && !element.closest(".scroll, .sr, #api-docs"))
        .map(element => element.outerHTML.slice(0, 100)).slice(0, 5)];
}"""

CARDS_WITHOUT_LABEL = """() => [...document.querySelectorAll("table.cards")].flatMap(table => {
    const headings = [...table.tHead.rows[0].cells].map(cell => cell.innerText.trim());
    return [...table.tBodies[0].rows].flatMap(row => [...row.cells].slice(1)
        .filter(cell => cell.dataset.l && !headings.includes(cell.dataset.l))
        .map(cell => [cell.dataset.l, headings]));
})"""


def check_width(page: Page) -> None:
    assert page.evaluate(STICKING_OUT) == []
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate(STICKING_OUT) == []


def test_the_data_table_scrolls_in_its_box_and_keeps_its_first_column(look: Look):
    page = look(DATASET, width=360)
    box = page.locator(".scroll").first
    box.evaluate("box => box.scrollTo(400, 0)")
    first = page.locator(".scroll tbody th").first.bounding_box()
    assert box.evaluate("box => box.scrollLeft") == 400
    assert first is not None
    assert 0 <= first["x"] < 60


@pytest.mark.parametrize(
    "sight",
    [
        APPROVALS,
        AUDIT,
        MEMBERS,
        PROGRESS,
        PROGRESS_AGENCY,
        REPORT,
        WORK_DATASETS,
        CALENDAR,
        LEADER,
        PETITIONS,
        PROGRESS_DESK,
        RULES,
    ],
    ids=by_name,
)
def test_lists_are_cards_with_their_headings(look: Look, sight: Sight):
    page = look(sight, width=360)
    assert page.evaluate(CARDS_WITHOUT_LABEL) == []
    head = page.locator("table.cards thead").first.bounding_box()
    assert head is not None
    assert head["height"] <= 1


def test_filters_are_closed_until_asked_for(look: Look):
    page = look(LIST, width=360)
    box = page.locator(".facets input[type=checkbox]").first
    expect(box).to_be_hidden()
    page.locator(".facets summary").first.click()
    expect(box).to_be_visible()


def test_text_spacing_loses_nothing(look: Look):
    """WCAG 1.4.12: more room between letters, words and lines cuts no text off."""
    page = look(HOME, width=360)
    page.evaluate(
        """() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* {line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important} p {margin-bottom: 2em !important}`);
            document.adoptedStyleSheets = [sheet];
        }"""
    )
    check_width(page)


@pytest.mark.parametrize("english", [False, True])
def test_the_tabs_of_a_table_are_all_in_view(look: Look, english: bool):
    """None has its name cut at the edge, where nobody sees that there is more."""
    page = look(DATASET, width=360, english=english)
    tabs = page.locator(".tabs a")
    assert tabs.count() >= 4
    edges = tabs.evaluate_all("tabs => tabs.map(tab => tab.getBoundingClientRect().right)")
    assert max(edges) <= 360
