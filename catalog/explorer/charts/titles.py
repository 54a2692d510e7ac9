"""What stands around a chart: its title, its source, the period it speaks of."""

from django.conf import settings
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.explorer.charts.material import Material
from catalog.explorer.charts.question import Choice, Dimension, Kind
from catalog.explorer.charts.words import as_phrase, dimension_words, measure_words
from catalog.explorer.look import Look
from catalog.explorer.words import Words, said
from deadlines.period_words import period_name

LONGEST_PLACE = 60  # characters; a longer description of the area is no part of a title


def chart_words(choice: Choice, material: Material) -> Words:
    """What is drawn: "Tổng số giường theo địa bàn"."""
    x, y = dimension_words(choice.x, material), measure_words(choice.y, material)
    if choice.kind is Kind.HISTOGRAM:
        return said(_("Phân bố {x}"), x=x)
    if choice.kind is Kind.SCATTER:
        return said(_("{y} và {x}"), y=y, x=x)
    if not choice.series:
        return said(_("{y} theo {x}"), y=y, x=x)
    series = dimension_words(Dimension(choice.series), material)
    return said(_("{y} theo {x}, chia theo {series}"), y=y, x=x, series=series)


def chart_title(choice: Choice, material: Material, look: Look) -> Words:
    """What, where, when."""
    parts = {"what": chart_words(choice, material), "when": _when(look)}
    place = look.resource.dataset.spatial
    if not place or len(place) > LONGEST_PLACE:
        return said("{what} – {when}", **parts)
    return said("{what} – {place} – {when}", place=place, **parts)


def source_words(look: Look) -> Words:
    """Who published the figures, and when."""
    dataset, published = look.resource.dataset, look.asked[0].published_at
    day = formats.date_format(localtime(published).date(), "SHORT_DATE_FORMAT") if published else ""
    return said(
        _("Nguồn: {agency}, “{dataset}”, công bố {day}."),
        agency=dataset.agency.name,
        dataset=dataset.title,
        day=day,
    )


def portal_words(look: Look) -> Words:
    """The portal's name, and the address of the dataset there."""
    address = settings.SITE_URL + look.resource.dataset.get_absolute_url()
    return said("{portal}: {address}", portal=said(_("Kho dữ liệu tỉnh Nghệ An")), address=address)


def unit_words(unit: str) -> Words | str:
    """The unit the figures are in, where somebody named one."""
    return said(_("Đơn vị: {unit}."), unit=as_phrase(unit)) if unit else ""


def _when(look: Look) -> Words:
    newest, oldest = look.asked[0], look.asked[-1]
    if newest is oldest:
        return said(period_name(newest.as_period))
    return said(
        "{oldest} – {newest}",
        oldest=said(period_name(oldest.as_period)),
        newest=said(period_name(newest.as_period)),
    )
