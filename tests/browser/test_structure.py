"""What screen readers and thumbs rely on: headings, whole references, one language, large targets."""

import itertools
import re

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Look
from tests.browser.sights import HOME, Sight

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map(
    heading => Number(heading.getAttribute("aria-level") ?? heading.tagName[1]))"""

MAINS = """() => [...document.querySelectorAll("main, [role=main]")].filter(
    main => !main.role || main.role === "main").length"""

DANGLING = """() => {
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id);
    const twice = ids.filter((id, place) => ids.indexOf(id) !== place);
    const referring = ["for", "form", "popovertarget", "list", "headers", "aria-labelledby",
        "aria-describedby", "aria-controls", "aria-owns", "aria-errormessage", "aria-details"];
    const named = referring.flatMap(name => [...document.querySelectorAll(`[${name}]`)].flatMap(
        element => element.getAttribute(name).split(/\\s+/)));
    const ours = [...document.querySelectorAll("a[href]")].filter(a => !a.closest("#api-docs"));
    const anchors = ours.map(link => new URL(link.href))
        .filter(url => url.hash && url.pathname === location.pathname)
        .map(url => decodeURIComponent(url.hash.slice(1)));
    const empty = [...document.querySelectorAll("a[href=''], a[href='#']")].map(a => a.outerHTML);
    return {twice, empty, missing: [...named, ...anchors].filter(id => !ids.includes(id))};
}"""

# WCAG 2.5.8: 24 × 24 px, but for links in a sentence and what the browser draws itself; two small
# targets may also stand so far apart that circles of 24 px around their centres do not touch.
SMALL_TARGETS = """() => {
    const targets = [...document.querySelectorAll(
        "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")]
        .filter(element => element.checkVisibility({visibilityProperty: true})
            && !element.closest("#api-docs") && !element.matches(".skip"));
    const box = element => (element.closest("label") ?? element).getBoundingClientRect();
    const boxes = targets.map(box);
    const centre = rect => [rect.x + rect.width / 2, rect.y + rect.height / 2];
    const large = rect => rect.width >= 24 && rect.height >= 24;
    const apart = (one, place) => boxes.every((other, index) => {
        if (index === place || !other.width) return true;
        const [x, y] = centre(one);
        const near = large(other)
            ? Math.hypot(Math.max(other.left - x, 0, x - other.right),
                         Math.max(other.top - y, 0, y - other.bottom)) >= 12
            : Math.hypot(x - centre(other)[0], y - centre(other)[1]) >= 24;
        return near;
    });
    const inSentence = element => element.matches("a")
        && getComputedStyle(element).display === "inline"
        && element.closest("p, li, dd, td, th, figcaption").innerText.length
            > element.innerText.length + 3;
    return targets.filter((element, place) => !large(boxes[place]) && !apart(boxes[place], place)
            && !(element.closest("p, li, dd, td, th, figcaption") && inSentence(element)))
        .map(element => [element.outerHTML.slice(0, 120), box(element).width, box(element).height]);
}"""


ENGLISH_WORDS = re.compile(
    r"\b(Search|Download|Submit|Next|Previous|Page|Error|Sign in|Log in|Home|This field|required)\b"
)


def check_headings(page: Page) -> None:
    levels = page.evaluate(HEADINGS)
    assert page.evaluate(MAINS) == 1
    assert levels.count(1) == 1
    steps = itertools.pairwise(levels)
    assert [(above, below) for above, below in steps if below > above + 1] == []


def check_title(page: Page, sight: Sight, titles: dict[str, str]) -> None:
    """Unique among all pages, but for the same page seen by somebody else."""
    title = page.title()
    assert title.endswith(" – Kho dữ liệu tỉnh Nghệ An")
    assert title.startswith("Lỗi: ") == sight.has_errors
    path = page.url.split("?")[0]
    assert titles.setdefault(title, path) == path


def check_language(page: Page) -> None:
    """Vietnamese, with no sentence of a library left in English."""
    assert page.locator("html").get_attribute("lang") == "vi"
    parts = page.locator("main > .wrap > :not(#api-docs)")
    words = parts.evaluate_all("parts => parts.map(part => part.innerText)")
    assert ENGLISH_WORDS.findall(" ".join(words)) == []


def test_mistakes_are_seen(look: Look):
    """The negative control: a small button beside another, an id used twice, a label for nothing."""
    page = look(HOME)
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
            `<div id="noi-dung"><label for="nowhere">x</label>
            <button class="link">.</button><button class="link">.</button></div>`)"""
    )
    page.evaluate(
        """() => document.querySelectorAll("#noi-dung .link").forEach(button =>
            Object.assign(button.style, {minHeight: 0, padding: 0, width: "8px", height: "8px"}))"""
    )
    found = page.evaluate(DANGLING)
    assert (found["twice"], found["missing"]) == (["noi-dung"], ["nowhere"])
    assert len(page.evaluate(SMALL_TARGETS)) == 2
