"""How long the demonstration takes to load: every day of its past, with its sweep and its deeds.

    make bench, or with services up: python -m bench demo

Baseline: writing the same files alone, in one process, without the portal.
"""

import os
import resource
import subprocess
import sys
import tempfile
import time


def main() -> None:
    print(f"load average {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        _report("baseline, the files alone", ["-m", "demo", folder])
    _run(["manage.py", "migrate", "--verbosity", "0"])
    _report("load_demo on an empty database", ["manage.py", "load_demo"])
    _report("once more, with all there", ["manage.py", "replay"])
    # What it has queued would be done while the next thing is measured.
    _run(["-m", "celery", "-A", "portal.celery", "purge", "-f", "-Q", "default,ingest,downloads"])


def _report(name: str, arguments: list[str]) -> None:
    """Wall seconds, and processor seconds of the processes started (not of PostgreSQL)."""
    begun, spent = time.perf_counter(), _processor_seconds()
    said = _run(arguments)
    wall, spent = time.perf_counter() - begun, _processor_seconds() - spent
    print(f"{name:<32} {wall:6.1f} s   processor {spent:6.1f} s   {said}", flush=True)


def _run(arguments: list[str]) -> str:
    """The last line the program prints."""
    environment = {"SECRET_KEY": "bench" * 12, **os.environ, "DEMO": "1"}
    done = subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip().rpartition("\n")[2]


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
