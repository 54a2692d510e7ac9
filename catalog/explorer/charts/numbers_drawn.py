"""Pictures of columns of numbers: how values are spread, and how two columns go together."""

from django.utils.translation import gettext as _

from catalog.explorer.charts.asking import Asking
from catalog.explorer.charts.bins import bins
from catalog.explorer.charts.findings import finding_of_bins, finding_of_points
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.pictures import Figure, Picture, Row, Sheet, figures
from catalog.explorer.charts.points import Points, points_of
from catalog.explorer.charts.question import Choice, Dimension
from catalog.explorer.charts.words import (
    capitalised,
    dimension_words,
    figure,
    figure_writer,
    key_writer,
    measure_words,
)
from catalog.explorer.words import Words, said

POINTS_WRITTEN = 50  # in the table; the CSV file has all of them


def histogram(ask: Asking, choice: Choice, material: Material) -> Picture:
    """Raises the engine's errors and Undrawable."""
    column = material.column(choice.x.column)
    found = bins(ask, choice, is_integer=column is not None and column.type == "integer")
    name, write = _("từ {start} đến dưới {end}"), figure_writer(column)
    has_empty = column is not None and column.nulls
    return Picture(
        head=[capitalised(dimension_words(choice.x, material)), said(_("Số dòng"))],
        rows=[
            Row(name.format(start=write(one.start), end=write(one.end)), figures([one.count]))
            for one in found
        ],
        finding=finding_of_bins(found, write),
        data={"bins": [[one.start, one.end, one.count] for one in found]},
        sheet=Sheet(
            [_("Từ"), _("Đến dưới"), _("Số dòng")],
            [[one.start, one.end, one.count] for one in found],
        ),
        notes=[said(_("Các dòng để trống cột này không được tính."))] if has_empty else [],
    )


def scatter(ask: Asking, choice: Choice, material: Material) -> Picture:
    """Raises the engine's errors."""
    found = points_of(ask, choice)
    write = key_writer(Dimension(choice.series), material)
    series = [write(key) for key in found.series] if choice.series else [""]
    along = figure_writer(material.column(choice.x.column))
    up = figure_writer(material.column(choice.y.column))
    head = [capitalised(dimension_words(choice.x, material)), measure_words(choice.y, material)]
    if choice.series:
        head.append(capitalised(dimension_words(Dimension(choice.series), material)))
    # The name of the series stands in the last column where there are any.
    lines = [(x, y, [series[at]] if choice.series else []) for x, y, at in found.points]
    return Picture(
        head=head,
        rows=[
            Row(along(x), [Figure(up(y)), *(Figure(one) for one in names)])
            for x, y, names in lines[:POINTS_WRITTEN]
        ],
        finding=finding_of_points(found),
        data={"points": [list(point) for point in found.points], "series": series},
        sheet=Sheet([str(words) for words in head], [[x, y, *names] for x, y, names in lines]),
        notes=_notes(found),
        has_bars=False,
    )


def _notes(found: Points) -> list[Words]:
    notes = []
    if found.is_sample:
        text = _("Vẽ {shown} trong {total} dòng có đủ hai giá trị, lấy đều khắp bảng.")
        shown = figure(len(found.points))
        notes.append(said(text, shown=shown, total=figure(found.total)))
    if len(found.points) > POINTS_WRITTEN:
        text = _("Bảng số liệu dưới đây ghi {shown} điểm đầu; tệp CSV có đủ.")
        notes.append(said(text, shown=figure(POINTS_WRITTEN)))
    return notes
