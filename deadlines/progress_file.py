"""The progress of a round as a file: one row for each agency, every figure in a cell of its own."""

from django.utils.translation import gettext as _

from deadlines.period_words import period_name
from deadlines.progress_words import GROUPS
from deadlines.selectors.progress_table import Row, Table


def head(table: Table) -> list[object]:
    return [
        _("Kỳ"),
        _("Ngày chốt"),
        _("Hạng"),
        _("Mã cơ quan"),
        _("Cơ quan"),
        _("Tình trạng"),
        _("Phải cung cấp"),
        _("Đúng hạn"),
        _("Muộn"),
        _("Quá hạn"),
        _("Chưa đến hạn"),
        _("Không phát sinh"),
        _("Qua API"),
        _("Được miễn"),
        *_earlier_heads(table),
    ]


def line(table: Table, row: Row) -> list[object]:
    """The cells of one agency; days as YYYY-MM-DD, empty where there is nothing yet."""
    round_, one = table.progress.round, row.progress
    return [
        round_.period,
        round_.closing_on.isoformat() if round_.closed_at else "",
        one.rank if one.rank is not None else "",
        one.agency.key,
        one.agency.name,
        str(GROUPS[one.group]),
        one.counts.owed,
        one.counts.on_time,
        one.counts.late,
        one.counts.missing,
        one.counts.pending,
        one.counts.nothing,
        one.counts.pulled,
        one.counts.waived,
        *_earlier_cells(row),
    ]


def _earlier_heads(table: Table) -> list[str]:
    """Two columns for each: a spreadsheet would take "3/4" for a date."""
    names = [period_name(one.as_period) for one in table.earlier_rounds]
    titles = (_("%(period)s: đúng hạn"), _("%(period)s: đến hạn"))
    return [title % {"period": name} for name in names for title in titles]


def _earlier_cells(row: Row) -> list[object]:
    return [
        "" if figure is None else figure for one in row.earlier for figure in (one.on_time, one.due)
    ]
