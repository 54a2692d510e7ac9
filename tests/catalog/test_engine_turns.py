"""Who gets a turn in the table engine: half of the threads, and so many seconds for each caller."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.test import Client

from accounts.origin import Origin, acting_from
from catalog import tablepool
from catalog.downloads import Format, download_path
from catalog.models import Release
from catalog.tablepool import Budget, Places
from tables import TooBusy
from tests import factories

pytestmark = pytest.mark.django_db
CALLER = "192.0.2.9"


@pytest.fixture
def release() -> Release:
    return factories.published()


@pytest.fixture(autouse=True)
def budget(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Budget:
    """Nothing used yet, whatever asked before."""
    settings.ENGINE_SECONDS_PER_MINUTE = 30
    fresh = Budget()
    monkeypatch.setattr(tablepool, "budget", fresh)
    monkeypatch.setattr(Budget, "_minute", staticmethod(lambda: -1))
    return fresh


@pytest.fixture
def places(monkeypatch: pytest.MonkeyPatch) -> Places:
    own = Places(2)
    monkeypatch.setattr(tablepool, "places", own)
    return own


@pytest.fixture
def taken(places: Places, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Others have been at it for long."""
    with ExitStack() as others:
        others.enter_context(places.one())
        others.enter_context(places.one())
        monkeypatch.setattr(tablepool, "SLOW", 0.0)
        yield


def test_more_than_there_are_places_is_refused_at_once_where_all_are_slow(taken: None) -> None:
    with pytest.raises(TooBusy), acting_from(Origin(CALLER)), tablepool.turn():
        pytest.fail("there was no place")


def test_the_end_of_a_quick_question_is_waited_for(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tablepool, "SLOW", 60.0)
    monkeypatch.setattr(tablepool, "LONGEST_WAIT", 60.0)
    waits, leaves = threading.Event(), threading.Event()

    def quick() -> None:
        with places.one(), places.one():
            waits.set()
            leaves.wait(60)

    other = threading.Thread(target=quick)
    other.start()
    waits.wait(60)
    threading.Timer(0.05, leaves.set).start()
    with places.one():
        assert leaves.is_set()
    other.join()


def test_part_of_a_file_that_is_being_sent_waits(
    taken: None, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tablepool, "LONGEST_PATIENCE", 0.05)
    with pytest.raises(TooBusy), places.one(patient=True):
        pytest.fail("there was no place")


@pytest.mark.parametrize("tab", ["", "?tab=bieu-do", "?tab=ban-do", "?q=truong"])
def test_a_page_says_so_and_stays_a_page(
    client: Client, release: Release, taken: None, tab: str
) -> None:
    page = client.get(f"{release.resource.dataset.get_absolute_url()}{tab}")
    assert page.status_code in (200, 503)  # the chart tab may stand on the table
    if page.status_code == 503:
        assert "Cổng đang trả lời nhiều truy vấn nặng" in page.content.decode()


def test_the_row_api_says_so(client: Client, release: Release, taken: None) -> None:
    refused = client.get(f"/api/v1/resources/{release.resource_id}/rows")
    assert (refused.status_code, refused["Retry-After"]) == (503, "30")
    assert "truy vấn nặng" in refused.json()["detail"]


def test_an_export_says_so(
    client: Client, release: Release, places: Places, budget: Budget
) -> None:
    budget.charge(CALLER, 10**6)
    path = download_path(release, Format.JSON)
    refused = client.get(path, {"sort": "-so_truong"}, REMOTE_ADDR=CALLER)
    assert refused.status_code == 200  # sorted apart from the pages, with memory of its own
    page = client.get(release.resource.dataset.get_absolute_url(), REMOTE_ADDR=CALLER)
    assert page.status_code == 429


def test_a_caller_who_has_used_up_the_minute_waits_for_the_next(
    client: Client, release: Release, budget: Budget
) -> None:
    address = f"/api/v1/resources/{release.resource_id}/rows"
    budget.charge(CALLER, 10**6)
    refused = client.get(address, REMOTE_ADDR=CALLER)
    assert refused.status_code == 429
    assert int(refused["Retry-After"]) >= 1
    assert "nhiều truy vấn nặng trong phút này" in refused.json()["detail"]
    assert client.get(address, REMOTE_ADDR="192.0.2.10").status_code == 200


def test_of_ipv6_a_customer_s_whole_network_is_one_caller(
    client: Client, release: Release, budget: Budget
) -> None:
    address = f"/api/v1/resources/{release.resource_id}/rows"
    budget.charge("2001:db8:1:2::/64", 10**6)
    assert client.get(address, REMOTE_ADDR="2001:db8:1:2::7").status_code == 429
    assert client.get(address, REMOTE_ADDR="2001:db8:1:3::7").status_code == 200


def test_processes_add_up_what_a_caller_has_used(
    monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    one, other = Budget(), Budget()
    settings.ENGINE_SECONDS_PER_MINUTE = 10
    for process in (one, other):
        process.charge("192.0.2.77", 6)
    one.check("192.0.2.77")  # it will learn it with its next question
    with pytest.raises(TooBusy):
        other.check("192.0.2.77")
    one.charge("192.0.2.77", tablepool.TOLD_FROM)
    with pytest.raises(TooBusy):
        one.check("192.0.2.77")


def test_what_is_remembered_of_callers_is_bounded(
    budget: Budget, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tablepool, "MOST_CALLERS", 3)
    for number in range(10):
        budget.charge(f"192.0.2.{number}", 0.001)
    assert len(budget._used) == len(budget._untold) == 3


def test_no_limit_when_none_is_set(budget: Budget, settings: Any) -> None:
    settings.ENGINE_SECONDS_PER_MINUTE = 0
    budget.charge(CALLER, 10**6)
    budget.check(CALLER)
