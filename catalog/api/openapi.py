"""OpenAPI documents: one for each table, with its own columns; and the row API in the document of all."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext

from catalog.api.gate import open_to_all
from catalog.api.open_tables import open_table
from catalog.api.openapi_answers import (
    description_answers,
    refusals,
    row_schema,
    rows_answers,
    schemas,
)
from catalog.api.openapi_parameters import (
    condition_parameters,
    language_parameter,
    period_parameter,
    row_parameters,
)
from catalog.api.profiles import counted_description
from catalog.api.readable_tables import ReadableTable
from catalog.api.words import known_words
from catalog.models import Dataset, Release
from tables.querying.stacking import source_of

Described = dict[str, Any]
TAG = "resources"


@open_to_all
def document(request: HttpRequest, resource_id: UUID) -> HttpResponseBase:
    """OpenAPI 3.1 of one table: its columns as parameters and as the shape of its rows."""
    return counted_description(request, open_table(resource_id), table_document)


def table_document(table: ReadableTable, release: Release) -> Described:
    """The document of a table as it is in one period."""
    columns = source_of(table.table(release)).columns
    labels = {name: words["label"] for name, words in known_words(table, [release]).items()}
    path = table.path("rows")
    parameters = row_parameters(columns, table.periods) + condition_parameters(columns, labels)
    rows = _rows_operation(table.resource.title, parameters)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{table.dataset.title} – {table.resource.title}",
            "version": release.period,
            "description": f"{table.dataset.description}\n\n{how_to_ask()}",
            **_licence(table.dataset),
            "contact": {"name": table.dataset.agency.name},
        },
        "servers": [{"url": settings.SITE_URL}],
        "tags": [{"name": TAG}],
        "paths": {path: {"get": rows}, **_descriptions(path, table.periods)},
        "components": {"schemas": schemas(row_schema(columns, labels))},
    }  # fmt: skip


def _licence(dataset: Dataset) -> Described:
    """Nothing where the data are not open."""
    if dataset.terms is None:
        return {}
    address = settings.SITE_URL + reverse("terms")
    return {"license": {"name": dataset.terms.title, "url": address}}


def add_row_api(result: Described, generator: Any, request: Any, public: bool) -> Described:
    """drf-spectacular's postprocessing hook: the addresses that are no views of REST framework.

    Every operation speaks the caller's language and may refuse as a problem.
    """
    path = "/api/v1/resources/{resource_id}/rows"
    paths = {path: {"get": _rows_operation("", row_parameters((), ()))}, **_descriptions(path, ())}
    own = {"name": "resource_id", "in": "path", "required": True,
           "schema": {"type": "string", "format": "uuid"}}  # fmt: skip
    for operation in (methods["get"] for methods in paths.values()):
        operation["parameters"] = [own, *operation["parameters"]]
        operation["operationId"] = f"resources_{operation['operationId']}"
    for operation in (methods["get"] for methods in result["paths"].values()):
        operation.setdefault("parameters", []).append(language_parameter())
        operation["responses"] |= refusals((400, 404, 405, 429))
    result["paths"] |= paths
    result["components"]["schemas"] |= schemas({"type": "object"})
    return result


def how_to_ask() -> str:
    """The spelling of conditions, in a paragraph of Markdown."""
    return gettext(
        "Điều kiện viết `ten_cot__phep=gia_tri`; `ten_cot=gia_tri` là bằng. Các điều kiện phải cùng "
        "đúng; thêm `any.1.` trước các điều kiện thì chỉ cần một trong số đó đúng: "
        "`any.1.ten_xa__eq=Vinh&any.1.so_lao_dong__ge=100`. `between` và `in` nhận nhiều giá trị, "
        "lặp lại tham số hoặc cách nhau bằng dấu phẩy; giá trị có dấu phẩy đặt trong ngoặc kép."
    )


def _rows_operation(title: str, parameters: list[Described]) -> Described:
    return {
        "operationId": "rows",
        "tags": [TAG],
        "summary": " ".join([gettext("Dữ liệu của bảng"), title]).strip(),
        "description": how_to_ask(),
        "parameters": parameters,
        "responses": rows_answers(),
    }


def _descriptions(rows_path: str, periods: Sequence[str]) -> Described:
    """/profile, /schema and /openapi.json beside /rows."""
    stem = rows_path.removesuffix("rows")
    words = {
        "profile": gettext(
            "Thống kê từng cột: ô trống, số giá trị khác nhau, nhỏ nhất, lớn nhất, hay gặp"
        ),
        "schema": gettext("Cấu trúc bảng theo chuẩn Table Schema"),
        "openapi.json": gettext("Tài liệu OpenAPI của riêng bảng này"),
    }
    return {
        stem + name: {
            "get": {
                "operationId": name.removesuffix(".json"),
                "tags": [TAG],
                "summary": text,
                "parameters": [period_parameter(periods, with_all=False), language_parameter()],
                "responses": description_answers(text),
            }
        }
        for name, text in words.items()
    }
