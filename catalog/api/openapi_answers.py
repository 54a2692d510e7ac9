"""What the row API answers, as OpenAPI describes it: schemas, headers, refusals."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext

from catalog.api import problems
from catalog.api.formats import FORMATS, JSON
from tables import Column

Described = dict[str, Any]
REFUSALS = (400, 403, 404, 405, 406, 410, 429, 503)
DESCRIBED_REFUSALS = tuple(status for status in REFUSALS if status != 406)
_TYPES: dict[str, Described] = {
    "text": {"type": ["string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "number": {"type": ["number", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "datetime": {
        "type": ["string", "null"],
        "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$",
    },
    "boolean": {"type": ["boolean", "null"]},
    "geometry": {"type": ["object", "null"]},
}
_ANY_CELL = {"type": ["string", "number", "boolean", "object", "null"]}
_ADDRESS = {"type": ["string", "null"], "format": "uri"}


def row_schema(columns: Sequence[Column], labels: dict[str, str]) -> Described:
    """A row as an object; `fields` may leave columns out."""
    cells = {
        column.name: {**_TYPES[column.type], "description": labels.get(column.name, column.name)}
        for column in columns
    }
    return {"type": "object", "title": gettext("Dòng dữ liệu"), "properties": cells}


def schemas(row: Described) -> Described:
    """The components of a document whose rows look like `row`."""
    return {
        "Row": row,
        "Group": {
            "type": "object",
            "title": gettext("Nhóm: các cột gộp, rồi các giá trị đã tính"),
            "additionalProperties": _ANY_CELL,
        },
        "Column": {
            "type": "object",
            "required": ["name", "label", "type"],
            "properties": {
                "name": {"type": "string"},
                "label": {"type": "string"},
                "type": {"type": "string", "enum": list(_TYPES)},
                "unit": {"type": "string"},
            },
        },
        "Page": _page_schema(),
        "Problem": _problem_schema(),
    }


def rows_answers() -> Described:
    """The answers of /rows, by status."""
    files = {
        one.media_types[0]: {"schema": {"type": "string", "format": "binary"}}
        for one in FORMATS.values()
        if one.code != JSON
    }
    content = {FORMATS[JSON].media_types[0]: {"schema": _ref("Page")}, **files}
    found = {"description": gettext("Các dòng dữ liệu"), "headers": _headers(), "content": content}
    return {"200": found, "304": _unchanged(), **refusals(REFUSALS)}


def description_answers(description: str) -> Described:
    """The answers of /profile and /schema, by status."""
    content = {FORMATS[JSON].media_types[0]: {"schema": {"type": "object"}}}
    found = {"description": description, "content": content}
    return {"200": found, "304": _unchanged(), **refusals(DESCRIBED_REFUSALS)}


def refusals(statuses: Sequence[int], *, of_accounts: bool = False) -> Described:
    """The problems of those statuses; `of_accounts`: with those of callers who have one."""
    titles: dict[int, list[str]] = {}
    for kind in problems.KINDS.values():
        if of_accounts or not kind.of_accounts:
            titles.setdefault(kind.status, []).append(str(kind.title))
    return {
        str(status): {
            "description": "; ".join(titles[status]),
            "content": {problems.MEDIA_TYPE: {"schema": _ref("Problem")}},
        }
        for status in statuses
    }


def _unchanged() -> Described:
    return {"description": gettext("Không đổi so với bản người gọi đang giữ")}


def _headers() -> Described:
    words = {
        "ETag": gettext("Gửi lại trong If-None-Match để khỏi nhận lại kết quả chưa đổi."),
        "Link": gettext("Trang sau, trang trước, mô tả (RFC 8288)."),
        "RateLimit": gettext("Còn bao nhiêu yêu cầu, bao nhiêu giây nữa tính lại."),
        "RateLimit-Policy": gettext("Số yêu cầu được gửi trong mỗi phút."),
    }
    return {
        name: {"description": text, "schema": {"type": "string"}} for name, text in words.items()
    }


def _page_schema() -> Described:
    rows = {"anyOf": [_ref("Row"), _ref("Group"), {"type": "array", "items": _ANY_CELL}]}
    count = {"type": ["integer", "null"], "minimum": 0}
    meta = {
        "total": {**count, "description": gettext("Số dòng khớp điều kiện; null khi count=false.")},
        "offset": count,
        "limit": {"type": "integer"},
        "next_cursor": {"type": ["string", "null"]},
        "periods": {"type": "array", "items": {"type": "string"}},
        "columns": {"type": "array", "items": _ref("Column")},
        "dataset": {"type": "object"},
        "resource": {"type": "object"},
        "licence": {"type": ["object", "null"]},
        "attribution": {"type": "string"},
    }
    return {
        "type": "object",
        "required": ["data", "meta", "links"],
        "properties": {
            "data": {"type": "array", "items": rows},
            "meta": {"type": "object", "required": list(meta), "properties": meta},
            "links": {"type": "object", "additionalProperties": _ADDRESS},
        },
    }


def _problem_schema() -> Described:
    text = {"type": "string"}
    return {
        "type": "object",
        "title": gettext("Lý do từ chối (RFC 9457)"),
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": text,
            "status": {"type": "integer"},
            "detail": text,
            "parameter": {**text, "description": gettext("Tham số sai.")},
            "allowed": {"type": "array", "items": text},
        },
    }


def _ref(name: str) -> Described:
    return {"$ref": f"#/components/schemas/{name}"}
