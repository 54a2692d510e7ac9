"""Why the launcher does not start: one sentence in each language, exit code 1, nothing left."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from portal.embedded import datafolder
from portal.embedded.datafolder import DataFolder
from portal.embedded.external import check_database, check_redis
from portal.embedded.messages import Refusal
from portal.embedded.options import Options, check_port
from portal.embedded.postgres import Postgres
from tests.embedded.conftest import Launch, eventually, processes_of


def refusal(process: subprocess.Popen[str]) -> str:
    """What a launcher that must not start says on standard error."""
    _, errors = process.communicate(timeout=40)
    assert process.returncode == 1
    assert "Traceback" not in errors
    assert len(errors.strip().splitlines()) == 2
    return errors


def test_busy_port(launch: Launch, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        errors = refusal(launch("run", PORT=str(port)))
    assert f"Cổng {port} đang có chương trình khác sử dụng" in errors
    assert f"PORT={port + 1} make run" in errors
    assert processes_of(folder) == []


def test_second_instance(launch: Launch, folder: Path) -> None:
    first = launch("services", "--", "sleep", "60")
    assert eventually((folder / "running.json").exists)
    errors = refusal(launch("run"))
    assert "đang được một lần chạy khác sử dụng" in errors
    assert f"(process {first.pid})" in errors
    assert first.poll() is None


def test_data_folder_of_another_version(launch: Launch, folder: Path, free_port: int) -> None:
    stamp = folder / "postgres" / "PG_VERSION"
    stamp.parent.mkdir(parents=True)
    stamp.write_text("15\n")
    errors = refusal(launch("run", PORT=str(free_port)))
    assert "do PostgreSQL 15 tạo, còn bản đang dùng là PostgreSQL 18" in errors
    assert stamp.read_text() == "15\n"


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_port_that_is_none(port: str) -> None:
    with pytest.raises(Refusal, match="PORT must be a number"):
        Options.read({"PORT": port})


def test_number_of_processes_that_is_none() -> None:
    with pytest.raises(Refusal, match="WEB_WORKERS must be a whole number"):
        Options.read({"WEB_WORKERS": "0"})


def test_address_of_another_machine() -> None:
    with pytest.raises(Refusal, match="cannot be opened"):
        check_port("203.0.113.9", 8000)


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datafolder, "NEEDED_MB", 10**9)
    with pytest.raises(Refusal, match="đã đầy"):
        DataFolder(tmp_path / "var").prepare()


def test_disk_that_fills_while_the_database_is_made(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    data.prepare()
    programs = tmp_path / "programs"
    programs.mkdir()
    program = programs / "initdb"
    program.write_text("#!/bin/sh\necho 'initdb: error: No space left on device' >&2\nexit 1\n")
    program.chmod(0o755)
    with pytest.raises(Refusal, match="is full"):
        Postgres(programs, data, tmp_path, None).create()
    assert not data.postgres.exists()


def test_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Refusal, match="cannot be written to"):
        DataFolder(tmp_path / "file" / "var").prepare()


def test_folder_of_another_account(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = DataFolder(tmp_path / "var")
    data.prepare()
    monkeypatch.setattr(os, "geteuid", lambda: data.path.stat().st_uid + 1)
    with pytest.raises(Refusal, match="belongs to another account"):
        data.prepare()


def test_database_that_does_not_answer(free_port: int) -> None:
    with pytest.raises(Refusal, match="DATABASE_URL cannot be reached"):
        check_database(f"postgresql://portal@127.0.0.1:{free_port}/portal")


def test_database_address_of_another_kind_is_not_repeated() -> None:
    with pytest.raises(Refusal, match="must begin with postgresql://") as caught:
        check_database("mysql://portal:mat-khau@localhost/portal")
    assert "mat-khau" not in str(caught.value)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:{port}/0", "gopher://localhost"])
def test_redis_that_does_not_answer(url: str, free_port: int) -> None:
    with pytest.raises(Refusal, match="REDIS_URL cannot be reached"):
        check_redis(url.format(port=free_port))
