"""Columns of a sheet: which of their cells are numbers, days or texts, and how they are shown.

Numbers, and numbers written as texts, come out in one style of writing; a number shown as a code
comes out as the code. Whatever a cell loses or gains by that is reported.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from tables.patterns import ABSENT, CODE_FORM, EN, NUMBER_FORMS, SPACED, VI
from tables.problems import ProblemLog
from tables.reading.numberformats import PERCENT, CodeFormat, Format, ShownCode
from tables.reading.sheetcells import FIGURES, cell_text
from tables.reading.sheetfacts import no_format

_FORMS = {style: re.compile(NUMBER_FORMS[style]) for style in (VI, EN, SPACED)}
_CODE = re.compile(CODE_FORM)
_DAY = re.compile(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b.*")
_ABSENT = frozenset(ABSENT)

FormatAt = Callable[[int], Format | None]
Numbers = dict[int, float]


@dataclass(frozen=True)
class SheetColumn:
    """`style`: how its numbers are written, None without numbers; `codes`: they are texts and stay it."""

    format_at: FormatAt
    style: str | None = None
    codes: bool = False

    def text(self, at: int, cell: object) -> str:
        """The cell with this place in the column (from 0) as text."""
        if self.codes and is_number(cell):
            return _code(self.format_at(at), cell) or cell_text(cell)
        text = cell_text(cell)
        return text.replace(".", ",") if self.style == VI and type(cell) is float else text


@dataclass(frozen=True)
class _Cells:
    """The cells of one column; `first` is the row in the file of the first of them."""

    label: str
    cells: Sequence[object]
    first: int
    log: ProblemLog

    def report(self, rule: str, at: int, value: str, **params: str) -> None:
        self.log.add(rule, row=self.first + at, column=self.label, value=value, times=1, **params)


def read_column(
    label: str, cells: Sequence[object], format_at: FormatAt, first: int, log: ProblemLog
) -> SheetColumn:
    """The column as texts. `format_at(n)` is the format of the n-th cell if it tells anything."""
    column = _Cells(label, cells, first, log)
    kinds = set(map(type, cells))
    if kinds & {dt.date, dt.datetime}:
        _report_text_days(column)
    if not kinds & {float, int}:
        return SheetColumn(format_at)
    numbers = {at: cell for at, cell in enumerate(cells) if is_number(cell)}
    _report_long(column, numbers)
    if _shows_codes(column, numbers, format_at):
        return SheetColumn(format_at, codes=True)
    return SheetColumn(format_at, _shared_style(column, numbers) or EN)


def is_number(cell: object) -> TypeGuard[float]:
    """A number, and not yes or no."""
    return isinstance(cell, float | int) and not isinstance(cell, bool)


def _code(format_: Format | None, number: float) -> str | None:
    """What the cell shows, if that is a code."""
    return (
        format_.shown(number)
        if isinstance(format_, CodeFormat | ShownCode) and format_.code
        else None
    )


def _report_text_days(column: _Cells) -> None:
    for at, cell in enumerate(column.cells):
        if isinstance(cell, str) and _DAY.fullmatch(cell.strip()):
            column.report("mixed_dates", at, cell)


def _report_long(column: _Cells, numbers: Numbers) -> None:
    for at, number in numbers.items():
        if abs(number) >= 10**FIGURES:
            column.report("excel_rounded", at, cell_text(number))


def _shows_codes(column: _Cells, numbers: Numbers, format_at: FormatAt) -> bool:
    """Does the column show codes? If it does not, each cell that does is reported."""
    if format_at is no_format:
        return False
    _report_decorated(column, numbers, format_at)
    plain, changed, shown = [], [], 0
    for at, number in numbers.items():
        code = _code(format_at(at), number)
        shown += code is not None
        if code is None:
            plain.append(at)
        elif code != cell_text(number):
            changed.append((at, code))
    if not changed:
        return False
    if shown * 2 < len(numbers):
        for at, code in changed:
            column.report("shown_otherwise", at, cell_text(numbers[at]), shown=code)
        return False
    column.log.add("restored_zeros", column=column.label)
    for at in plain:
        column.report("shown_plainly", at, cell_text(numbers[at]))
    return True


def _report_decorated(column: _Cells, numbers: Numbers, format_at: FormatAt) -> None:
    """One cell tells of all: a percentage, a number with a unit or other words."""
    percent = next((at for at in numbers if format_at(at) == PERCENT), None)
    if percent is not None:
        text = cell_text(numbers[percent])
        hundredfold = cell_text(float(text) * 100).replace(".", ",")
        column.report("percent", percent, text, shown=f"{hundredfold}%")
    for at, number in numbers.items():
        format_ = format_at(at)
        if isinstance(format_, CodeFormat | ShownCode) and not format_.code:
            said = format_.shown(number)
            if said is not None:
                column.report("shown_otherwise", at, cell_text(number), shown=said)
                return


def _shared_style(column: _Cells, numbers: Numbers) -> str | None:
    """The style of numbers written as texts among the numbers; None without any."""
    said = {
        at: text.strip()
        for at, text in enumerate(column.cells)
        if isinstance(text, str) and text.strip() and text.strip().lower() not in _ABSENT
    }
    if not said:
        return None
    if any(_CODE.fullmatch(text) for text in said.values()):
        for at, number in numbers.items():
            column.report("shown_plainly", at, cell_text(number))
        return None
    fitting = [
        style for style in (VI, EN, SPACED) if all(map(_FORMS[style].fullmatch, said.values()))
    ]
    if not fitting:
        return None
    for at, text in said.items():
        column.report("text_number", at, text)
    if VI in fitting and EN in fitting:
        return VI if any("." in text for text in said.values()) else EN
    return fitting[0]
