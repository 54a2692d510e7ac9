"""What must not be in the repository, and what must be in one line."""

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

BASE = Path(settings.BASE_DIR)
# Spelled in pieces so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(
        [
            "pypi" + r"\.org",
            "files\\.python" + "hosted",
            "registry\\.npm" + "js",
            "deb\\.deb" + "ian",
        ]
    )
)
THIS_MACHINE = re.compile("/" + "work/(main|shared)|/" + "root/|/" + "opt/wheels")


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=BASE, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    return [BASE / name for name in names if name and (BASE / name).is_file()]


@pytest.mark.parametrize(
    "pattern", [REGISTRIES, THIS_MACHINE], ids=["registry hosts", "paths of one machine"]
)
def test_no_address_in_the_repository(pattern: re.Pattern[str]):
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(BASE)}: {m.group()}" for m in pattern.finditer(text)]
    assert found == []


def test_lock_files_hold_no_addresses():
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        assert not re.search(
            r'"resolved"|https?://|index-url|find-links', (BASE / name).read_text()
        )


def test_no_third_party_code_is_kept():
    kept = [
        p for p in tracked() if p.suffix in (".woff2", ".min.js", ".map") or "vendor" in p.parts
    ]
    assert kept == []


def test_dependencies_have_a_reason():
    text = (BASE / "pyproject.toml").read_text(encoding="utf-8")
    listed = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.S | re.M)
    assert listed is not None
    bare = [line for line in listed[1].splitlines() if '"' in line and "#" not in line]
    assert bare == []


@pytest.mark.parametrize("app", ["accounts", "deadlines", "catalog", "sharing"])
def test_migrations_stand_in_one_line(app: str):
    loader = MigrationLoader(None)
    assert len(loader.graph.leaf_nodes(app)) == 1


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    assert connection.vendor == "postgresql"
