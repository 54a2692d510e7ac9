"""The hourly sweep with 10,000 datasets and the duties of twelve quarters.

    make bench BENCH=sweep

Datasets and closed quarters are written in bulk, past the workflow; the sweep that is timed is the
real one, on real clock days. Baseline: counting the duties, which reads what a sweep without
indexes would read.
"""

import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from bench.large_table import set_up_django

if TYPE_CHECKING:
    from accounts.models import Agency
    from catalog.models import Dataset
    from deadlines.periods import Period

DATASETS = 10_000
AGENCIES = 100
QUARTERS = 12
FIRST = "2023Q3"  # twelve quarters up to 2026Q2


def main() -> None:
    """Print seconds and queries of a sweep that finds nothing to do, and of the busy days."""
    set_up_django()
    from django.core.management import call_command

    from deadlines.models import Duty

    call_command("load_deadlines", verbosity=0)
    _fill()
    _measure("baseline, counting the duties", "2026-10-01 06:00", lambda: Duty.objects.count())
    for what, moment in (
        ("opening a quarter of 10,000", "2026-10-01 06:05"),
        ("telling of the old reviews", "2026-10-01 07:05"),
        ("nothing to do", "2026-10-01 08:05"),
        ("reminding for 10,000", "2026-10-06 09:05"),
        ("nothing to do", "2026-10-06 10:05"),
        ("10,000 become overdue", "2026-10-17 00:05"),
        ("escalating 10,000", "2026-10-17 09:05"),
        ("closing the quarter", "2026-11-16 00:05"),
        ("nothing to do", "2026-11-16 01:05"),
    ):
        _measure(what, moment, _sweep)


def _sweep() -> object:
    from deadlines.actions.sweep import sweep

    return sweep()


def _measure(what: str, moment: str, act: Callable[[], object]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from core import clock

    now = datetime.fromisoformat(moment).replace(tzinfo=clock.VIETNAM)
    with clock.set_to(now), CaptureQueriesContext(connection) as asked:
        begun = time.perf_counter()
        act()
        taken = time.perf_counter() - begun
    print(f"{what:<32} {taken:7.3f} s   {len(asked):5d} queries   {moment}", flush=True)


def _fill() -> None:
    """The datasets, registered long ago, and twelve quarters in which each delivered on time."""
    from catalog.models import Dataset
    from deadlines.models import Duty
    from deadlines.periods import Period
    from tests import factories as make

    agencies = [make.agency(f"Sở {number}") for number in range(AGENCIES)]
    for agency in agencies:
        make.person("contributor", agency)
        make.person("approver", agency)
    datasets = [_dataset(agencies[number % AGENCIES], number) for number in range(DATASETS)]
    Dataset.objects.bulk_create(datasets, batch_size=1000)
    period = Period.parse(FIRST)
    for _ in range(QUARTERS):
        _quarter(datasets, period)
        period = period.next()
    print(f"{Dataset.objects.count()} datasets, {Duty.objects.count()} duties", flush=True)


def _dataset(agency: "Agency", number: int) -> "Dataset":
    from catalog.models import Dataset
    from core import clock
    from tests import factories as make

    return Dataset(
        slug=f"bo-{number}",
        title_vi=f"Bộ dữ liệu {number}",
        description_vi="Đo tốc độ.",
        agency=agency,
        contact_post="Văn phòng",
        frequency=Dataset.Frequency.QUARTERLY,
        licence=make.licence(),
        legal_ground="Quyết định 22/2023/QĐ-UBND",
        spatial="Tỉnh Nghệ An",
        overlap=Dataset.Overlap.NONE,
        created_at=clock.midnight(date(2023, 9, 1)),
    )


def _quarter(datasets: list["Dataset"], period: "Period") -> None:
    """A closed round in which everybody was on time."""
    from core import clock
    from deadlines import law
    from deadlines.models import Duty, Round

    start = period.next().first_day
    rule = law.rule_on("quarterly_update", max(start, date(2023, 10, 10)))
    due = law.counted(rule, start, law.calendar()).due
    round_ = Round.objects.create(
        kind="dataset_update",
        period=period.code,
        period_end=period.last_day,
        rule=rule,
        start=start,
        due=due,
        closing_on=due + timedelta(days=31),
        closed_at=clock.midnight(due + timedelta(days=31)),
    )
    done = clock.midnight(start + timedelta(days=5))
    Duty.objects.bulk_create(
        (
            Duty(
                kind="dataset_update",
                round=round_,
                agency_id=dataset.agency_id,
                subject=str(dataset.pk),
                title_vi=dataset.title_vi,
                period=period.code,
                rule=rule,
                start=start,
                counted_due=due,
                due=due,
                certainty=3,
                state="fulfilled",
                how="release",
                fulfilled_at=done,
                fulfilled_on=start + timedelta(days=5),
            )
            for dataset in datasets
        ),
        batch_size=2000,
    )


if __name__ == "__main__":
    main()
