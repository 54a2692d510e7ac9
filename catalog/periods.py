"""Periods in words, and the periods a dataset can be delivered for."""

from django.utils import formats
from django.utils.translation import gettext as _

from catalog.models.dataset import Dataset
from deadlines.periods import Kind, Period
from portal import clock

# How many periods back the upload form offers, by kind: about three years, a month of days.
OFFERED = {Kind.QUARTER: 12, Kind.MONTH: 36, Kind.YEAR: 5, Kind.DAY: 31}


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


def offered_periods(dataset: Dataset) -> list[Period]:
    """Periods to choose from, the last ended one first, then older ones, then the running one."""
    running = Period.containing(clock.today(), dataset.period_kind)
    ended = [running.previous()]
    while len(ended) < OFFERED[dataset.period_kind]:
        ended.append(ended[-1].previous())
    return [*ended, running]
