"""axe-core finds nothing (WCAG 2.2 AA and best practice): in the dark, in English, and that it sees mistakes.

On every page, wide and narrow: test_every_page.py.
"""

import functools
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.conftest import Look
from tests.browser.sights import API_DOCS, HOME, KEY, WORK, Sight, by_name

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@functools.cache
def axe() -> str:
    path = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
    return path.read_text(encoding="utf-8")


def violations(page: Page) -> dict[str, list[Any]]:
    """Rule → the places that break it. Evaluated from outside: the page's own policy stays as it is."""
    page.evaluate(axe())
    found = page.evaluate(
        """tags => axe.run(document, {runOnly: tags, resultTypes: ["violations"]})""", TAGS
    )
    return {
        rule["id"]: [[*node["target"], node["failureSummary"]] for node in rule["nodes"]]
        for rule in found["violations"]
    }


@pytest.mark.parametrize("sight", [*KEY, API_DOCS], ids=by_name)
def test_nothing_found_in_the_dark(look: Look, sight: Sight):
    assert violations(look(sight, color_scheme="dark")) == {}


@pytest.mark.parametrize("sight", KEY, ids=by_name)
def test_nothing_found_in_english(look: Look, sight: Sight):
    assert violations(look(sight, english=True)) == {}


def test_nothing_found_in_the_menu_of_the_telephone(look: Look):
    page = look(WORK, width=360)
    page.get_by_role("button", name="Danh mục").click()
    assert violations(page) == {}


def test_axe_sees_what_is_wrong(look: Look):
    """The negative control: three mistakes put into a page are reported as three."""
    page = look(HOME)
    page.evaluate(
        """() => {
            const main = document.querySelector("main");
            main.append(document.createElement("button"));
            main.append(document.createElement("img"));
            const pale = main.appendChild(document.createElement("p"));
            pale.textContent = "Chữ nhạt";
            pale.style.color = "#bbb";
        }"""
    )
    assert set(violations(page)) == {"button-name", "image-alt", "color-contrast"}
