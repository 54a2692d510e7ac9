"""A worker that dies while an API is being read leaves nothing half visible; the next run goes on."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from catalog.actions import pull_schedule, pulls, sources
from catalog.actions.sources import Settings
from catalog.models import Pull, Release, Source
from catalog.states import ReleaseState
from core import clock
from tests import factories as make
from tests import processes
from tests.pulling import api as apis
from tests.pulling.api import Handler

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[apis.Api]:
    """The worker is a program of its own: it reads the environment."""
    with apis.running() as running:
        monkeypatch.setenv("PULL_ALLOWED_PRIVATE_HOSTS", running.host)
        monkeypatch.setenv("PULL_ALLOW_HTTP", "1")
        monkeypatch.setattr(settings, "PULL_ALLOWED_PRIVATE_HOSTS", [running.host])
        monkeypatch.setattr(settings, "PULL_ALLOW_HTTP", True)
        yield running


def test_killed_in_the_middle_of_a_download(api: apis.Api, tmp_path: Path):
    begun, go_on = threading.Event(), threading.Event()

    def half(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100000")
        handler.end_headers()
        handler.wfile.write(make.GOOD_CSV.encode())
        begun.set()
        go_on.wait(60)

    api.answer = half
    agency = make.agency()
    staff = make.person("contributor", agency)
    table = make.dataset(at=agency, by=staff).resources.get()
    source = sources.configure(
        resource=table, settings=Settings(url=api.url("/?ky={period}")), by=staff
    )
    period = make.last_period(table)
    with processes.worker(tmp_path) as worker:
        pull = pulls.ask(source=source, period_code=period, by=staff)
        assert begun.wait(60)
        assert state(pull) == Pull.State.FETCHING
        assert pull_schedule.due_sources() == []  # somebody is at it
        worker.kill()
    go_on.set()
    assert state(pull) == Pull.State.FETCHING
    assert not Release.objects.exists()

    processes.wait_for(lambda: pull_schedule.due_sources() == [source.pk], "the lock to be freed")
    api.gives(make.GOOD_CSV)
    with processes.worker(tmp_path):
        with clock.set_to(clock.now() + timedelta(minutes=1)):
            pulls.run(source.pk)
            assert state(pull) == Pull.State.FAILED
            again = pulls.ask(source=source, period_code=period, by=staff)
        processes.wait_for(lambda: state(again) == Pull.State.OK, "the second pull and its check")
    release = Release.objects.get()
    assert (release.state, release.source) == (ReleaseState.READY, Source.objects.get())
    assert Pull.objects.get(pk=pull.pk).code == "interrupted"


def state(pull: Pull) -> str:
    return Pull.objects.values_list("state", flat=True).get(pk=pull.pk)
