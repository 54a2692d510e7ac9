"""Answers as JSON: dates are ISO texts, what JSON has no word for is null."""

import json
import math
from decimal import Decimal
from typing import Any

import orjson

MEDIA_TYPE = "application/json"


def encoded(value: Any) -> bytes:
    """The value in UTF-8. orjson writes dates, and null for NaN and infinity, by itself."""
    try:
        return orjson.dumps(value, default=_other)
    except orjson.JSONEncodeError:  # a whole number of more than 64 bits, as sums may be
        return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":")).encode()


def _other(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def _plain(value: Any) -> Any:
    """The same value of Python's own JSON types."""
    match value:
        case dict():
            return {str(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case float():
            return value if math.isfinite(value) else None
        case int() | str() | None:
            return value
    return orjson.loads(orjson.dumps(value, default=_other))
