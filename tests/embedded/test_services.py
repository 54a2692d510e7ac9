"""`python -m portal.embedded services -- COMMAND`."""

import os
import signal
import sys
from pathlib import Path

from tests.embedded.conftest import Launch, eventually, processes_of

QUESTION = """
import os, psycopg2, redis
connection = psycopg2.connect(os.environ["DATABASE_URL"])
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database(), datlocprovider FROM pg_database WHERE datname = 'portal'")
    print(*cursor.fetchone())
print(redis.Redis.from_url(os.environ["REDIS_URL"]).ping())
print(len(os.environ["SECRET_KEY"]) >= 50)
"""

KEEP = """
import os, psycopg2
connection = psycopg2.connect(os.environ["DATABASE_URL"])
connection.cursor().execute("CREATE TABLE kept AS SELECT 41 + 1 AS n")
connection.commit()
"""
READ = """
import os, psycopg2
cursor = psycopg2.connect(os.environ["DATABASE_URL"]).cursor()
cursor.execute("SELECT n FROM kept")
print(cursor.fetchone()[0])
"""


def ask(question: str) -> tuple[str, ...]:
    return ("services", "--", sys.executable, "-c", question)


def test_gives_the_command_a_database_and_redis(launch: Launch, folder: Path) -> None:
    process = launch(*ask(QUESTION))
    output, errors = process.communicate(timeout=40)
    assert output.split() == ["portal", "b", "True", "True"], errors
    assert process.returncode == 0
    assert processes_of(folder) == []


def test_keeps_its_data_and_its_secret(launch: Launch, folder: Path) -> None:
    launch(*ask(KEEP)).communicate(timeout=40)
    secret = (folder / "secret_key").read_text()
    output, _ = launch(*ask(READ)).communicate(timeout=40)
    assert output.strip() == "42"
    assert (folder / "secret_key").read_text() == secret
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_gives_back_the_exit_code(launch: Launch) -> None:
    process = launch("services", "--", "sh", "-c", "exit 7")
    process.communicate(timeout=40)
    assert process.returncode == 7


def test_refuses_a_command_that_does_not_exist(launch: Launch, folder: Path) -> None:
    process = launch("services", "--", "./no-such-command")
    _, errors = process.communicate(timeout=40)
    assert process.returncode == 1
    assert "The command ./no-such-command cannot be run" in errors
    assert "Traceback" not in errors
    assert processes_of(folder) == []


def test_joins_the_servers_that_already_run(launch: Launch, folder: Path) -> None:
    launch("services", "--", "sleep", "30")
    assert eventually((folder / "running.json").exists)
    output, _ = launch(*ask(QUESTION)).communicate(timeout=40)
    assert output.split()[0] == "portal"


def test_a_stop_signal_reaches_the_command(launch: Launch, folder: Path) -> None:
    process = launch("services", "--", "sleep", "60")
    assert eventually((folder / "running.json").exists)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode != 0
    assert processes_of(folder) == []


def test_killed_launcher_leaves_no_process_and_starts_again(launch: Launch, folder: Path) -> None:
    process = launch("services", "--", "sleep", "60")
    assert eventually((folder / "running.json").exists)
    assert len(processes_of(folder)) > 3
    sockets = Path(next(p for p in _guardian_arguments(folder) if "portal-" in p))
    os.kill(process.pid, signal.SIGKILL)
    assert eventually(lambda: processes_of(folder) == [])
    assert eventually(lambda: not sockets.exists())
    output, errors = launch(*ask(QUESTION)).communicate(timeout=40)
    assert output.split()[0] == "portal", errors


def _guardian_arguments(folder: Path) -> list[str]:
    return [part for process in processes_of(folder) for part in process.cmdline()]
