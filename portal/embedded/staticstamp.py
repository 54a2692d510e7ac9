"""Whether the collected static files are those of this checkout."""

import hashlib
from pathlib import Path

from portal.embedded.datafolder import DataFolder
from portal.embedded.options import ROOT

BUILT = ROOT / "static" / "dist"
PACKAGES = ROOT / "requirements.lock"


class StaticStamp:
    """A digest beside the collected files of what they were collected from."""

    def __init__(self, data: DataFolder, built: Path = BUILT, packages: Path = PACKAGES) -> None:
        self.path = data.path / "static.stamp"
        self.collected = data.path / "static"
        self.sources = [*sorted(built.rglob("*")), packages]

    def is_current(self) -> bool:
        if not self.path.exists() or not self.collected.exists():
            return False
        return self.path.read_text(encoding="ascii") == self._digest()

    def write(self) -> None:
        self.path.write_text(self._digest(), encoding="ascii")

    def _digest(self) -> str:
        digest = hashlib.sha256()
        for source in self.sources:
            if source.is_file():
                digest.update(f"{source.name} {source.stat().st_size}\n".encode())
                digest.update(source.read_bytes())
        return digest.hexdigest()
