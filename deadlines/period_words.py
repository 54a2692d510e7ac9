"""Periods in words, and read from words."""

import re
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _

from core.vietnamese import fold
from deadlines.periods import ROMAN, Kind, Period

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = r"(?P<month>0?[1-9]|1[0-2])"
_OF = r"\s*(?:[-/.,]|nam|\s)\s*(?:nam\s*)?"
_WRITTEN = tuple(
    re.compile(spelling)
    for spelling in (
        rf"(?:quy|q)\s*(?P<quarter>iv|i{{1,3}}|[1-4]){_OF}{_YEAR}",
        rf"{_YEAR}\s*[-/]?\s*q(?P<quarter>[1-4])",
        rf"(?:thang|t)\s*{_MONTH}{_OF}{_YEAR}",
        rf"{_MONTH}\s*[-/.]\s*{_YEAR}",
        rf"{_YEAR}\s*[-/.]\s*{_MONTH}",
        rf"(?:nam\s*)?{_YEAR}",
    )
)

# A quarter, month or day standing alone; a lone year reads the same in words.
_CODE = re.compile(r"(?<!\S)\d{4}(?:Q[1-4]|-\d\d(?:-\d\d)?)(?!\S)")


def with_period_names(text: str) -> str:
    """The text with the codes of periods in it put into words."""
    return _CODE.sub(lambda match: _name_of(match[0]), text)


def _name_of(code: str) -> str:
    try:
        return period_name(Period.parse(code))
    except ValueError:
        return code


def period_name(period: Period) -> str:
    """The period as documents write it: "Quý III/2026", "Tháng 9/2026", "Năm 2026", "30/09/2026"."""
    year = str(period.first_day.year)
    match period.kind:
        case Kind.QUARTER:
            return _("Quý %(quarter)s/%(year)s") % {"quarter": period.quarter, "year": year}
        case Kind.MONTH:
            return _("Tháng %(month)s/%(year)s") % {"month": period.first_day.month, "year": year}
        case Kind.YEAR:
            return _("Năm %(year)s") % {"year": year}
    return formats.date_format(period.first_day, "SHORT_DATE_FORMAT")


def written_period(text: str) -> Period | None:
    """The quarter, month or year that people write: "2026-01", "01/2026", "Quý I năm 2026"."""
    plain = fold(text)
    match = next(filter(None, (spelling.fullmatch(plain) for spelling in _WRITTEN)), None)
    if match is None:
        return None
    found = match.groupdict()
    if quarter := found.get("quarter"):
        number = int(quarter) if quarter.isdigit() else ROMAN.index(quarter.upper()) + 1
        return Period(Kind.QUARTER, date(int(found["year"]), 3 * number - 2, 1))
    if month := found.get("month"):
        return Period(Kind.MONTH, date(int(found["year"]), int(month), 1))
    return Period(Kind.YEAR, date(int(found["year"]), 1, 1))
