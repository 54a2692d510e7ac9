from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import Agency, Person
from catalog.actions import checking, pulls, sources
from catalog.actions.sources import Settings
from catalog.models import Pull, Release, Resource, Source
from tests import factories as make
from tests.deadlines.moments import at
from tests.pulling import api as apis

SECRET = "khoa-rat-bi-mat-20260930"
FIRST_PERIOD = "2026Q2"
PERIOD = "2026Q3"


@pytest.fixture
def api(settings: Any) -> Iterator[apis.Api]:
    """A server inside the network that the installation allows."""
    with apis.running() as running:
        settings.PULL_ALLOWED_PRIVATE_HOSTS = [running.host]
        settings.PULL_ALLOW_HTTP = True
        settings.PULL_SECONDS = 10
        yield running


@dataclass
class Office:
    """An agency with one table, whose first period was published as a file."""

    agency: Agency
    table: Resource
    staff: Person
    head: Person
    api: apis.Api

    def configure(self, **how: Any) -> Source:
        settings = {"url": self.api.url("/so-lieu?ky={period}"), **how}
        return sources.configure(resource=self.table, settings=Settings(**settings), by=self.staff)

    def approved(self, **how: Any) -> Source:
        """Set up, tried with the data of the first period, and agreed to."""
        source = self.configure(**how)
        self.api.gives(make.GOOD_CSV)
        assert self.pull_now(source, FIRST_PERIOD).state == Pull.State.UNCHANGED
        return sources.approve(source=source, seen=source.configured_at, by=self.head)

    def pull_now(self, source: Source, period: str = PERIOD) -> Pull:
        pull = pulls.ask(source=source, period_code=period, by=self.staff)
        return self.carried_out(source, pull)

    def pull_on_schedule(self, source: Source) -> Pull:
        """The newest attempt after the schedule has come by."""
        return self.carried_out(source, None)

    def carried_out(self, source: Source, pull: Pull | None) -> Pull:
        pulls.run(source.pk)
        for release in Release.objects.filter(resource=self.table, state="checking"):
            checking.check(release.pk)
        if pull is None:
            newest = source.pulls.first()
            assert newest is not None
            pull = newest
        return Pull.objects.get(pk=pull.pk)


@pytest.fixture
def office(db: None, api: apis.Api) -> Office:
    return open_office(api)


def open_office(api: apis.Api) -> Office:
    call_command("load_deadlines", verbosity=0)
    agency = make.agency("Sở Giáo dục và Đào tạo")
    staff, head = make.person("contributor", agency), make.person("approver", agency)
    with at("2026-03-02"):
        table = make.dataset("Trường học theo xã", at=agency, by=staff).resources.get()
    with at("2026-07-05"):
        make.published(of=table, period=FIRST_PERIOD, by=staff, approver=head)
    table.refresh_from_db()
    return Office(agency, table, staff, head, api)
