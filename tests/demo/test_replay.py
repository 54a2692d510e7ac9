"""A replay: its totals beside an independent recount, done twice, in two parts, and broken off."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from accounts.models import AuditEvent, Notice, OutboxMessage, Person
from catalog.models import Dataset, Release
from core import clock
from deadlines.actions.sweep import sweep
from deadlines.models import Correction, Duty, Petition, Round, Standing, Sweep
from deadlines.states import DutyState
from demo.catalogue import DATASETS
from demo.history import walk as walking
from demo.history.events import What
from demo.history.plan import Plan, make_plan

pytestmark = pytest.mark.django_db

BEGIN, TODAY = date(2025, 12, 1), date(2026, 11, 28)
SUMMER = date(2026, 6, 15)  # late enough for one quarter to be owed
NOW = datetime(2026, 11, 28, 11, 0, tzinfo=clock.VIETNAM)
# Small ones, in which everything occurs: late, after closing, missing, nothing to report, excused,
# more time given.
FEW = ("nha-o-xa-hoi", "khu-cong-nghiep", "thu-chi-ngan-sach", "muc-do-san-sang-he-thong")
CALENDAR = Path(__file__).parents[2] / "deadlines" / "reference" / "calendar.csv"
OUTCOMES = ("on_time", "late", "missing", "waived", "extended", "nothing")


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> Iterator[None]:
    settings.DEMO = True
    with clock.set_to(NOW):
        yield


def replay(*only: str, **options: Any) -> str:
    said = StringIO()
    options = {"first": BEGIN, "last": TODAY, "workers": 1} | options
    call_command("replay", only=only, stdout=said, **options)
    return said.getvalue()


def planned(*slugs: str) -> Plan:
    return make_plan(NOW, begin=BEGIN, datasets=[one for one in DATASETS if one.slug in slugs])


def test_totals_equal_an_independent_recount() -> None:
    said = replay(*FEW)
    owed = recount(planned(*FEW))
    assert {(slug, period): outcome for slug, period, outcome in outcomes_now()} == {
        key: one.outcome(TODAY) for key, one in owed.items()
    }
    assert standings() == closed_standings(owed)
    together: Counter[str] = sum(standings().values(), Counter())
    assert all(together[name] for name in OUTCOMES)
    assert Correction.objects.filter(step="fulfil").exists()
    assert f"{together['nothing']} không phát sinh" in said
    assert not OutboxMessage.objects.exists()
    assert not Person.objects.filter(wants_email=False).exists()
    assert Sweep.objects.get().last_at == datetime(2026, 11, 28, 7, 5, tzinfo=clock.VIETNAM)

    before = everything()
    assert "0 lượt rà soát, 0 việc" in replay(*FEW)
    assert everything() == before


def test_in_two_parts_gives_the_same_as_at_once() -> None:
    few = ("khu-cong-nghiep", "thu-chi-ngan-sach")
    with transaction.atomic():
        replay(*few, first=SUMMER)
        at_once = everything()
        transaction.set_rollback(True)
    replay(*few, first=SUMMER, last=date(2026, 10, 5))
    assert not Release.objects.filter(period="2026Q3", state="published").exists()
    assert Duty.objects.filter(period="2026Q3", state="open").count() == len(few)
    replay(*few, first=SUMMER)
    assert everything() == at_once


def test_broken_off_it_is_finished_by_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    few = ("khu-cong-nghiep",)
    with transaction.atomic():
        replay(*few, first=SUMMER)
        at_once = everything()
        transaction.set_rollback(True)
    from demo.history import doing

    publish = doing._DEEDS[What.PUBLISH]

    def power_cut(event: Any) -> bool:
        if event.period == "2026Q3":
            raise KeyboardInterrupt
        return publish(event)

    with monkeypatch.context() as patch:
        patch.setitem(doing._DEEDS, What.PUBLISH, power_cut)
        with pytest.raises(KeyboardInterrupt):
            replay(*few, first=SUMMER)
    assert Release.objects.filter(period="2026Q3", state="submitted").exists()
    replay(*few, first=SUMMER)
    assert everything() == at_once


def test_the_past_of_a_dataset_that_comes_later_is_told_but_not_judged() -> None:
    replay("khu-cong-nghiep", first=SUMMER)
    before = everything()["duties"]
    replay("thu-chi-ngan-sach", first=SUMMER)
    assert Dataset.objects.get(slug="thu-chi-ngan-sach").latest_period == "2026Q3"
    assert everything()["duties"] == before


def test_people_find_unread_only_what_still_waits() -> None:
    replay("ket-qua-thanh-tra", first=SUMMER)
    petition = Petition.objects.get(state="waiting")
    unread = Notice.objects.filter(read_at__isnull=True).exclude(kind="duty.digest")
    assert {notice.path for notice in unread} == {f"/lam-viec/de-nghi/{petition.pk}/"}
    digests = Notice.objects.filter(read_at__isnull=True, kind="duty.digest")
    assert all(NOW - notice.created_at < timedelta(days=3) for notice in digests)


def test_it_never_goes_beyond_the_present_moment() -> None:
    with clock.set_to(datetime(2026, 11, 28, 6, 30, tzinfo=clock.VIETNAM)):
        replay("khu-cong-nghiep", first=date(2026, 11, 26), last=date(2026, 12, 31))
    assert Sweep.objects.get().last_at == datetime(2026, 11, 27, 7, 5, tzinfo=clock.VIETNAM)
    assert not AuditEvent.objects.filter(at__gt=NOW).exists()


def test_empty_rounds_of_a_portal_without_data_do_not_stand_in_the_way() -> None:
    call_command("load_reference", verbosity=0, stdout=StringIO())
    sweep()
    assert Round.objects.exists()
    replay("khu-cong-nghiep", first=SUMMER)
    assert Duty.objects.filter(kind="dataset_update").count() == 1


def test_a_sweep_of_the_running_portal_stops_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def disturbed() -> None:
        sweep()
        Sweep.objects.update(last_at=NOW)

    monkeypatch.setattr(walking, "sweep", disturbed)
    with pytest.raises(CommandError, match="Stop worker and beat"):
        replay("khu-cong-nghiep", first=date(2026, 11, 25))
    assert not Person.objects.filter(wants_email=False).exists()


def test_refuses_where_there_is_no_demonstration(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEMO is off"):
        replay("khu-cong-nghiep")
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"first": TODAY, "last": BEGIN}, "--to lies before --from"),
        ({"workers": 0}, "no workers"),
        ({"only": ["khong-co"]}, "no such demonstration dataset: khong-co"),
    ],
)
def test_refuses_what_makes_no_sense(options: dict[str, Any], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("replay", **{"workers": 1, "stdout": StringIO()} | options)


def test_refuses_a_day_that_is_none() -> None:
    with pytest.raises(CommandError, match="not a date: 'hôm nay'"):
        call_command("replay", "--to", "hôm nay")


def test_load_demo_is_a_replay_and_leaves_alone_what_is_not_empty() -> None:
    said = StringIO()
    with clock.set_to(datetime(2023, 11, 15, 11, 0, tzinfo=clock.VIETNAM)):
        call_command("load_demo", only=["ho-so-suc-khoe-dien-tu"], workers=1, stdout=said)
    assert "Đã nạp 1 bộ dữ liệu, 0 kỳ dữ liệu" in said.getvalue()
    call_command("load_demo", "--if-empty", stdout=said)
    assert "Đã có dữ liệu" in said.getvalue()
    assert Dataset.objects.count() == 1


# The recount: what the plan says happened, judged by the law as written here.


class Owed:
    """What one dataset owes for one period, and what came of it."""

    def __init__(self, agency: str, start: date) -> None:
        self.agency = agency
        self.due = rolled(start + timedelta(days=15))
        self.closing = self.due + timedelta(days=31)
        self.extended_to: date | None = None
        self.done: date | None = None
        self.nothing = False
        self.waived: date | None = None

    def outcome(self, day: date) -> str:
        """As it stood at the end of the day."""
        due = self.extended_to or self.due
        if self.waived and self.waived <= day:
            return "waived"
        if self.done and self.done <= day:
            return "on_time" if self.done <= due else "late"
        return "missing" if due < day else "pending"


def rolled(day: date) -> date:
    """The day, or the next working day after weekends and holidays."""
    with CALENDAR.open(encoding="utf-8", newline="") as file:
        special = {date.fromisoformat(row["date"]): row["kind"] for row in csv.DictReader(file)}
    while special.get(day, "weekend" if day.weekday() >= 5 else "swap_work") != "swap_work":
        day += timedelta(days=1)
    return day


def first_and_next(period: str) -> tuple[date, date]:
    """The first day of a quarter or month, and that of the one after it."""
    if "Q" in period:
        year, quarter = (int(part) for part in period.split("Q"))
        month, months = 3 * quarter - 2, 3
    else:
        year, month = (int(part) for part in period.split("-"))
        months = 1
    later = year * 12 + month - 1 + months
    return date(year, month, 1), date(later // 12, later % 12 + 1, 1)


def recount(plan: Plan) -> dict[tuple[str, str], Owed]:
    """Every dataset's periods since its registration, with what the plan says of each."""
    owed: dict[tuple[str, str], Owed] = {}
    for event in plan.events:
        if event.what is What.REGISTER:
            registered = event.moment.astimezone(clock.VIETNAM).date()
            for period in periods_of(event.dataset):
                first, start = first_and_next(period)
                if registered < first and start <= TODAY:
                    owed[event.dataset, period] = Owed(event.agency, start)
    for event in plan.events:
        one = owed.get((event.dataset, event.period))
        if one is not None:
            apply(one, event)
    return owed


