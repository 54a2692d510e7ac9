"""`python -m tables FILE` prints what the reader understood, as one JSON object."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from tables.ingesting import Table, opened
from tables.patterns import quoted
from tables.problems import Unreadable
from tables.storing.profile import json_value

_SAMPLE_ROWS = 5


def inspect(path: Path) -> dict[str, object]:
    """What the reader understands of a file, JSON-able. Raises Unreadable."""
    with tempfile.TemporaryDirectory() as folder, opened(path, Path(folder)) as table:
        return _described(table)


def _described(table: Table) -> dict[str, object]:
    reading = table.reading
    names = ", ".join(quoted(column.name) for column in table.columns)
    sample = table.con.execute(
        f"SELECT {names} FROM made.data ORDER BY rowid LIMIT {_SAMPLE_ROWS}"
    ).fetchall()
    return {
        "format": reading.format,
        "encoding": reading.encoding,
        "delimiter": reading.delimiter,
        "sheet": reading.sheet,
        "header_row": reading.header_row,
        "rows": table.rows,
        "columns": [{"name": c.name, "label": c.label, "type": c.type} for c in table.columns],
        "problems": [_problem(problem.as_dict()) for problem in table.log.kept],
        "sample": [[json_value(cell) for cell in row] for row in sample],
    }


def _problem(found: dict[str, object]) -> dict[str, object]:
    return {key: found[key] for key in ("rule", "row", "column", "value", "message", "severity")}


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0, or 1 with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m tables", description=__doc__)
    parser.add_argument("file", type=Path)
    given = parser.parse_args(arguments)
    try:
        found = inspect(given.file)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 1
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
