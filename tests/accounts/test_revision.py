"""The number of the last recorded change, as public requests ask for it."""

import psycopg2
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.actions.audit import record, revision
from tests import factories


@pytest.mark.django_db
def test_it_grows_with_every_change() -> None:
    agency, before = factories.agency(), revision()
    with transaction.atomic():
        record(by=None, action="t", target=agency)
    assert revision() > before


@pytest.mark.django_db(transaction=True)
def test_it_is_the_only_question_of_a_request() -> None:
    revision()
    connection.close_if_unusable_or_obsolete()  # as between two requests
    with CaptureQueriesContext(connection) as asked:
        revision()
    assert len(asked) == 1
    assert connection.health_check_done


@pytest.mark.django_db(transaction=True)
def test_a_connection_the_database_has_closed_is_opened_again() -> None:
    known = revision()
    connection.close_if_unusable_or_obsolete()
    _end_connection(connection.connection.get_backend_pid())
    assert revision() == known


def _end_connection(process: int) -> None:
    """As a database that is started again does."""
    given = connection.get_connection_params()
    for name in ("cursor_factory", "options"):
        given.pop(name, None)
    other = psycopg2.connect(**given)
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
    finally:
        other.close()
