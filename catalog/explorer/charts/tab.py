"""The tab that draws a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.explorer.asked_tables import asked_columns
from catalog.explorer.cells import TableColumn
from catalog.explorer.charts.asking import Asking, Undrawable
from catalog.explorer.charts.choice import any_choice, first_choice, suggestions
from catalog.explorer.charts.form import ChartForm, chart_form
from catalog.explorer.charts.groups_drawn import bars, line, more_than_drawn
from catalog.explorer.charts.material import Material, bare_material, material_of
from catalog.explorer.charts.numbers_drawn import histogram, scatter
from catalog.explorer.charts.pictures import Picture
from catalog.explorer.charts.question import Choice, Kind
from catalog.explorer.charts.reading import read_choice
from catalog.explorer.charts.summing import (
    Narrowing,
    at_one_time,
    of_one_unit,
    several_units,
    why_split,
)
from catalog.explorer.charts.titles import (
    chart_title,
    chart_words,
    portal_words,
    source_words,
    unit_words,
)
from catalog.explorer.charts.words import unit_of
from catalog.explorer.chips import Chip, chips
from catalog.explorer.look import Look
from catalog.explorer.refusals import Refusal, sentence, understood
from catalog.explorer.respelling import Respelling, respelling
from catalog.explorer.table import TableView, status_of, table_view
from catalog.explorer.table_query import TableQuery, address
from catalog.explorer.values import top_values
from catalog.explorer.words import Words, said
from tables import BadQuery, Filter, TableUnavailable, TooSlow

CODE = "bieu-do"
MOST_UNITS = 10
WHOLE = ("du", "1")  # what stands in the address for every group that can be drawn


@dataclass(frozen=True)
class Suggestion:
    """Another chart of the same rows."""

    words: Words
    address: str


@dataclass(frozen=True)
class ChartView:
    """What the template needs.

    `look` is what is drawn; `kept` what stands in addresses: where that could not be what was `asked`,
    `complaint` says why. `several` is the column of units where those rows have several.
    Without a `picture` a `table` stands there for a `reason`, or nothing. `notes` say what of the rows
    asked for was left out of the picture, and why.
    """

    look: Look
    kept: Look
    asked: Look
    material: Material
    choice: Choice
    several: TableColumn | None = None
    is_whole: bool = False
    picture: Picture | None = None
    table: TableView | None = None
    reason: str = ""
    notes: Sequence[Words] = ()
    complaint: str = ""
    refusals: Sequence[Refusal] = ()
    status: int = 200

    @property
    def form(self) -> ChartForm:
        return chart_form(self.material, self.choice)

    @property
    def title(self) -> Words:
        return chart_title(self.choice, self.material, self.look)

    @property
    def source(self) -> Words:
        return source_words(self.look)

    @property
    def unit(self) -> Words | str:
        return unit_words(unit_of(self.choice.y, self.material))

    @property
    def remarks(self) -> list[Words]:
        """All that has to be known beside the figures: what is in the picture, and what is not."""
        return [*self.notes, *(self.picture.notes if self.picture else ())]

    @property
    def portal(self) -> Words:
        """Where the figures can be looked up."""
        return portal_words(self.look)

    @property
    def warning(self) -> str:
        """What stands on every page of figures that are made up."""
        warning = _("Số liệu minh hoạ: không phải số liệu thật và không dùng làm căn cứ.")
        return warning if self.look.resource.dataset.is_illustrative else ""

    @property
    def chips(self) -> list[Chip]:
        """What narrows the rows; each is taken away without leaving the chart."""
        unsorted = replace(self.asked, query=replace(self.asked.query, sort=()))
        kept = address([("xem", CODE), *self.choice.pairs])
        return [
            replace(chip, without=f"{kept}&{chip.without.removeprefix('?')}")
            for chip in chips(unsorted, asked_columns(unsorted), self.refusals)
        ]

    @cached_property
    def respelling(self) -> Respelling | None:
        return respelling(self.kept, asked_columns(self.kept))

    @property
    def respelled_address(self) -> str:
        if self.respelling is None:
            return ""
        spelled = replace(self.kept, query=self.respelling.query)
        pairs = [("xem", CODE), ("ky", self.asked.period), *self.choice.pairs]
        return address([*pairs, *_narrowing(spelled)])

    @property
    def kept_pairs(self) -> list[tuple[str, str]]:
        """What goes along with the form: all that was asked, used or not."""
        return [("xem", CODE), ("ky", self.asked.period), *_narrowing(self.asked)]

    @property
    def address(self) -> str:
        """ "?…" of this very chart."""
        return self._address_of(self.choice, whole=self.is_whole)

    @property
    def whole_address(self) -> str:
        """ "?…" of the same chart with every group; empty when it has them all."""
        shows_all = not self.picture or not more_than_drawn(self.picture, whole=self.is_whole)
        return "" if shows_all else self._address_of(self.choice, whole=True)

    @property
    def short_address(self) -> str:
        """ "?…" of the same chart with the usual number of groups, where it has more."""
        return self._address_of(self.choice, whole=False) if self.is_whole else ""

    @property
    def suggestions(self) -> list[Suggestion]:
        return [
            Suggestion(chart_words(choice, self.material), self._address_of(choice, whole=False))
            for choice in suggestions(self.material, None if self.table else self.choice)
        ]

    @property
    def units(self) -> list[Suggestion]:
        """The rows of one unit each, where a picture of all of them would mix several."""
        column = self.several
        if column is None:
            return []
        return [
            Suggestion(said("{unit}", unit=value.words), self._of_unit(column, value.typed))
            for value in top_values(column)[:MOST_UNITS]
            if value.typed != self.material.unit
        ]

    def _of_unit(self, column: TableColumn, unit: str) -> str:
        query = replace(self.asked.query, sort=())
        only = (*query.conditions, Filter(column.name, "eq", unit))
        narrowed = replace(query, conditions=only)
        return address([("xem", CODE), ("ky", self.asked.period), *narrowed.pairs])

    @property
    def room(self) -> range:
        """A place for each bar, kept free until the picture is drawn."""
        if self.picture is None or self.choice.kind is not Kind.BARS:
            return range(1)
        series = len(self.picture.data["series"])
        return range(len(self.picture.data["groups"]) * (series + 1 if series > 1 else 1))

    @property
    def drawing(self) -> dict[str, Any]:
        """What the script draws, as JSON."""
        if self.picture is None:
            return {}
        return {
            "kind": self.choice.kind.value,
            "language": get_language(),
            "title": str(self.title),
            "source": f"{self.source} {self.unit}".strip(),
            "finding": str(self.picture.finding),
            "notes": self._notes_on_paper,
            "unit": unit_of(self.choice.y, self.material),
            "cut_axis": _("Trục đứng bắt đầu từ {start}, không phải từ 0."),
            "begins_at": _("trục bắt đầu từ {start}"),
            "plain": self._plain_axes,
            "labels": [str(words) for words in self.picture.head[:2]],
            "name": f"{self.look.resource.dataset.slug}_{self.look.period}_{CODE}",
            **self.picture.data,
        }

    @property
    def _notes_on_paper(self) -> list[str]:
        """What a picture that leaves the page has to say of itself, below its source."""
        return [" ".join(map(str, self.remarks)), self.warning, str(self.portal)]

    @property
    def _plain_axes(self) -> list[bool]:
        """Whether the figures along and up the picture are years or codes, which have no marks."""
        names = (self.choice.x.column, self.choice.y.column)
        columns = [self.material.column(name) for name in names]
        return [column is not None and column.is_plain_number for column in columns]

    def _address_of(self, choice: Choice, *, whole: bool) -> str:
        pairs = [("xem", CODE), ("ky", self.asked.period), *choice.pairs, *_narrowing(self.kept)]
        return address([*pairs, WHOLE] if whole else pairs)


def why_no_chart(look: Look) -> str:
    """Why the table cannot be drawn; nothing when it can."""
    material = bare_material(look)
    if first_choice(material) is not None or material.measures:
        return ""
    return _(
        "Bảng này không có cột nào vẽ được: cần một cột phân loại có giá trị lặp lại, một cột ngày"
        " hoặc một cột số."
    )


def chart(look: Look) -> ChartView:
    """The chart asked for; where that cannot be, the nearest one and a sentence.

    Where no chart is known to make sense and none was asked for, the table stands in its place.
    """
    whole = material_of(look)
    one_unit = _with_one_unit(look, whole)
    material = material_of(one_unit.look) if one_unit.notes else whole
    first = first_choice(material)
    read = read_choice(look.parameters, material, first or any_choice(material))
    narrowing = at_one_time(_over_periods(one_unit.look, read.choice), read.choice, material)
    view = ChartView(
        look=narrowing.look,
        kept=one_unit.look,
        asked=look,
        material=material,
        choice=read.choice,
        several=whole.units if one_unit.notes else material.units,
        is_whole=(WHOLE[0], look.parameters.get(WHOLE[0])) == WHOLE,
        complaint=read.complaint,
        notes=(*one_unit.notes, *_split_by_itself(look, read.choice, material), *narrowing.notes),
        status=400 if read.complaint else 200,
    )
    if first is None and (read.complaint or not _is_asked_for(look)):
        return _with_table(view)
    return _drawn(view)


def _with_one_unit(look: Look, whole: Material) -> Narrowing:
    """The rows of one unit, where they have several and a measure of them would be drawn together."""
    asked = look.parameters
    if whole.units is None or whole.units.name in (asked.get("x"), asked.get("nhom")):
        return Narrowing(look)
    narrowed = of_one_unit(look, whole)
    material = material_of(narrowed.look)
    choice = read_choice(asked, material, first_choice(material) or any_choice(material)).choice
    return narrowed if choice.y.column or choice.kind.is_of_numbers else Narrowing(look)


def _split_by_itself(look: Look, choice: Choice, material: Material) -> list[Words]:
    """Why groups are split by a column nobody asked to split by."""
    by_itself = choice.series and choice.series != look.parameters.get("nhom")
    return [why_split(material)] if by_itself else []


def _is_asked_for(look: Look) -> bool:
    """Whether the address says anything of how to draw."""
    return any(look.parameters.get(name) for name in ("kieu", "x", "y", "nhom"))


def _with_table(view: ChartView) -> ChartView:
    """The rows instead of a picture, and why."""
    reason = _("Không cột số nào của bảng này chắc chắn vẽ được có nghĩa, nên dưới đây là bảng.")
    if view.material.units is not None:
        reason = several_units(view.material)
    table = table_view(
        replace(view.kept, query=replace(view.kept.query, sort=(), values_of="", page=1))
    )
    if table.complaint and not view.complaint:
        view = replace(
            view, complaint=table.complaint, refusals=table.refusals, status=table.status
        )
    return replace(view, table=table, reason=reason)


def _over_periods(look: Look, choice: Choice) -> Look:
    """Periods on an axis are all that are published, whichever the page shows."""
    return replace(look, all_periods=True) if choice.x.is_periods else look


def _drawn(view: ChartView) -> ChartView:
    """With its picture, or with the sentence that says why there is none."""
    try:
        return replace(view, picture=_picture(view))
    except BadQuery as error:
        return _of_what_can_be(view, error)
    except Undrawable as error:
        return replace(view, complaint=str(error), status=400)
    except (TooSlow, TableUnavailable) as error:
        return replace(
            view, complaint=sentence(error, view.material.columns), status=status_of(error)
        )


def _of_what_can_be(view: ChartView, error: BadQuery) -> ChartView:
    """The chart without the conditions that could not be understood; of all rows where none alone is."""
    columns = asked_columns(view.kept)
    left, refusals = understood(view.kept, columns)
    reasons = " ".join(dict.fromkeys(one.reason for one in refusals))
    complaint = reasons or sentence(error, columns)
    if not refusals:
        if view.kept.query == TableQuery():
            return replace(view, complaint=complaint, status=400)
        left = replace(view.kept, query=TableQuery())
    drawn = chart(left)
    return replace(drawn, asked=view.asked, complaint=complaint, refusals=refusals, status=400)


def _picture(view: ChartView) -> Picture:
    ask = Asking(view.look)
    match view.choice.kind:
        case Kind.BARS:
            return bars(ask, view.choice, view.material, whole=view.is_whole)
        case Kind.LINE | Kind.AREA:
            return line(ask, view.choice, view.material)
        case Kind.HISTOGRAM:
            return histogram(ask, view.choice, view.material)
        case Kind.SCATTER:
            return scatter(ask, view.choice, view.material)


def _narrowing(look: Look) -> Sequence[tuple[str, str]]:
    """Words and conditions as they stand in an address; the order of rows is nothing to a chart."""
    return replace(look.query, sort=()).pairs
