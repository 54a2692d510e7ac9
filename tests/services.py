"""A pytest plugin: the whole run shares one PostgreSQL and one Redis of its own.

Named in pyproject.toml (`-p tests.services`) so that it acts before pytest-django
imports the settings. Under xdist only the controller starts servers: its workers
inherit the environment, and each makes its own `test_portal_gwN` database.
"""

import gc
import os
import re
import shutil
import tempfile
import time
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from portal.embedded.datafolder import DataFolder
from portal.embedded.messages import Refusal, Sentence
from portal.embedded.servers import servers

# Enough for tests; nobody signs anything that lasts with it.
SECRET_KEY = "only-for-tests-" + "x" * 50


@contextmanager
def run_environment() -> Iterator[dict[str, str]]:
    """The variables of the run, while its servers are up in a folder of their own."""
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    # The servers' account must be able to walk in when root runs the tests.
    folder.chmod(0o755)
    data = DataFolder(folder)
    try:
        data.prepare()
        with (
            data.locked(time.sleep) as lock,
            servers(data, lock, os.environ, time.sleep, tell=nothing, durable=False) as running,
        ):
            yield running.environment | {"PORTAL_DATA": str(folder), "SECRET_KEY": SECRET_KEY}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def nothing(sentence: Sentence, **facts: object) -> None:
    """Say nothing: pytest's own output is what one reads."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Start what DATABASE_URL and REDIS_URL do not name; stop it when the run ends."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stack = ExitStack()
        early_config.add_cleanup(stack.close)
        try:
            os.environ.update(stack.enter_context(run_environment()))
        except Refusal as refusal:
            raise pytest.UsageError(str(refusal)) from refusal
    else:
        os.environ.update(own_share(os.environ["PYTEST_XDIST_WORKER"]))
    return (yield)


def own_share(worker: str) -> dict[str, str]:
    """A folder and Redis databases for one of several test processes: "gw1" takes 4 and 5.

    pytest-django gives each a PostgreSQL database of its own.
    """
    first_database = 2 * (int(worker.removeprefix("gw")) + 1)
    folder = Path(os.environ["PORTAL_DATA"]) / worker
    folder.mkdir(exist_ok=True)
    redis = re.sub(r"db=\d+$|/\d+$", "", os.environ["REDIS_URL"])
    redis += f"db={first_database}" if redis.startswith("unix") else f"/{first_database}"
    return {"PORTAL_DATA": str(folder), "REDIS_URL": redis}


def pytest_collection_finish() -> None:
    """Spare the collector what the whole run needs anyway: a fourteenth of the suite's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
