"""The sweep's queries do not grow with the duties that need nothing."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Agency, Person
from deadlines import law
from deadlines.actions.sweep import sweep
from deadlines.models import Duty, Round, Sweep
from tests import factories as make
from tests.deadlines.moments import at

pytestmark = pytest.mark.django_db
QUERIES = 20


def needing_nothing(agency: Agency, number: int) -> Duty:
    """A duty of a quarter long closed, or one whose day is far off."""
    far = number % 2 == 0
    due = date(2027, 3, 1) if far else date(2025, 1, 16)
    facts: dict[str, Any] = {} if far else {"state": "waived"}
    return Duty(
        kind="dataset_update",
        agency=agency,
        subject=f"bộ {number}",
        title_vi=f"Bộ {number}",
        period="2024Q4",
        rule=law.rule_on("quarterly_update", due),
        start=due,
        counted_due=due,
        due=due,
        certainty=3,
        **facts,
    )


@pytest.mark.parametrize("duties", [0, 5, 200])
def test_a_sweep_with_nothing_to_do(agency: Agency, duties: int):
    make.person("contributor", agency)
    with at("2026-11-27"):
        make.dataset(at=agency)
        sweep()
    Duty.objects.bulk_create(needing_nothing(agency, number) for number in range(duties))
    with at("2026-11-28"), CaptureQueriesContext(connection) as asked:
        sweep()
    assert len(asked) == QUERIES, [one["sql"][:120] for one in asked]


def test_opening_marking_and_reminding_take_the_same_queries_for_one_and_for_thirty(agency: Agency):
    staff = make.person("contributor", agency)
    few = queries_of_a_quarter(staff, 1)
    Duty.objects.all().delete()
    Round.objects.all().delete()
    Sweep.objects.all().delete()
    assert queries_of_a_quarter(staff, 30) == few


def queries_of_a_quarter(staff: Person, datasets: int) -> list[int]:
    """Of the sweeps that open, remind and mark overdue."""
    agency = staff.memberships.get().agency
    with at("2026-06-15"):
        for number in range(datasets):
            make.dataset(f"Bộ {number}", at=agency, by=staff)
    counted = []
    for day in ("2026-10-01", "2026-10-06", "2026-10-17"):
        with at(day), CaptureQueriesContext(connection) as asked:
            sweep()
        counted.append(len(asked))
    return counted
