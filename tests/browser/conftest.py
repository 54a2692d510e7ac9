"""A running site and a browser that speaks to nobody else."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium, processes

# Playwright's synchronous API runs an event loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 780}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """The address of a site with web server and worker, on the test's database."""
    with processes.worker(tmp_path), processes.web(tmp_path) as server:
        yield server.address


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "360"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(viewport=request.param, locale="vi-VN", base_url=site)
    yield from _watched(context, site)


@pytest.fixture
def page_without_javascript(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport=WIDE, locale="vi-VN", base_url=site, java_script_enabled=False
    )
    yield from _watched(context, site)


def _watched(context: BrowserContext, site: str) -> Iterator[Page]:
    """A page; fails when it asks another host for anything or its console complains."""
    complaints: list[str] = []
    page = context.new_page()
    page.on(
        "request", lambda r: None if r.url.startswith((site, "data:")) else complaints.append(r.url)
    )
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []
