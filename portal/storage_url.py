"""STORAGE_URL in words of Django's STORAGES setting."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def storage_backend(url: str, folder: Path) -> dict[str, Any]:
    """A local folder when `url` is empty, else s3://key:secret@host:port/bucket?region=…&tls=no.

    Raises ValueError for any other scheme, or an address without a bucket.
    """
    if not url:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(folder)},
        }
    parts = urlsplit(url)
    bucket = parts.path.strip("/")
    if parts.scheme != "s3" or not bucket:
        raise ValueError(
            "STORAGE_URL must read s3://key:secret@host:port/bucket?region=…; "
            "leave it empty for a local folder"
        )
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    scheme = "http" if options.get("tls") == "no" else "https"
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"{scheme}://{parts.hostname}"
            + (f":{parts.port}" if parts.port else ""),
            "region_name": options.get("region"),
            "file_overwrite": True,
            "default_acl": None,
        },
    }
