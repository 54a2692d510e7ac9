"""Periods in words."""

import re

from django.utils import formats
from django.utils.translation import gettext as _

from deadlines.periods import Kind, Period

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
