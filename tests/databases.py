"""The test database itself."""

from django.db import connection


def end_other_sessions() -> None:
    """PostgreSQL copies and drops a database only when nobody is in it; a server that a test killed
    may leave its session behind for a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
