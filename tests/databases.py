"""The test database itself."""

import hashlib
import logging
import shutil
import subprocess
from importlib import import_module
from pathlib import Path
from uuid import uuid4

import django
import psycopg2
from django.apps import apps
from django.conf import settings
from django.db import connection

from portal.embedded.binaries import postgres_programs
from portal.embedded.messages import Refusal

log = logging.getLogger(__name__)


def end_other_sessions() -> None:
    """Leave this database alone with a new session of ours, so that it can be dropped.

    A server that a test killed may leave its session behind for a moment; the browser's event loop
    holds one of this very process.
    """
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def fill(name: str) -> None:
    """What a database holds that all migrations have gone over, as an earlier run kept it; if one has.

    `migrate` then finds nothing to do: seconds of every run.
    """
    try:
        kept = _kept_at().read_text(encoding="utf-8")
    except FileNotFoundError:
        return
    parameters = connection.get_connection_params() | {"dbname": name}
    parameters.pop("cursor_factory", None)
    session = psycopg2.connect(**parameters)
    try:
        with session, session.cursor() as cursor:
            cursor.execute(kept)
    finally:
        session.close()


def keep() -> None:
    """Keep the present database, just migrated and else empty, for `fill`."""
    kept = _kept_at()
    if kept.exists():
        return
    kept.parent.mkdir(parents=True, exist_ok=True)
    for older in kept.parent.glob("*.sql"):
        older.unlink(missing_ok=True)
    draft = kept.with_name(f"{uuid4()}.draft")
    dumped = subprocess.run(_pg_dump(), capture_output=True, text=True, check=False)
    if dumped.returncode:  # another server's version, most likely: each run migrates then
        log.warning("the migrated database is not kept: %s", dumped.stderr.strip())
        return
    # What begins with a backslash is for psql.
    lines = (line for line in dumped.stdout.splitlines() if not line.startswith("\\"))
    draft.write_text("\n".join(lines), encoding="utf-8")
    draft.replace(kept)


def _pg_dump() -> list[str]:
    known = connection.get_connection_params()
    options = {"host": "host", "port": "port", "user": "username"}
    where = [f"--{how}={known[name]}" for name, how in options.items() if known.get(name)]
    return [_program(), *where, "--no-owner", "--no-privileges", "--inserts", known["dbname"]]


def _program() -> str:
    try:
        return str(postgres_programs(None, Path()) / "pg_dump")
    except Refusal:
        return shutil.which("pg_dump") or "pg_dump"


def _kept_at() -> Path:
    """Named by all migrations, ours and others': one changed or added asks for another."""
    digest = hashlib.sha256(f"{django.VERSION} {connection.pg_version}".encode())
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for file in _migrations_of(app.name):
            digest.update(f"{app.label} {file.name}".encode() + file.read_bytes())
    return Path(settings.BASE_DIR) / "build" / "migrated" / f"{digest.hexdigest()[:20]}.sql"


def _migrations_of(app: str) -> list[Path]:
    try:
        module = import_module(f"{app}.migrations")
    except ModuleNotFoundError:
        return []
    return sorted(Path(module.__file__ or "").parent.glob("*.py"))
