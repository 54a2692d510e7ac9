"""A release of one million rows in the measured portal."""

import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.programs import WORKER, Peak, processor_seconds, program, wait

if TYPE_CHECKING:
    from catalog.models import Release
    from catalog.upload import IncomingFile

ROWS = 1_000_000
TITLE = "Bảng lớn"


def set_up_django() -> None:
    """The portal on the services of this run, with its tables and static files."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("SECRET_KEY", "bench" * 12)
    os.environ["REQUIRE_2FA"] = "0"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)


def through_the_worker(source: Path, folder: Path) -> tuple["Release", float, float, float]:
    """The release, seconds from upload to ready, the worker's peak memory in MB (PSS), and the
    processor seconds it spent."""
    from catalog.actions import delivery
    from catalog.models import Release
    from tests import factories as make

    table = make.dataset(f"{TITLE} {time.time():.0f}").resources.get()
    sender = make.person("contributor", table.dataset.agency)
    log = folder / "worker.log"
    with program(WORKER, log) as worker, Peak(worker.pid) as peak:
        wait(lambda: "ready." in log.read_text(errors="replace"))
        file = _incoming(source)
        begun, idle = time.perf_counter(), processor_seconds(worker.pid)
        release = delivery.upload(
            resource=table, period_code=make.last_period(table), file=file, by=sender
        )
        wait(lambda: Release.objects.get(pk=release.pk).state != "checking", patience=300)
        taken = time.perf_counter() - begun
        processor = processor_seconds(worker.pid) - idle
    release = Release.objects.select_related("resource__dataset__agency").get(pk=release.pk)
    if release.state != "ready":
        raise SystemExit(f"the release is {release.state}: {release.problem_counts}")
    return release, taken, peak.megabytes, processor


def publish(release: "Release") -> None:
    """Submit and approve, as two people of the agency."""
    from catalog.actions import decision, delivery
    from tests import factories as make

    delivery.submit(release=release, by=release.uploaded_by)
    approver = make.person("approver", release.resource.dataset.agency)
    decision.publish(release=release, by=approver)


def published_release(folder: Path) -> "Release":
    """The million rows an earlier measure of this run has published, else new ones."""
    from bench.generate import write
    from catalog.models import Release

    found = Release.objects.filter(state="published", row_count=ROWS)
    earlier = found.select_related("resource__dataset").first()
    if earlier is not None:
        return earlier
    source = folder / "large.csv"
    write(source, ROWS)
    release, *_ = through_the_worker(source, folder)
    publish(release)
    return release


def _incoming(source: Path) -> "IncomingFile":
    """The file as the upload handler leaves it: on the storage's disk, hashed."""
    from django.conf import settings

    from catalog.upload import IncomingFile

    file = IncomingFile(source.name, "text/csv", source.stat().st_size, None, None)
    shutil.copyfile(source, file.temporary_file_path())
    with source.open("rb") as stream:
        file.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    assert settings.FILE_UPLOAD_TEMP_DIR in file.temporary_file_path()
    return file
