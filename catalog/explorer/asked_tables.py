"""The tables a look is about, and the columns of their rows together."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from catalog.explorer.cells import TableColumn, table_columns
from catalog.explorer.look import Look
from catalog.explorer.tables import table_of
from tables import Table
from tables.querying.stacking import PERIOD, source_of


def asked_tables(look: Look) -> Table | list[Table]:
    """The table of the period, or those of all periods, the newest first."""
    if look.all_periods:
        return [table_of(release) for release in look.releases]
    return table_of(look.release)


def asked_columns(look: Look) -> Sequence[TableColumn]:
    """The columns of the rows: those of the period; of all periods the period first, then all there are.

    A column is described as in the newest release that has it.
    """
    if not look.all_periods:
        return look.columns
    described = _described(look)
    columns = source_of([table_of(release) for release in look.releases]).columns
    return [
        _period_column(look)
        if column.name == PERIOD
        else replace(
            described[_own_name(column.name, described)], name=column.name, type=column.type
        )
        for column in columns
    ]


def _described(look: Look) -> dict[str, TableColumn]:
    described: dict[str, TableColumn] = {}
    for release in look.releases:
        for column in table_columns(look.resource, release):
            described.setdefault(column.name, column)
    return described


def _own_name(name: str, described: dict[str, TableColumn]) -> str:
    """A column of the data called like the period's has a number behind its name here."""
    return name if name in described else PERIOD


def _period_column(look: Look) -> TableColumn:
    return TableColumn(
        name=PERIOD,
        type="text",
        label=_("Kỳ"),
        unit="",
        description="",
        required=True,
        nulls=0,
        minimum=None,
        maximum=None,
        longest=0,
        distinct=len(look.releases),
        top=[(release.period, release.row_count or 0) for release in look.releases],
        is_period=True,
    )
