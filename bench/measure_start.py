"""How long PostgreSQL and Redis take to be ready, and the memory they hold.

    python -m bench.measure_start

Baseline: an interpreter that starts and does nothing, in the same run.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from subprocess import run

import psutil

from portal.embedded.datafolder import DataFolder
from portal.embedded.messages import Sentence
from portal.embedded.servers import Servers, servers


def seconds(action: Callable[[], object]) -> float:
    """Wall time of one call."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def nothing(sentence: Sentence, **facts: object) -> None:
    """The launcher's own words would stand between the figures."""


def start_and_stop(folder: Path) -> tuple[float, float, float]:
    """Seconds to ready, seconds to stopped, MB of memory (PSS) in between."""
    data = DataFolder(folder)
    begun = time.perf_counter()
    data.prepare()
    with data.locked(time.sleep) as lock, servers(data, lock, {}, time.sleep, nothing) as running:
        ready = time.perf_counter()
        memory = megabytes(running)
        stopping = time.perf_counter()
    return ready - begun, time.perf_counter() - stopping, memory


def megabytes(running: Servers) -> float:
    """Proportional memory of the servers and all their processes."""
    leaders = [psutil.Process(child.pid) for child in running.running]
    processes = [one for leader in leaders for one in (leader, *leader.children(recursive=True))]
    return sum(process.memory_full_info().pss for process in processes) / 1024**2


def main() -> None:
    baseline = seconds(lambda: run([sys.executable, "-c", "pass"], check=True))
    print(f"interpreter that does nothing   {baseline:6.2f} s")
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        Path(name).chmod(0o755)
        for label in ("empty data folder", "existing data folder"):
            ready, stopped, memory = start_and_stop(Path(name) / "var")
            print(f"{label:30}  {ready:6.2f} s to ready, {stopped:.2f} s to stop, {memory:.0f} MB")


if __name__ == "__main__":
    main()
