"""Two uses of one Redis: jobs in the database the address names, the cache in the next."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

from redis.backoff import NoBackoff
from redis.retry import Retry

# How long the cache is waited for; a connection that had gone stale is opened again.
PATIENCE: dict[str, Any] = {
    "socket_timeout": 1.0,
    "socket_connect_timeout": 1.0,
    "retry": Retry(NoBackoff(), 1),
}


def broker_url(redis_url: str) -> str:
    """The address in Celery's spelling: unix:///path?db=0 becomes redis+socket:///path?virtual_host=0."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    return f"redis+socket://{parts.path}?virtual_host={_database(redis_url)}"


def cache_url(redis_url: str) -> str:
    """The same server, one database further on."""
    parts = urlsplit(redis_url)
    database = _database(redis_url) + 1
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={database}"
    return parts._replace(path=f"/{database}", query="").geturl()


def _database(redis_url: str) -> int:
    parts = urlsplit(redis_url)
    named = parse_qs(parts.query).get("db", ["0"])[0]
    return int(named if parts.scheme == "unix" else parts.path.strip("/") or named)