def periods_of(slug: str) -> list[str]:
    if slug == "muc-do-san-sang-he-thong":
        return [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)]
    return [f"{year}Q{quarter}" for year in (2025, 2026) for quarter in (1, 2, 3, 4)]


def apply(one: Owed, event: Any) -> None:
    day = event.moment.astimezone(clock.VIETNAM).date()
    if event.what in (What.PUBLISH, What.SIGN_NOTHING):  # each of these datasets has one table
        one.done, one.nothing = day, event.what is What.SIGN_NOTHING
    elif event.what is What.EXTEND:
        one.extended_to = event.until
    elif event.what is What.WAIVE:
        one.waived = day


def closed_standings(owed: dict[tuple[str, str], Owed]) -> dict[tuple[str, str], Counter[str]]:
    """By agency and period, as things stood when the closing day began."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for (_, period), one in owed.items():
        if one.closing > TODAY:
            continue
        judged = one.outcome(one.closing - timedelta(days=1))
        tally = found[one.agency, period]
        tally["extended" if judged == "pending" else judged] += 1
        tally["nothing"] += judged in ("on_time", "late") and one.nothing
    return {key: +tally for key, tally in found.items()}


def standings() -> dict[tuple[str, str], Counter[str]]:
    rows = Standing.objects.filter(round__kind="dataset_update").select_related("agency", "round")
    return {
        (row.agency.key, row.round.period): +Counter(
            {name: getattr(row, name) for name in OUTCOMES}
        )
        for row in rows
    }


def outcomes_now() -> list[tuple[str, str, str]]:
    """Dataset, period and outcome of every duty, read from its columns."""
    slugs = {str(pk): slug for pk, slug in Dataset.objects.values_list("pk", "slug")}
    found = []
    for duty in Duty.objects.filter(kind="dataset_update"):
        if duty.state == DutyState.WAIVED:
            outcome = "waived"
        elif duty.fulfilled_on:
            outcome = "on_time" if duty.fulfilled_on <= duty.due else "late"
        else:
            outcome = "missing" if duty.due < TODAY else "pending"
        found.append((slugs[duty.subject], duty.period, outcome))
    return found


def everything() -> dict[str, Any]:
    """What a replay leaves behind, without numbers that a sequence gives."""
    slugs = {str(pk): slug for pk, slug in Dataset.objects.values_list("pk", "slug")}
    duties = Duty.objects.values_list(
        "subject", "kind", "period", "state", "due", "how", "fulfilled_at", "reminded", "escalated"
    )
    return {
        "duties": sorted(
            (slugs.get(subject, subject), *map(str, rest)) for subject, *rest in duties
        ),
        "standings": standings(),
        "audit": sorted(map(str, AuditEvent.objects.values_list("action", "at", "actor_name"))),
        "notices": sorted(
            map(str, Notice.objects.values_list("kind", "created_at", "person__email"))
        ),
        "releases": sorted(
            map(str, Release.objects.values_list("file_name", "state", "sha256", "published_at"))
        ),
    }
