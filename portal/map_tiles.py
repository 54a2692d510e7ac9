"""The background of maps by configuration: raster tiles that the operator may use."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PLACEHOLDERS = ("{z}", "{x}", "{y}")


def tiles_origins(url: str, attribution: str) -> list[str]:
    """The origin that the Content-Security-Policy must let pictures come from; none for our own.

    Raises ImproperlyConfigured for an address that gives no tiles, or without whose map it is.
    """
    if not url:
        return []
    parts = urlsplit(url)
    is_ours = not parts.scheme and not parts.netloc and url.startswith("/")
    if any(sign not in url for sign in PLACEHOLDERS) or "{" in parts.netloc:
        raise ImproperlyConfigured(
            "MAP_TILES_URL must hold {z}, {x} and {y} behind the host's name, "
            "for example https://tiles.example/{z}/{x}/{y}.png."
        )
    if not is_ours and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ImproperlyConfigured(
            "MAP_TILES_URL must begin with https://, http:// or, for tiles of this site, with /."
        )
    if not attribution:
        raise ImproperlyConfigured(
            "MAP_TILES_ATTRIBUTION must say whose map MAP_TILES_URL gives: it stands under the map."
        )
    return [] if is_ours else [f"{parts.scheme}://{parts.netloc}"]
