"""One million rows through the whole portal: upload, worker, table page.

    make bench, or with services up: python -m bench large_release

Reading is measured from the upload's commit to the state "ready", in a real Celery worker, beside
DuckDB's own sniff → Parquet of the same file. The page is measured over HTTP from a real server,
one client with a kept connection, beside /healthz, which does nothing.
"""

import hashlib
import http.client
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

ROWS = 1_000_000
PAGES = {
    "first page": "",
    "deep pages": "&page=18{number:03d}",  # another one each time
    "sorted by a number": "&sort=-so_lao_dong",
    "one kind of six": "&cot=loai_hinh&phep=eq&gia_tri=Cơ sở y tế",
}
REQUESTS = 60


def main() -> None:
    _set_up_django()
    from bench.generate import write
    from bench.ingest import measure, sniff

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "large.csv"
        size = write(source, ROWS)
        print(f"{ROWS} rows, {size / 1e6:.0f} MB of CSV; load average {os.getloadavg()[0]:.1f}")
        floor, floor_memory = measure(sniff, source, Path(folder))
        print(f"baseline, sniff to Parquet   {floor:6.1f} s  {floor_memory:6.0f} MB")
        release, taken, memory, processor = _through_the_worker(source, Path(folder))
        print(f"upload to ready, worker      {taken:6.1f} s  {memory:6.0f} MB", end="")
        print(f"  processor {processor:.1f} s", flush=True)
        _publish(release)
        _measure_pages(release, Path(folder))


def _set_up_django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("SECRET_KEY", "bench" * 12)
    os.environ["REQUIRE_2FA"] = "0"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)


def _through_the_worker(source: Path, folder: Path) -> tuple["Release", float, float, float]:  # noqa: F821
    """The release, seconds from upload to ready, the worker's peak memory in MB (PSS), and the
    processor seconds it spent."""
    from catalog.actions import delivery
    from catalog.models import Release
    from tests import factories as make

    table = make.dataset(f"Bảng lớn {time.time():.0f}").resources.get()
    sender = make.person("contributor", table.dataset.agency)
    with _program(_worker(), folder / "worker.log") as worker, _Peak(worker.pid) as peak:
        _wait(lambda: "ready." in (folder / "worker.log").read_text(errors="replace"))
        file = _incoming(source)
        begun, idle = time.perf_counter(), _processor_seconds(worker.pid)
        release = delivery.upload(
            resource=table, period_code=make.last_period(table), file=file, by=sender
        )
        _wait(lambda: Release.objects.get(pk=release.pk).state != "checking", patience=300)
        taken = time.perf_counter() - begun
        processor = _processor_seconds(worker.pid) - idle
    release = Release.objects.select_related("resource__dataset__agency").get(pk=release.pk)
    if release.state != "ready":
        raise SystemExit(f"the release is {release.state}: {release.problem_counts}")
    return release, taken, peak.megabytes, processor


def _publish(release: "Release") -> None:  # noqa: F821
    from catalog.actions import decision, delivery
    from tests import factories as make

    delivery.submit(release=release, by=release.uploaded_by)
    approver = make.person("approver", release.resource.dataset.agency)
    decision.publish(release=release, by=approver)


def _measure_pages(release: "Release", folder: Path) -> None:  # noqa: F821
    port = 8765
    address = f"/dataset/{release.resource.dataset.slug}"
    asked = {"baseline, /healthz": "/healthz", "front page": "/", "list of datasets": "/dataset/"}
    asked |= {f"table page, {name}": f"{address}?{query}" for name, query in PAGES.items()}
    with _program(_web(port), folder / "web.log", ALLOWED_HOSTS="127.0.0.1") as web:
        _wait(lambda: _answers(port))
        for name, path in asked.items():
            _times(port, path, 10)  # to warm up
            idle = _processor_seconds(web.pid)
            times = _times(port, path, REQUESTS)
            _report(name, times, (_processor_seconds(web.pid) - idle) / REQUESTS)


def _report(name: str, times: list[float], processor: float) -> None:
    """`processor`: the server's processor seconds per request, which other programs disturb less."""
    ordered = sorted(times)
    middle, slow = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
    print(f"{name:<34} p50 {middle * 1000:6.1f} ms   p95 {slow * 1000:6.1f} ms", end="")
    print(f"   processor {processor * 1000:6.1f} ms", flush=True)


def _processor_seconds(pid: int) -> float:
    """What a process and its living children have spent."""
    parent = psutil.Process(pid)
    times = [one.cpu_times() for one in (parent, *parent.children(recursive=True))]
    return sum(time.user + time.system for time in times)


def _times(port: int, path: str, count: int) -> list[float]:
    """Seconds of each of `count` requests, one after another."""
    from urllib.parse import quote

    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    for number in range(count):
        address = quote(path.format(number=number), safe="/?&=-")
        begun = time.perf_counter()
        connection.request("GET", address)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise SystemExit(f"{path} answers {response.status}")
        taken.append(time.perf_counter() - begun)
    connection.close()
    return taken


def _incoming(source: Path) -> "IncomingFile":  # noqa: F821
    """The file as the upload handler leaves it: on the storage's disk, hashed."""
    from django.conf import settings

    from catalog.upload import IncomingFile

    file = IncomingFile(source.name, "text/csv", source.stat().st_size, None, None)
    shutil.copyfile(source, file.temporary_file_path())
    with source.open("rb") as stream:
        file.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    assert settings.FILE_UPLOAD_TEMP_DIR in file.temporary_file_path()
    return file


class _Peak:
    """The most memory a process and its children held together, watched from a thread."""

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "_Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.megabytes = max(self.megabytes, self._held() / 1024**2)

    def _held(self) -> int:
        try:
            parent = psutil.Process(self._pid)
            family = [parent, *parent.children(recursive=True)]
            return sum(process.memory_full_info().pss for process in family)
        except psutil.Error:  # one of them has just ended
            return 0


def _worker() -> list[str]:
    return [
        *("celery", "-A", "portal.celery", "worker", "--queues", "ingest"),
        *("--concurrency", "1", "--loglevel", "info"),
    ]


def _web(port: int) -> list[str]:
    return [
        *("granian", "--interface", "wsgi", "portal.wsgi:application", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-ws"),
    ]


@contextmanager
def _program(command: list[str], log: Path, **changed: str) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            env={**os.environ, **changed},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _wait(is_so: "Callable[[], object]", patience: float = 60) -> None:  # noqa: F821
    end = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > end:
            raise SystemExit("waited in vain")
        time.sleep(0.05)


def _answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False


if __name__ == "__main__":
    main()
