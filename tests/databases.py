"""The test database itself."""

from django.db import connection


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
