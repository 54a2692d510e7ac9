"""What every test stands on."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.test.client import ClientHandler
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from catalog import usage as usage_counts
from catalog.api import open_tables
from catalog.selectors import publication, usage
from catalog.upload import IncomingFile
from tables import confined
from tests import databases
from tests.readings import KeptReadings

# How long drawing examples takes says how busy the machine is, nothing of the portal.
hypothesis_settings.register_profile(
    "suite", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("suite")

DUMMY_CACHE = "django.core.cache.backends.dummy.DummyCache"


@pytest.fixture(scope="session", autouse=True)
def _quick() -> Iterator[None]:
    """Passwords hashed fast; pages name their static files without a manifest, which only a build makes."""
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise looks into it
    usage_counts.SECONDS_GATHERED = 0.0  # test_usage.py gathers
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        PASSWORD_HASHERS=["tests.hashing.QuickHasher"],
        REQUIRE_2FA=False,  # tests of the second factor turn it on
        ENGINE_SECONDS_PER_MINUTE=0,  # all tests ask from one address; test_engine_turns.py counts
        STORAGES={**settings.STORAGES, "staticfiles": plain},
        # Drawn anew each time, so that queries can be counted; test_drawn_parts.py keeps them.
        CACHES={**settings.CACHES, "template_fragments": {"BACKEND": DUMMY_CACHE}},
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _each_file_read_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(confined, "run", KeptReadings(tmp_path_factory.mktemp("readings")))
        yield


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Objects kept under the number of the last recorded change: a test takes its changes back."""
    publication.dataset_at.cache_clear()
    publication.releases_of.cache_clear()
    usage.counts_of_dataset.cache_clear()
    publication.table_at.cache_clear()
    open_tables.open_table_at.cache_clear()


@pytest.fixture(autouse=True)
def _vietnamese() -> Iterator[None]:
    """A page opened in English leaves its language behind in the thread."""
    with translation.override("vi"):
        yield


@pytest.fixture(autouse=True)
def _answers_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A web server closes every answer; the test client only one that was read to its end.

    The file of another would be closed by the garbage collector, with a warning in a later test. So
    would an uploaded one that a test handed to an action itself.
    """
    answers: list[Any] = []
    handle = ClientHandler.__call__
    uploads: list[IncomingFile] = []
    begin = IncomingFile.__init__

    def begun(self: IncomingFile, *args: Any, **kwargs: Any) -> None:
        begin(self, *args, **kwargs)
        uploads.append(self)

    def remembered(self: ClientHandler, environ: dict[str, Any]) -> Any:
        answers.append(handle(self, environ))
        return answers[-1]

    monkeypatch.setattr(ClientHandler, "__call__", remembered)
    monkeypatch.setattr(IncomingFile, "__init__", begun)
    yield
    for answer in answers:
        for close in answer._resource_closers:
            close()
    for upload in uploads:
        with suppress(FileNotFoundError):  # taken over by an action
            upload.close()


@pytest.fixture(scope="session")
def _filled_when_made() -> Iterator[None]:
    """The test database begins as an earlier run kept it, where the migrations are the same."""
    create = connection.creation._create_test_db

    def created(*args: Any, **how: Any) -> str:
        name: str = create(*args, **how)
        databases.fill(name)
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connection.creation, "_create_test_db", created)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    _filled_when_made: None, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Let tests with real transactions empty the tables: the trigger that refuses TRUNCATE sleeps.

    tests/accounts/test_audit_append_only.py wakes it to see it refuse.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        databases.keep()
        cursor.execute("ALTER TABLE accounts_auditevent DISABLE TRIGGER audit_table_stays")
    yield
    with django_db_blocker.unblock():
        databases.end_other_sessions()
