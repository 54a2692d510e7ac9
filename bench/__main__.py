"""Every measure, one after another: `python -m bench`, or `python -m bench start` for one."""

import importlib
import sys
from pathlib import Path


def main(chosen: list[str]) -> None:
    names = sorted(path.stem for path in Path(__file__).parent.glob("measure_*.py"))
    for name in names:
        if not chosen or name.removeprefix("measure_") in chosen:
            print(f"\n== {name}", flush=True)
            importlib.import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
