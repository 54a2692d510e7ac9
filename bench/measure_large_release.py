"""One million rows through the whole portal: upload, worker, table page.

    make bench, or with services up: python -m bench large_release

Reading is measured from the upload's commit to the state "ready", in a real Celery worker, beside
DuckDB's own sniff → Parquet of the same file. The page is measured over HTTP from a real server,
one client with a kept connection, beside /healthz, which does nothing.
"""

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.large_table import ROWS, publish, set_up_django, through_the_worker
from bench.programs import answers, measure_page, program, wait, web

if TYPE_CHECKING:
    from catalog.models import Release

PORT = 8765
PAGES = {
    "first page": "",
    "deep pages": "&page=18{number:03d}",  # another one each time
    "sorted by a number": "&sort=-so_lao_dong",
    "one kind of six": "&cot=loai_hinh&phep=eq&gia_tri=Cơ sở y tế",
}


def main() -> None:
    """Print what reading costs, then what the pages cost."""
    set_up_django()
    from bench.generate import write
    from bench.ingest import measure, sniff

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "large.csv"
        size = write(source, ROWS)
        print(f"{ROWS} rows, {size / 1e6:.0f} MB of CSV; load average {os.getloadavg()[0]:.1f}")
        floor, floor_memory = measure(sniff, source, Path(folder))
        print(f"baseline, sniff to Parquet   {floor:6.1f} s  {floor_memory:6.0f} MB")
        release, taken, memory, processor = through_the_worker(source, Path(folder))
        print(f"upload to ready, worker      {taken:6.1f} s  {memory:6.0f} MB", end="")
        print(f"  processor {processor:.1f} s", flush=True)
        publish(release)
        _measure_pages(release, Path(folder))


def _measure_pages(release: "Release", folder: Path) -> None:
    address = f"/dataset/{release.resource.dataset.slug}"
    asked = {"baseline, /healthz": "/healthz", "front page": "/", "list of datasets": "/dataset/"}
    asked |= {f"table page, {name}": f"{address}?{query}" for name, query in PAGES.items()}
    with program(web(PORT), folder / "web.log", ALLOWED_HOSTS="127.0.0.1") as server:
        wait(lambda: answers(PORT))
        for name, path in asked.items():
            measure_page(name, PORT, path, server.pid)


if __name__ == "__main__":
    main()
