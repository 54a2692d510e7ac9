"""`python -m portal.embedded run` and `python -m portal.embedded services -- COMMAND…`."""

import argparse
import sys

from portal.embedded.errand import run_with_servers
from portal.embedded.messages import Refusal
from portal.embedded.supervisor import run


def main(arguments: list[str]) -> int:
    """The exit code; a refusal is one sentence in each language and 1."""
    parser = argparse.ArgumentParser(prog="python -m portal.embedded", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("run", help="serve the site in the foreground")
    services = actions.add_parser("services", help="run a command with PostgreSQL and Redis up")
    services.add_argument("command", nargs="+")
    chosen = parser.parse_args(arguments)
    try:
        return run() if chosen.action == "run" else run_with_servers(chosen.command)
    except Refusal as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))
