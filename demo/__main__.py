"""Write every file of the demonstration: python -m demo FOLDER."""

import argparse
import sys
import time
from datetime import date
from pathlib import Path

from core.clock import today
from demo.catalogue import DATASETS
from demo.files import periods, write_file
from demo.model import DemoDataset


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--today", type=date.fromisoformat, default=today())
    options = parser.parse_args(arguments)
    options.folder.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    written = [line for dataset in DATASETS for line in write_all(dataset, options)]
    seconds = time.perf_counter() - started
    size = sum(path.stat().st_size for path in written)
    say(f"{len(DATASETS)} datasets, {len(written)} files, {size / 1e6:.1f} MB, {seconds:.1f} s")
    return 0


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def write_all(dataset: DemoDataset, options: argparse.Namespace) -> list[Path]:
    """Write the dataset's files and print one line about them."""
    started = time.perf_counter()
    paths = [
        write_file(dataset, resource, period, options.folder)
        for resource in dataset.resources
        for period in periods(dataset, options.today)
    ]
    size = sum(path.stat().st_size for path in paths)
    seconds = time.perf_counter() - started
    say(f"{dataset.slug:48} {len(paths):3} files {size / 1e6:7.2f} MB {seconds:6.2f} s")
    return paths


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
