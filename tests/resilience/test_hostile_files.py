"""Every file made to hurt, uploaded at once beside a good one: each gets its sentence, all else goes on."""

from pathlib import Path

import pytest
from celery import current_app

from accounts.models import Person
from catalog import problem_words
from catalog.actions import delivery
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from tests import factories as make
from tests import processes
from tests.tables import hostile

pytestmark = pytest.mark.django_db(transaction=True)
# What our own look does not see is left to the limits of the process.
CASES = {
    **hostile.CASES,
    "cells nobody counted": ("a.xlsx", hostile.far_cell_unseen, "too_much_memory"),
}


def test_all_at_once_beside_a_good_one(tmp_path: Path):
    dataset = make.dataset()
    sender = make.person("contributor", dataset.agency)
    waiting = {case: uploaded(dataset, sender, tmp_path, case) for case in CASES}
    good = make.release_at(ReleaseState.CHECKING, content=make.GOOD_CSV)
    with processes.worker(tmp_path) as worker:
        for release in Release.objects.filter(state=ReleaseState.CHECKING):
            current_app.send_task("catalog.check_release", (str(release.pk),))
        processes.wait_for(lambda: not left(), "everything to be checked", patience=180)
        assert worker.process.poll() is None
        log = worker.log.read_text(errors="replace")
    assert "WorkerLostError" not in log
    assert "raised unexpected" not in log

    kept = {case: Release.objects.get(pk=release.pk) for case, release in waiting.items()}
    found = {case: (r.state, r.reading["unreadable"]["code"]) for case, r in kept.items()}
    assert found == {case: (ReleaseState.NEEDS_FIXING, code) for case, (*_, code) in CASES.items()}
    assert {release.attempts for release in kept.values()} == {1}
    for release in kept.values():
        assert problem_words.unreadable_sentence(release.reading["unreadable"]).endswith(".")
    done = Release.objects.get(pk=good.pk)
    assert (done.state, done.row_count, done.attempts) == (ReleaseState.READY, 3, 1)


def left() -> bool:
    return Release.objects.filter(state=ReleaseState.CHECKING).exists()


def uploaded(dataset: Dataset, sender: Person, folder: Path, case: str) -> Release:
    """A table of its own for each: a period takes one file."""
    name, make_file, _code = CASES[case]
    made = folder / "made"
    make_file(made)
    table = make.resource(dataset, by=sender, title=case)
    return delivery.upload(
        resource=table,
        period_code=make.last_period(table),
        file=make.incoming(made.read_bytes(), name),
        by=sender,
    )
