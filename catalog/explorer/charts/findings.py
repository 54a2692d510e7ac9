"""What stands out in a chart, in one sentence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from catalog.explorer.charts.asking import Number
from catalog.explorer.charts.bins import Bin
from catalog.explorer.charts.points import Points, correlation
from catalog.explorer.charts.words import WithUnit, as_phrase, figure, share
from catalog.explorer.words import Words, said

CLEAR, WEAK = 0.5, 0.2  # of a correlation, without its sign


@dataclass(frozen=True)
class Spot:
    """A figure of the chart and the words for where it stands."""

    name: str | Words
    value: Number


def finding_of_bars(spots: Sequence[Spot], write: WithUnit, *, is_part: bool) -> Words:
    """The highest and the lowest; where the chart has the largest only, the first two."""
    ranked = sorted(spots, key=lambda spot: -spot.value)
    if not ranked:
        return said(_("Không có số liệu nào để vẽ."))
    first = {"top": ranked[0].name, "most": write(ranked[0].value)}
    if len(ranked) == 1:
        return said(_("Chỉ có {top}: {most}."), **first)
    last = ranked[1] if is_part else ranked[-1]
    other = {"other": last.name, "value": write(last.value)}
    if is_part:
        return said(
            _("Cao nhất là {top} với {most}, tiếp theo là {other} với {value}."), **first, **other
        )
    if last.value == ranked[0].value:
        return said(_("Mọi nhóm bằng nhau: {most}."), most=first["most"])
    return said(
        _("Cao nhất là {top} với {most}, thấp nhất là {other} với {value}."), **first, **other
    )


def finding_of_time(spots: Sequence[Spot], write: WithUnit) -> Words:
    """The change from the first point to the last, and the highest point."""
    if not spots:
        return said(_("Không có số liệu nào để vẽ."))
    first, last = spots[0], spots[-1]
    if len(spots) == 1:
        return said(_("Chỉ có {top}: {most}."), top=first.name, most=write(first.value))
    top = max(spots, key=lambda spot: spot.value)
    return said(
        _("Từ {start} đến {end}, {change}; cao nhất là {top} với {most}."),
        start=_moment(first),
        end=_moment(last),
        change=_change(first.value, last.value, write),
        top=_moment(top),
        most=write(top.value),
    )


def finding_of_series(
    lines: Sequence[tuple[str | Words, Sequence[Spot]]], write: WithUnit
) -> Words:
    """Of several lines the one that changed most from its first point to its last."""
    drawn = [(name, spots) for name, spots in lines if len(spots) > 1]
    if not drawn:
        return said(_("Không có số liệu nào để vẽ."))
    name, spots = max(drawn, key=lambda line: abs(line[1][-1].value - line[1][0].value))
    return said(
        _("Từ {start} đến {end}, thay đổi nhiều nhất là {series}: {change}."),
        start=_moment(spots[0]),
        end=_moment(spots[-1]),
        series=name,
        change=_change(spots[0].value, spots[-1].value, write),
    )


def _moment(spot: Spot) -> str:
    """A point of time inside a sentence: "tháng 7/2026"."""
    return as_phrase(str(spot.name))


def finding_of_bins(bins: Sequence[Bin], write: Callable[[Number], str] = figure) -> Words:
    """The fullest bin and its share."""
    total = sum(one.count for one in bins)
    if not total:
        return said(_("Không có số liệu nào để vẽ."))
    fullest = max(bins, key=lambda one: one.count)
    return said(
        _(
            "Nhiều dòng nhất ở khoảng từ {start} đến dưới {end}: {count} dòng, {share} của {total} dòng."
        ),
        start=write(fullest.start),
        end=write(fullest.end),
        count=figure(fullest.count),
        share=share(fullest.count, total),
        total=figure(total),
    )


def finding_of_points(points: Points) -> Words:
    """Whether the two columns go together."""
    found = correlation(points.points)
    if found is None:
        return said(_("Chưa đủ giá trị khác nhau để nói hai cột có liên hệ hay không."))
    coefficient = figure(round(found, 2))
    if abs(found) < WEAK:
        text = _("Hai cột hầu như không liên hệ với nhau (hệ số tương quan {coefficient}).")
    elif abs(found) < CLEAR:
        text = _("Hai cột liên hệ yếu với nhau (hệ số tương quan {coefficient}).")
    elif found > 0:
        text = _("Hai cột tăng cùng nhau rõ rệt (hệ số tương quan {coefficient}).")
    else:
        text = _("Một cột tăng thì cột kia giảm rõ rệt (hệ số tương quan {coefficient}).")
    return said(text, coefficient=coefficient)


def _change(before: Number, after: Number, write: WithUnit) -> Words:
    words = {"before": write.bare(before), "after": write(after)}
    if before == after:
        return said(_("không đổi ở mức {after}"), after=words["after"])
    if words["before"] == write.bare(after):
        return said(_("gần như không đổi ở mức {after}"), after=words["after"])
    template = (
        _("tăng từ {before} lên {after}") if after > before else _("giảm từ {before} xuống {after}")
    )
    if before <= 0 or after < 0:
        return said(template, **words)
    change = said(template, **words)
    if round(100 * abs(after - before) / before, 1) == 0:
        return said(_("{change} (chưa đến 0,05 %)"), change=change)
    return said(_("{change} ({share})"), change=change, share=share(abs(after - before), before))
