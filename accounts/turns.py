"""What is looked for before it is made is looked for by one at a time: two would both find nothing."""

from django.db import connection


def take_turn(what: str) -> None:
    """Until the end of the transaction whoever takes the turn of the same name waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [what])
