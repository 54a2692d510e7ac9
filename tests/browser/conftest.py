"""A running site and a browser that speaks to nobody else.

Two kinds of tests: those that change something start a site on a database of their own (`site`,
`page`); those that only look share one site and one province for the whole run (`town`).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, sync_playwright

from tests import chromium, processes
from tests.browser import people, province
from tests.browser.sights import ALL, Sight, by_name
from tests.browser.town import Town
from tests.databases import fill

# Playwright's synchronous API runs an event loop in this thread; the ORM is used between its calls only.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 360, "height": 780}
Look = Callable[..., Page]


@dataclass(frozen=True)
class Visit:
    """A page as its visitor sees it."""

    sight: Sight
    page: Page

    def at(self, width: int) -> Page:
        self.page.set_viewport_size({"width": width, "height": 900 if width > 360 else 780})
        return self.page


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
    with _watched(context.new_page(), site) as page:
        yield page
    context.close()


@pytest.fixture
def page_without_javascript(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport=WIDE, locale="vi-VN", base_url=site, java_script_enabled=False
    )
    with _watched(context.new_page(), site) as page:
        yield page
    context.close()


@pytest.fixture(scope="session")
def town(
    django_db_setup: None,
    django_db_blocker: Any,
    browser: Browser,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Town]:
    """The shared site."""
    with ExitStack() as stack:
        with (
            django_db_blocker.unblock(),
            _database_of_its_own(stack, django_db_blocker),
            translation.override("vi"),
        ):
            built = province.build()
            server = stack.enter_context(processes.web(tmp_path_factory.mktemp("town")))
        sessions = {
            post: people.session_of(browser, server.address, person)
            for post, person in built.people().items()
        }
        yield Town(server.address, built, sessions)


@contextmanager
def _database_of_its_own(stack: ExitStack, blocker: Any) -> Iterator[None]:
    """A new database, so that no other test empties or fills it.

    Queries go there inside; it lives as long as `stack`. Made by migrating, not by copying the test
    database: PostgreSQL copies only what nobody is using.
    """

    def remove() -> None:
        with blocker.unblock():
            connection.creation.destroy_test_db(suffix="town", verbosity=0)

    town = connection.creation.get_test_db_clone_settings("town")
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{town["NAME"]}"')
        cursor.execute(f'CREATE DATABASE "{town["NAME"]}"')
    stack.callback(remove)
    usual = connection.settings_dict
    connection.close()
    connection.settings_dict = town
    try:
        fill(town["NAME"])
        call_command("migrate", verbosity=0)
        yield
    finally:
        connection.close()
        connection.settings_dict = usual


@pytest.fixture(scope="session")
def windows(browser: Browser, town: Town) -> Iterator[Callable[..., Page]]:
    """windows(visitor, …): that visitor's window, opened once: each starts with an empty cache."""
    opened: dict[str, Page] = {}

    def window(visitor: str, **how: Any) -> Page:
        key = repr((visitor, sorted(how.items())))
        if key not in opened:
            context = browser.new_context(
                locale="vi-VN",
                base_url=town.address,
                storage_state=town.sessions.get(visitor),
                reduced_motion="reduce",
                **how,
            )
            opened[key] = context.new_page()
        return opened[key]

    yield window
    for page in opened.values():
        page.context.close()


@pytest.fixture
def look(windows: Callable[..., Page], town: Town) -> Iterator[Look]:
    """look(sight, width=1280, …): the sight as its visitor sees it; a second look leaves the first."""
    seen: set[Page] = set()
    with ExitStack() as stack:

        def open_sight(
            sight: Sight, *, width: int = 1280, english: bool = False, **how: Any
        ) -> Page:
            page = windows(sight.visitor, **how)
            seen.add(page)
            stack.enter_context(_watched(page, town.address, sight.status))
            page.set_viewport_size({"width": width, "height": 900})
            _go(page, town, sight, english=english, drawn=how.get("java_script_enabled", True))
            return page

        yield open_sight
    for page in seen:
        page.goto("about:blank")  # what is drawn or asked for again and again takes others' time


@pytest.fixture(scope="module", params=ALL, ids=by_name)
def visit(
    request: pytest.FixtureRequest, windows: Callable[..., Page], town: Town
) -> Iterator[Visit]:
    """Every page in turn, opened once for all the checks of a module."""
    sight = request.param
    page = windows(sight.visitor)
    page.set_viewport_size(WIDE)
    with _watched(page, town.address, sight.status):
        _go(page, town, sight)
        yield Visit(sight, page)
    page.goto("about:blank")


def _go(page: Page, town: Town, sight: Sight, *, english: bool = False, drawn: bool = True) -> None:
    response = page.goto(town.path(sight, english=english))
    assert response is not None
    assert response.status == sight.status
    if sight.drawn and drawn:
        page.locator(sight.drawn).first.wait_for()
    if sight.button:
        sight.press(page)


@contextmanager
def _watched(page: Page, site: str, status: int = 200) -> Iterator[Page]:
    """Fails when the page asks another host for anything or its console complains.

    A page that is an error by intention (`status`) may be called one in the console.
    """
    complaints: list[str] = []
    expected = f"the server responded with a status of {status} "

    def requested(request: Request) -> None:
        if not request.url.startswith((site, "data:")):
            complaints.append(request.url)

    def said(message: ConsoleMessage) -> None:
        if message.type == "error" and expected not in message.text:
            complaints.append(message.text)

    def failed(error: Error) -> None:
        complaints.append(str(error))

    page.on("request", requested)
    page.on("console", said)
    page.on("pageerror", failed)
    yield page
    page.remove_listener("request", requested)
    page.remove_listener("console", said)
    page.remove_listener("pageerror", failed)
    assert complaints == []
