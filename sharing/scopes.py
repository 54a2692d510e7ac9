"""What a grant gives: which tables, which columns, which rows.

A scope is JSON: {resource id: {"columns": [names], "rows": [[column, operator, value], …]}}; rows must
fit every condition. It names all it gives: what the service or the table comes to have later is not in
it, and a table without columns gives nothing.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sharing.models import ServiceTable, SharingService

# Conditions on rows, as the table engine spells them (tables.Filter).
OPERATORS = ("eq", "in", "ge", "le", "starts")


@dataclass(frozen=True)
class Granted:
    """One table as an account may see it.

    It can be hashed: what is made of it may be kept under it.
    """

    resource_id: UUID
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, Any], ...]


def frozen(service: SharingService, chosen: dict[str, Any]) -> dict[str, Any]:
    """The scope that an owner's choice comes to at this moment, every column by its name.

    `chosen` is written like a scope but may be short: empty means every table of the service, a table
    without "columns" every column the service gives of it. Raises ValidationError for what lies beyond the
    service, and for a table of which no column is known yet.
    """
    tables = {str(one.resource_id): one for one in service.tables.select_related("resource")}
    if not chosen.keys() <= tables.keys():
        raise ValidationError(_("Phạm vi nêu một bảng không thuộc dịch vụ."), code="scope")
    return {
        resource_id: _frozen_part(table, chosen.get(resource_id, {}))
        for resource_id, table in tables.items()
        if not chosen or resource_id in chosen
    }


def granted_tables(scope: dict[str, Any]) -> dict[UUID, Granted]:
    """What a scope gives, by table id."""
    return {
        UUID(resource_id): _granted(UUID(resource_id), part) for resource_id, part in scope.items()
    }


def _granted(resource_id: UUID, part: dict[str, Any]) -> Granted:
    rows = tuple(
        (name, operator, tuple(value) if isinstance(value, list) else value)
        for name, operator, value in part.get("rows", [])
    )
    return Granted(resource_id, tuple(part.get("columns", [])), rows)


def _frozen_part(table: ServiceTable, part: dict[str, Any]) -> dict[str, Any]:
    given = [
        column["name"]
        for column in table.resource.columns
        if not table.columns or column["name"] in table.columns
    ]
    wanted, rows = part.get("columns", []), part.get("rows", [])
    unknown = [name for name in wanted if name not in given]
    if unknown:
        raise ValidationError(
            _("Dịch vụ không cung cấp cột: %(names)s.") % {"names": ", ".join(unknown)},
            code="scope",
        )
    if not given:
        raise ValidationError(
            _(
                "Bảng “%(table)s” chưa có số liệu công bố nên chưa biết gồm những cột nào. "
                "Hãy chấp thuận sau khi bảng có kỳ đầu tiên, hoặc bỏ bảng này khỏi phạm vi."
            )
            % {"table": table.resource.title},
            code="scope",
        )
    _check_rows(table, rows)
    return {"columns": [name for name in given if not wanted or name in wanted], "rows": rows}


def _check_rows(table: ServiceTable, rows: list[list[Any]]) -> None:
    known = {column["name"] for column in table.resource.columns}
    for condition in rows:
        if len(condition) != 3 or condition[0] not in known or condition[1] not in OPERATORS:
            raise ValidationError(_("Điều kiện về dòng dữ liệu không hợp lệ."), code="scope")
