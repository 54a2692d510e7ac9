"""Load the demonstration: people, datasets and eight quarters of history, through the real workflow."""

import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from accounts.models import Notice, Person
from catalog.models import Dataset, Release
from portal import clock
from portal.demo.catalogue import DATASETS
from portal.demo.loading import load_dataset, load_people


class Command(BaseCommand):
    help = "Load the demonstration data (số liệu minh hoạ). Skips what is there; can run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing when datasets exist"
        )
        parser.add_argument("--workers", type=int, default=2, help="processes; 1 works in this one")
        parser.add_argument("--only", nargs="*", metavar="SLUG", help="these datasets only")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Dataset.objects.exists():
            self.stdout.write("Đã có dữ liệu, không nạp số liệu minh hoạ.")
            return
        slugs = self._slugs(options["only"])
        started = time.monotonic()
        call_command("load_reference", stdout=self.stdout)
        load_people()
        Person.objects.filter(email__endswith=".example").update(wants_email=False)
        self._load(slugs, options["workers"])
        Person.objects.filter(email__endswith=".example").update(wants_email=True)
        _read_old_notices()
        self.stdout.write(
            f"Đã nạp {Dataset.objects.count()} bộ dữ liệu, {Release.objects.count()} kỳ dữ liệu "
            f"(số liệu minh hoạ) trong {time.monotonic() - started:.0f} giây."
        )

    def _slugs(self, only: list[str] | None) -> list[str]:
        """The datasets to load, the largest first so that it does not end alone."""
        known = [one.slug for one in sorted(DATASETS, key=lambda one: -one.weight)]
        unknown = set(only or []) - set(known)
        if unknown:
            raise CommandError(f"no such demonstration dataset: {', '.join(sorted(unknown))}")
        return [slug for slug in known if not only or slug in only]

    def _load(self, slugs: list[str], workers: int) -> None:
        if workers == 1:
            _commit_without_waiting()
            for done, slug in enumerate(slugs, start=1):
                load_dataset(slug)
                self._say(done, len(slugs))
            return
        connection.close()  # a connection is not shared between processes
        with ProcessPoolExecutor(workers, initializer=_commit_without_waiting) as pool:
            jobs = [pool.submit(_load_in_process, slug) for slug in slugs]
            for done, job in enumerate(as_completed(jobs), start=1):
                job.result()
                self._say(done, len(slugs))

    def _say(self, done: int, total: int) -> None:
        if done % 10 == 0 or done == total:
            self.stdout.write(f"Số liệu minh hoạ: {done}/{total} bộ dữ liệu")
            self.stdout.flush()


def _commit_without_waiting() -> None:
    """Thousands of commits need not wait for the disk: what a power cut takes is loaded again."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _load_in_process(slug: str) -> None:
    load_dataset(slug)


def _read_old_notices() -> None:
    """What was decided long ago is no news; what still waits for somebody is."""
    Notice.objects.filter(read_at__isnull=True, kind="release.published").update(
        read_at=clock.now()
    )
    waiting = Release.objects.filter(state__in=["submitted", "ready", "needs_fixing", "returned"])
    paths = [f"/lam-viec/ky/{release_id}/" for release_id in waiting.values_list("pk", flat=True)]
    Notice.objects.filter(read_at__isnull=True).exclude(path__in=paths).update(read_at=clock.now())
