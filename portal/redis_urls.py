"""Two uses of one Redis: jobs in the database the address names, the cache in the next."""

from urllib.parse import parse_qs, urlsplit


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
