"""Every page, opened once: what screen readers, thumbs and telephones rely on, and what axe-core finds."""

import pytest

from tests.browser.conftest import Visit
from tests.browser.test_axe import violations
from tests.browser.test_narrow import check_width
from tests.browser.test_structure import (
    DANGLING,
    SMALL_TARGETS,
    check_headings,
    check_language,
    check_title,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def titles() -> dict[str, str]:
    """Title → the page that has it."""
    return {}


def test_structure(visit: Visit, titles: dict[str, str]):
    page = visit.at(1280)
    check_headings(page)
    assert page.evaluate(DANGLING) == {"twice": [], "empty": [], "missing": []}
    check_title(page, visit.sight, titles)
    check_language(page)
    assert page.evaluate(SMALL_TARGETS) == []
    assert visit.at(360).evaluate(SMALL_TARGETS) == []


def test_no_sideways_scrolling(visit: Visit):
    """At 360 px, nor at the 320 px that a zoom of 400 % leaves (WCAG 1.4.10)."""
    check_width(visit.at(360))


def test_axe_finds_nothing(visit: Visit):
    """WCAG 2.2 AA and best practice, wide and narrow; in the dark: test_axe.py."""
    assert violations(visit.at(1280)) == {}
    assert violations(visit.at(360)) == {}
