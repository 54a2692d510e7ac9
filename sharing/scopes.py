"""What a grant gives of a service: which tables, which columns, which rows.

A scope is JSON: {resource id: {"columns": [names], "rows": [[column, operator, value], …]}}. An empty
scope gives everything the service gives; a table without "columns" gives all of the service's columns;
rows must fit every condition. A narrower scope never gives more than the service.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sharing.models import ServiceTable, SharingService

# Conditions on rows, as the table engine spells them (catalog.tables.Filter).
OPERATORS = ("eq", "in", "ge", "le", "starts")


@dataclass(frozen=True)
class Granted:
    """One table as an account may see it; `columns` None: every column of the table, () none at all.

    It can be hashed: what is made of it may be kept under it.
    """

    resource_id: UUID
    columns: tuple[str, ...] | None
    rows: tuple[tuple[str, str, Any], ...]


def check_scope(service: SharingService, scope: dict[str, Any]) -> dict[str, Any]:
    """The scope, when it lies within the service. Raises ValidationError for one that does not."""
    tables = {str(one.resource_id): one for one in service.tables.select_related("resource")}
    for resource_id, part in scope.items():
        table = tables.get(resource_id)
        if table is None:
            raise ValidationError(_("Phạm vi nêu một bảng không thuộc dịch vụ."), code="scope")
        _check_columns(table, part.get("columns", []))
        _check_rows(table, part.get("rows", []))
    return scope


def granted_tables(tables: Iterable[ServiceTable], scope: dict[str, Any]) -> dict[UUID, Granted]:
    """What is left of the service's tables under the scope, by table id."""
    found = {}
    for table in tables:
        part = scope.get(str(table.resource_id))
        if scope and part is None:
            continue
        part = part or {}
        columns = _narrower(table.columns, part.get("columns", []))
        rows = tuple(
            (name, operator, tuple(value) if isinstance(value, list) else value)
            for name, operator, value in part.get("rows", [])
        )
        found[table.resource_id] = Granted(table.resource_id, columns, rows)
    return found


def _narrower(offered: list[str], chosen: list[str]) -> tuple[str, ...] | None:
    """The chosen columns the service gives today, in the service's order; all it gives for none.

    None where neither names any. The service may have come to give none of the chosen ones: ().
    """
    if not chosen:
        return tuple(offered) or None
    if not offered:
        return tuple(chosen)
    return tuple(name for name in offered if name in chosen)


def _check_columns(table: ServiceTable, columns: list[str]) -> None:
    allowed = table.columns or [column["name"] for column in table.resource.columns]
    unknown = [name for name in columns if name not in allowed]
    if unknown:
        raise ValidationError(
            _("Dịch vụ không cung cấp cột: %(names)s.") % {"names": ", ".join(unknown)},
            code="scope",
        )


def _check_rows(table: ServiceTable, rows: list[list[Any]]) -> None:
    known = {column["name"] for column in table.resource.columns}
    for condition in rows:
        if len(condition) != 3 or condition[0] not in known or condition[1] not in OPERATORS:
            raise ValidationError(_("Điều kiện về dòng dữ liệu không hợp lệ."), code="scope")
