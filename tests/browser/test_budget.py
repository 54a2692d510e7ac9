"""What a page costs a visitor who comes for the first time: bytes, requests, fonts, hosts.

Measured on the wire by Chromium with an empty cache. Static files come compressed from our own web
server, pages from the proxy in front (deploy/Caddyfile): a page's share is counted as gzip makes it.
"""

import gzip
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.sights import (
    DATASET,
    DATASET_API,
    DATASET_DICTIONARY,
    DATASET_VALUES,
    HOME,
    LIST,
    ORGANIZATIONS,
    REPORT,
    WORK,
    Sight,
    by_name,
)
from tests.browser.town import Town

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
# Page → KB, requests (shared budget: ux checks, F). Scripts: 20 KB, fonts: two files of 60 KB together.
BUDGETS = {
    HOME: (120, 8),
    LIST: (120, 8),
    ORGANIZATIONS: (120, 8),
    DATASET: (160, 9),
    DATASET_VALUES: (160, 9),
    DATASET_API: (160, 9),
    DATASET_DICTIONARY: (160, 9),
    WORK: (130, 8),
    REPORT: (130, 8),
}
NODES = {DATASET: 2500}


class Visit:
    """What one first visit transferred, by kind of resource."""

    def __init__(self) -> None:
        self.sizes: dict[str, list[int]] = defaultdict(list)
        self.hosts: set[str] = set()

    def count(self, response: Response) -> None:
        kind = response.request.resource_type
        self.hosts.add(urlsplit(response.url).netloc)
        self.sizes[kind].append(
            len(gzip.compress(response.body(), 6))
            if kind == "document"
            else response.request.sizes()["responseBodySize"]
        )

    def kilobytes(self, kind: str = "") -> float:
        kinds = [kind] if kind else list(self.sizes)
        return sum(size for one in kinds for size in self.sizes[one]) / 1024


@pytest.mark.parametrize("sight", BUDGETS, ids=by_name)
def test_budget(browser: Browser, town: Town, sight: Sight):
    kilobytes, requests = BUDGETS[sight]
    visit, nodes = first_visit(browser, town, sight)
    assert visit.hosts == {urlsplit(town.address).netloc}
    assert visit.kilobytes() <= kilobytes, visit.sizes
    assert sum(map(len, visit.sizes.values())) <= requests
    assert visit.kilobytes("script") <= 20
    assert len(visit.sizes["font"]) == 2
    assert visit.kilobytes("font") <= 60
    assert nodes <= NODES.get(sight, 1500)


def first_visit(browser: Browser, town: Town, sight: Sight) -> tuple[Visit, int]:
    context = browser.new_context(
        base_url=town.address, locale="vi-VN", storage_state=town.sessions.get(sight.visitor)
    )
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(town.path(sight), wait_until="networkidle")
    visit = Visit()
    for answer in answers:
        visit.count(answer)
    nodes = page.evaluate("document.querySelectorAll('*').length")
    context.close()
    return visit, nodes


def test_static_files_are_compressed_and_kept_for_ever(browser: Browser, town: Town):
    context = browser.new_context(base_url=town.address)
    page = context.new_page()
    with page.expect_response("**/portal.*.css") as stylesheet:
        page.goto("/")
    assert stylesheet.value.headers["content-encoding"] in ("br", "gzip")
    assert "immutable" in stylesheet.value.headers["cache-control"]
    context.close()


def test_private_pages_are_not_kept(browser: Browser, town: Town):
    context = browser.new_context(base_url=town.address, storage_state=town.sessions["contributor"])
    answer = context.request.get(town.path(WORK))
    assert "no-store" in answer.headers["cache-control"]
    context.close()
