"""A web process that dies in the middle of an approval leaves exactly what was before.

The approval is held in its middle by the audit trail's own lock: the test takes it, so that the
request waits after it has superseded the earlier release and before it commits.
"""

import threading
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.error import URLError

import pytest
from django.db import connection, transaction

from accounts.actions.audit import CHAIN_LOCK, broken_links
from accounts.models import Person
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from tests import factories as make
from tests import processes
from tests.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def approver() -> Person:
    return make.person("approver", make.agency())


@pytest.fixture
def submitted(approver: Person) -> Release:
    """A correction of an already published period, waiting for the approver."""
    owner = approver.memberships.get().agency
    table = make.dataset(at=owner).resources.get()
    make.published(of=table)
    longer = make.GOOD_CSV + '00126,Nam Đàn,4,"1,0",30/09/2026\n'
    return make.release_at(ReleaseState.SUBMITTED, of=table, content=longer)


def test_killed_web_process_leaves_nothing_half_published(
    submitted: Release, approver: Person, tmp_path: Path
):
    before = facts(submitted)
    with processes.web(tmp_path) as server:
        visitor = Visitor(server.address)
        visitor.sign_in(approver.email, make.PASSWORD)
        page = visitor.get(f"/lam-viec/ky/{submitted.pk}/duyet/")
        with transaction.atomic():
            hold_audit_chain()
            request = threading.Thread(target=approve, args=(visitor, page))
            request.start()
            processes.wait_for(somebody_waits_for_the_chain, "the approval to reach its middle")
            server.kill()
            request.join(processes.PATIENCE)
    assert facts(submitted) == before
    assert not list(broken_links())

    with processes.web(tmp_path) as server:
        visitor = Visitor(server.address)
        visitor.sign_in(approver.email, make.PASSWORD)
        approve(visitor, visitor.get(f"/lam-viec/ky/{submitted.pk}/duyet/"))
    states = Release.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == [ReleaseState.SUPERSEDED, ReleaseState.PUBLISHED]
    assert Dataset.objects.get().latest_row_count == 4


def facts(release: Release) -> list[object]:
    dataset = Dataset.objects.get(pk=release.resource.dataset_id)
    states = Release.objects.order_by("number").values_list("state", "decided_at")
    return [*states, dataset.latest_row_count, dataset.data_updated_at, dataset.modified_at]


def approve(visitor: Visitor, page: str) -> None:
    # The server may die under the request: that is the test.
    with suppress(URLError, HTTPException, OSError):
        visitor.submit(page, decision="publish", seen="on")


def hold_audit_chain() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])


def somebody_waits_for_the_chain() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])
