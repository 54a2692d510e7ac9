"""Make the demonstration's past: day by day, by the same sweep and the same actions as every day."""

import argparse
import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db.models import Q
from django.urls import reverse

from accounts.models import Notice, Person
from catalog.delivered import DATASET_UPDATE
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from core import clock
from deadlines.models import Duty, Petition, Round
from deadlines.outcomes import counts_of
from deadlines.states import PetitionState
from demo.catalogue import DATASETS
from demo.history.crew import crew_of
from demo.history.plan import BEGINNING, make_plan
from demo.history.walk import Disturbed, walk
from demo.model import DemoDataset
from demo.sharing.load import Sharing
from sharing.actions.decisions import Issued
from sharing.models import ConnectionRequest
from sharing.states import FINAL

UNFINISHED = (
    ReleaseState.SUBMITTED,
    ReleaseState.READY,
    ReleaseState.NEEDS_FIXING,
    ReleaseState.RETURNED,
)
NEWS = timedelta(days=3)  # how long what the sweep tells is news


def _day(text: str) -> date:
    if text == "today":
        return clock.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date: {text!r} (2026-01-31, or today)") from None


class Command(BaseCommand):
    help = (
        "Make the past of the demonstration (số liệu minh hoạ). Skips what is there; can run again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from", dest="first", type=_day, default=BEGINNING, help="the portal's first day"
        )
        parser.add_argument(
            "--to", dest="last", type=_day, default="today", help="the last day, or today"
        )
        parser.add_argument("--workers", type=int, default=2, help="processes; 1 works in this one")
        parser.add_argument("--only", nargs="*", metavar="SLUG", help="these datasets only")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("DEMO is off: a replay makes accounts whose password is known.")
        first, last = options["first"], options["last"]
        if last < first or options["workers"] < 1:
            raise CommandError("--to lies before --from, or there are no workers")
        datasets = _datasets(options["only"])
        plan = make_plan(clock.now(), begin=first, datasets=datasets)
        sharing = Sharing(clock.today(), first, [one.slug for one in datasets])
        started = time.monotonic()
        call_command("load_reference", stdout=self.stdout)
        try:
            with _without_letters(), crew_of(options["workers"]) as crew:
                walked = walk(plan, first, last, crew=crew, beside=sharing, tell=self._say)
                sharing.finish()
        except Disturbed:
            raise CommandError(
                "A sweep of the running portal came in between. Stop worker and beat, then run again."
            ) from None
        _read_old_notices()
        seconds = time.monotonic() - started
        self.stdout.write(f"{walked.sweeps} lượt rà soát, {walked.events} việc, {_duties()}")
        self.stdout.write(
            f"Đã nạp {Dataset.objects.count()} bộ dữ liệu, {Release.objects.count()} kỳ dữ liệu "
            f"(số liệu minh hoạ) trong {seconds:.0f} giây."
        )
        self._tell_key(sharing.for_trying)

    def _tell_key(self, issued: Issued | None) -> None:
        """Once, to whoever loads it: only its hash is kept."""
        if issued is not None:
            self.stdout.write(
                f"Tài khoản kết nối minh hoạ / Demonstration gateway account {issued.account.code}:\n"
                f"  client_id     {issued.client_id}\n  client_secret {issued.secret}"
            )

    def _say(self, day: date) -> None:
        if (day + timedelta(days=1)).day == 1 and day.month % 6 == 0:
            self.stdout.write(f"Số liệu minh hoạ: đã đến ngày {day:%d/%m/%Y}")
            self.stdout.flush()


def _datasets(only: list[str] | None) -> tuple[DemoDataset, ...]:
    unknown = set(only or []) - {one.slug for one in DATASETS}
    if unknown:
        raise CommandError(f"no such demonstration dataset: {', '.join(sorted(unknown))}")
    return tuple(one for one in DATASETS if not only or one.slug in only)


@contextmanager
def _without_letters() -> Iterator[None]:
    """Nobody is to get years of letters; nor does anybody read a line of the log for each day."""
    people = Person.objects.filter(email__endswith=".example")
    log = logging.getLogger("deadlines")
    level = log.level
    people.update(wants_email=False)
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(level)
        people.update(wants_email=True)


def _read_old_notices() -> None:
    """What was decided long ago is no news; what still waits for somebody is."""
    releases = Release.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True)
    waiting = [reverse("release", args=[pk]) for pk in releases]
    asked = Petition.objects.filter(state=PetitionState.WAITING).values_list("pk", flat=True)
    waiting += [reverse("petition", args=[pk]) for pk in asked]
    open_requests = ConnectionRequest.objects.exclude(state__in=FINAL)
    waiting += [one.get_absolute_url() for one in open_requests]
    news = Q(kind="duty.digest", created_at__gte=clock.now() - NEWS)
    unread = Notice.objects.filter(read_at__isnull=True)
    unread.exclude(news).exclude(Q(path__in=waiting) & ~Q(kind="release.published")).update(
        read_at=clock.now()
    )


def _duties() -> str:
    counts = counts_of(Duty.objects.filter(kind=DATASET_UPDATE), clock.today())
    rounds = Round.objects.filter(kind=DATASET_UPDATE, duties__isnull=False).distinct().count()
    return (
        f"{rounds} đợt cập nhật: {counts.on_time} đúng hạn, {counts.late} muộn, "
        f"{counts.missing} chưa có, {counts.waived} được miễn, {counts.nothing} không phát sinh."
    )
