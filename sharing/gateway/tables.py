"""A table of a service as one account may see it: its columns, its rows, and nothing that tells of others.

Everything the API says of a table comes from its resource, its releases and the table engine. A narrowed
account gets copies of the first two that know its columns only, and an engine that is given these columns
and the condition on rows; so no answer can name what it does not hold.
"""

from copy import copy
from typing import Any

import structlog
from django.utils.translation import gettext as _

from catalog.api.open_tables import known_table, published
from catalog.api.problems import Problem
from catalog.api.readable_tables import ReadableTable
from catalog.models import Dataset, Release, Resource
from core.kept import kept
from sharing.scopes import Granted
from tables import BadQuery, Column, Only
from tables.querying.conditions import condition
from tables.querying.texts import words

log = structlog.get_logger(__name__)
ADDRESSES = "gateway"


@kept(most=1024)
def readable_table(granted: Granted, revision: int) -> ReadableTable:
    """The table with its published releases, at least one. Kept under what is granted and the last change.

    Raises the problem that says why there are no data, 403 "scope-unfit" where the newest release has
    other columns than the grant speaks of: better nothing than too much.
    """
    resource = known_table(granted.resource_id, revision)
    if resource.dataset.access == Dataset.Access.LISTED:
        raise Problem(
            "not-found", _("Bộ dữ liệu này chỉ công bố thông tin mô tả, cổng không giữ dữ liệu.")
        )
    releases = published(resource, revision)
    only = _only(granted, releases[0])
    fitting = [release for release in releases if _fits(release, granted, only)]
    if releases[0] not in fitting:
        raise _unfit(granted)
    hides = any(_hidden(release, granted) for release in fitting)
    narrowed = _narrowed_resource(resource, granted)
    seen = [_narrowed(release, narrowed, granted) for release in fitting]
    return ReadableTable(narrowed, seen, revision, ADDRESSES, hides, only)


def _only(granted: Granted, newest: Release) -> tuple[Only, ...]:
    """The conditions on rows, read against the columns of the newest release. Raises the problem."""
    types = {column["name"]: column["type"] for column in newest.columns}
    found = []
    for name, op, value in granted.rows:
        # A beginning without letters and figures would fit every row.
        if name not in types or (op == "starts" and not words(str(value))):
            raise _unfit(granted)
        column = Column(name, types[name])
        try:
            condition(column, op, value)
        except BadQuery:
            raise _unfit(granted) from None
        found.append(Only(column, op, value))
    return tuple(found)


def _fits(release: Release, granted: Granted, only: tuple[Only, ...]) -> bool:
    """Whether the release has every column of the conditions, of the same type, and one that may be seen."""
    types = {column["name"]: column["type"] for column in release.columns}
    same = all(types.get(one.column.name) == one.column.type for one in only)
    return same and bool(_visible(release, granted))


def _visible(release: Release, granted: Granted) -> list[dict[str, Any]]:
    """The profiles of the columns that may be seen, in the order of the release."""
    return [column for column in release.columns if column["name"] in granted.columns]


def _hidden(release: Release, granted: Granted) -> bool:
    return len(_visible(release, granted)) < len(release.columns)


def _narrowed_resource(resource: Resource, granted: Granted) -> Resource:
    seen = copy(resource)
    seen.columns = [one for one in resource.columns if one["name"] in granted.columns]
    whole_key = set(resource.key_columns) <= set(granted.columns)
    seen.key_columns = resource.key_columns if whole_key else []
    return seen


def _narrowed(release: Release, resource: Resource, granted: Granted) -> Release:
    """Where rows are hidden, what is stored about all rows is hidden, too (catalog.api.seen_columns)."""
    seen = copy(release)
    seen.resource = resource
    columns = _visible(release, granted)
    if granted.rows:
        columns = [{key: one[key] for key in ("name", "label", "type")} for one in columns]
        seen.row_count = None
    seen.reading = {"columns": columns}
    return seen


def _unfit(granted: Granted) -> Problem:
    log.warning("gateway_scope_unfit", resource=str(granted.resource_id))
    return Problem(
        "scope-unfit",
        _(
            "Phạm vi được cấp không còn khớp với cấu trúc của bảng. Hãy liên hệ cơ quan chủ quản để "
            "điều chỉnh văn bản chấp thuận."
        ),
    )
