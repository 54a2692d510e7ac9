"""Every variable the portal reads stands in the README, and no other."""

import re
from pathlib import Path

from django.conf import settings

BASE = Path(settings.BASE_DIR)
READ = re.compile(r"""env\.\w+\(\s*["']([A-Z0-9_]+)["']""")
DOCUMENTED = re.compile(r"`([A-Z][A-Z0-9_]+)`")


def variables_read() -> set[str]:
    return set(READ.findall((BASE / "portal" / "settings.py").read_text(encoding="utf-8")))


def variables_documented() -> set[str]:
    readme = (BASE / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Configure")[1].split("## Deploy")[0]
    names = (line.split("|")[1] for line in table.splitlines() if line.startswith("| `"))
    return {name for cell in names for name in DOCUMENTED.findall(cell)}


def test_settings_are_documented():
    assert variables_read() == variables_documented()
