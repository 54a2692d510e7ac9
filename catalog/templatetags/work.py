"""Filters of the agency work area."""

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse
from django.utils import formats, numberformat
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog import problem_words, pull_words
from catalog.models import Dataset, Pull, Release
from deadlines.period_words import period_name

register = template.Library()

register.filter("type_name", problem_words.type_name)
register.filter("stage_name", problem_words.stage_name)


@register.filter
def moment(at: datetime | None) -> str:
    """15:06 23/11/2026, the time in Nghệ An."""
    return formats.date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else ""


@register.filter
def receipt_number(release: Release) -> str:
    """What a receipt is quoted by: day of delivery and the start of the release's id."""
    if release.submitted_at is None:
        return ""
    return f"{localtime(release.submitted_at):%Y%m%d}-{release.pk.hex[:8].upper()}"


@register.filter
def example(value: Any, column_type: str) -> str:
    """A value from a column profile; its digits are not grouped, a number may be a code."""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if isinstance(value, float):
        point = formats.get_format("DECIMAL_SEPARATOR")
        return numberformat.format(f"{value:.15g}", point, use_l10n=False)
    if column_type == "date":
        return formats.date_format(date.fromisoformat(value), "SHORT_DATE_FORMAT")
    if column_type == "datetime":
        return formats.date_format(datetime.fromisoformat(value), "SHORT_DATETIME_FORMAT")
    return str(value)


@register.inclusion_tag("components/crumbs.html")
def work_crumbs(
    here: str, dataset: Dataset | None = None, release: Release | None = None
) -> dict[str, list[tuple[str, str]]]:
    """The way to a page of the work area: list of datasets, dataset, release, `here`."""
    crumbs = [(_("Bộ dữ liệu của cơ quan"), reverse("work_datasets"))]
    if dataset:  # a template without one hands over an empty text
        crumbs.append((dataset.title, reverse("work_dataset", args=[dataset.slug])))
    if release:
        crumbs.append((period_name(release.as_period), reverse("release", args=[release.pk])))
    return {"crumbs": [*crumbs, (here, "")]}


_PULL_LOOKS = {
    Pull.State.OK: ("ok", "tick"),
    Pull.State.UNCHANGED: ("plain", "tick"),
    Pull.State.NEEDS_FIXING: ("bad", "warning"),
    Pull.State.FAILED: ("bad", "close"),
}


@register.filter
def pull_look(pull: Pull) -> tuple[str, str]:
    """Kind and icon of the tag of an attempt."""
    return _PULL_LOOKS.get(Pull.State(pull.state), ("", "clock"))


@register.filter
def failure(pull: Pull) -> str:
    """Why the attempt came to nothing, empty when it did not."""
    return pull_words.sentence(pull.code, pull.params) if pull.code else ""
