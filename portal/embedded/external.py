"""Servers that DATABASE_URL and REDIS_URL name: are they there?

Asked once before anything else starts, so that a wrong address is one sentence.
"""

import psycopg2
import redis

from portal.embedded import messages
from portal.embedded.messages import Refusal


def check_database(url: str) -> None:
    """Raises Refusal when no PostgreSQL answers at `url`."""
    # libpq would read anything else as its own notation and repeat it, password and all.
    if not url.startswith(("postgresql://", "postgres://")):
        raise Refusal(messages.DATABASE_ADDRESS_FORM)
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except (psycopg2.Error, ValueError) as error:
        raise Refusal(messages.DATABASE_UNREACHABLE, reason=one_line(error)) from error


def check_redis(url: str) -> None:
    """Raises Refusal when no Redis answers at `url`."""
    try:
        with redis.Redis.from_url(url, socket_connect_timeout=5, socket_timeout=5) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as error:
        raise Refusal(messages.REDIS_UNREACHABLE, reason=one_line(error)) from error


def one_line(error: Exception) -> str:
    """What an error says, on one line."""
    return " ".join(str(error).split()) or type(error).__name__
