"""Reading a made-up file in a test: bytes or text in, columns and rows out."""

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tables.__main__ import inspect


@dataclass
class Read:
    """What the command line prints, easier to ask."""

    found: dict[str, Any]

    @property
    def names(self) -> list[str]:
        """Technical names."""
        return [column["name"] for column in self.found["columns"]]

    @property
    def types(self) -> list[str]:
        """Types in column order."""
        return [column["type"] for column in self.found["columns"]]

    @property
    def rows(self) -> list[list[Any]]:
        """The sample: up to five rows."""
        return self.found["sample"]

    @property
    def rules(self) -> set[str]:
        """Rules that found something."""
        return {problem["rule"] for problem in self.found["problems"]}

    def problem(self, rule: str) -> dict[str, Any]:
        """The first problem of a rule."""
        return next(p for p in self.found["problems"] if p["rule"] == rule)


def read(folder: Path, content: bytes | str, name: str = "tep.csv") -> Read:
    """Write a file and read it."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Read(json.loads(json.dumps(inspect(path))))


def zipped(folder: Path, files: dict[str, bytes]) -> bytes:
    """A ZIP of these files."""
    target = folder / "made.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.read_bytes()
