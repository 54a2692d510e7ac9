"""Pictures of groups: bars, and lines and areas along time."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.explorer.charts.asking import Asking, Number
from catalog.explorer.charts.columns import is_timelike
from catalog.explorer.charts.findings import (
    Spot,
    finding_of_bars,
    finding_of_series,
    finding_of_time,
)
from catalog.explorer.charts.material import Material
from catalog.explorer.charts.numbers import FEW, MANY, REST, Numbers, bar_numbers
from catalog.explorer.charts.pictures import Picture, Row, Sheet, figures
from catalog.explorer.charts.question import Choice, Dimension
from catalog.explorer.charts.summing import held_apart
from catalog.explorer.charts.times import latest, time_numbers
from catalog.explorer.charts.words import (
    capitalised,
    dimension_words,
    figure,
    key_writer,
    measure_words,
    measure_writer,
    with_unit,
)
from catalog.explorer.words import Words, said


def bars(ask: Asking, choice: Choice, material: Material, *, whole: bool) -> Picture:
    """At most twelve groups, or all that can be drawn. Raises the engine's errors and Undrawable."""
    if is_time(choice.x, material):
        numbers = time_numbers(ask, choice, held_apart(choice.y, material))
        numbers = numbers if whole else latest(numbers)
    else:
        numbers = bar_numbers(ask, choice, whole=whole, apart=held_apart(choice.y, material))
    names = _names(numbers, choice, material)
    series = _series_names(numbers, choice, material)
    spots = [
        Spot(said("{group}, {series}", group=name, series=one) if choice.series else name, value)
        for name, key, values in zip(names, numbers.keys, numbers.values, strict=True)
        for one, value in zip(series, values, strict=True)
        if value is not None and key is not REST
    ]
    is_part = numbers.has_rest or numbers.is_cut
    return _picture(
        numbers,
        choice,
        material,
        finding=finding_of_bars(spots, with_unit(choice.y, material), is_part=is_part),
        notes=[*_notes_on_groups(numbers, material, choice), *_notes_on_series(numbers)],
    )


def line(ask: Asking, choice: Choice, material: Material) -> Picture:
    """Every point of time. Raises the engine's errors and Undrawable."""
    numbers = time_numbers(ask, choice, held_apart(choice.y, material))
    names = _names(numbers, choice, material)
    lines = [
        (one, _spots(names, [values[at] for values in numbers.values]))
        for at, one in enumerate(_series_names(numbers, choice, material))
    ]
    write = with_unit(choice.y, material)
    finding = (
        finding_of_series(lines, write) if choice.series else finding_of_time(lines[0][1], write)
    )
    notes = _notes_on_series(numbers)
    if numbers.has_undated:
        notes.append(said(_("Các dòng để trống cột thời gian, hoặc ghi không rõ, không được vẽ.")))
    return _picture(numbers, choice, material, finding=finding, notes=notes)


def is_time(x: Dimension, material: Material) -> bool:
    """Whether the groups have an order of their own: that of time."""
    column = material.column(x.column)
    return column is None or is_timelike(column)


def _picture(
    numbers: Numbers, choice: Choice, material: Material, *, finding: Words, notes: list[Words]
) -> Picture:
    names = _names(numbers, choice, material)
    series = _series_names(numbers, choice, material)
    group = capitalised(dimension_words(choice.x, material))
    measure, write = measure_words(choice.y, material), measure_writer(choice.y, material)
    heads = [said("{series}", series=one) for one in series] if choice.series else [measure]
    lines = list(zip(names, numbers.values, strict=True))
    drawn = numbers.keys[:-1] if numbers.is_dwarfed else numbers.keys
    return Picture(
        head=[group, *heads],
        rows=[
            Row(name, figures(values, write, have_bars=key in drawn))
            for key, (name, values) in zip(numbers.keys, lines, strict=True)
        ],
        finding=finding,
        data={"groups": _drawn(numbers, names, write)[: len(drawn)], "series": series},
        sheet=Sheet(
            [str(words) for words in (group, *heads)], [[name, *values] for name, values in lines]
        ),
        notes=notes,
        groups=numbers.groups,
    )


def _drawn(
    numbers: Numbers, names: Sequence[str], write: Callable[[Number | None], str]
) -> list[dict[str, Any]]:
    """Each group as the script takes it; `start` is the first day of a point of time."""
    return [
        {
            "name": name,
            "values": values,
            "texts": [write(value) for value in values],
            **({"start": key.first_day.isoformat()} if hasattr(key, "first_day") else {}),
            **({"rest": True} if key is REST else {}),
        }
        for name, key, values in zip(names, numbers.keys, numbers.values, strict=True)
    ]


def _names(numbers: Numbers, choice: Choice, material: Material) -> list[str]:
    write = key_writer(choice.x, material)
    return [write(key) for key in numbers.keys]


def _series_names(numbers: Numbers, choice: Choice, material: Material) -> list[str]:
    if not choice.series:
        return [""]
    write = key_writer(Dimension(choice.series), material)
    return [write(key) for key in numbers.series]


def _spots(names: Sequence[str], values: Sequence[Number | None]) -> list[Spot]:
    return [
        Spot(name, value) for name, value in zip(names, values, strict=True) if value is not None
    ]


def _notes_on_groups(numbers: Numbers, material: Material, choice: Choice) -> list[Words]:
    shown, groups = len(numbers.keys), figure(numbers.groups)
    if numbers.has_rest:
        rest = figure(numbers.groups - shown + 1)
        if numbers.is_dwarfed:
            text = _(
                "Khác: {rest} nhóm còn lại trong {groups} nhóm, tổng {total}; không vẽ vì lớn hơn"
                " nhiều mỗi nhóm ở trên."
            )
            return [said(text, rest=rest, groups=groups, total=_rest(numbers, material, choice))]
        text = _("“Khác” gộp {rest} nhóm còn lại trong {groups} nhóm.")
        return [said(text, rest=rest, groups=groups)]
    if not numbers.is_cut:
        return []
    if is_time(choice.x, material):
        return [said(_("{shown} mốc gần nhất trong {groups}."), shown=figure(shown), groups=groups)]
    if choice.x.column == held_apart(choice.y, material):
        one, other = material.opposed
        text = _(
            "{shown} nhóm đầu trong {groups}; phần còn lại không gộp vì {one} và {other} không cộng"
            " chung được."
        )
        return [said(text, shown=figure(shown), groups=groups, one=one, other=other)]
    if choice.y.is_additive:
        return [said(_("{shown} nhóm đầu trong {groups}."), shown=figure(shown), groups=groups)]
    text = _("{shown} nhóm đầu trong {groups}; số đo này không cộng được để gộp nhóm còn lại.")
    return [said(text, shown=figure(shown), groups=groups)]


def _rest(numbers: Numbers, material: Material, choice: Choice) -> str:
    """What the groups without a bar have together, of each series by itself."""
    write = with_unit(choice.y, material)
    names = _series_names(numbers, choice, material)
    return ", ".join(
        f"{name} {write(value)}".strip()
        for name, value in zip(names, numbers.values[-1], strict=True)
        if value is not None
    )


def _notes_on_series(numbers: Numbers) -> list[Words]:
    left = numbers.series_groups - len(numbers.series)
    if left <= 0:
        return []
    if numbers.series[-1] is REST:
        text = _("Chỉ vẽ riêng {shown} nhóm lớn nhất của cột chia nhóm, còn lại gộp vào “Khác”.")
        return [said(text, shown=figure(len(numbers.series) - 1))]
    text = _("Chỉ vẽ {shown} nhóm lớn nhất trong {groups} nhóm của cột chia nhóm.")
    return [said(text, shown=figure(len(numbers.series)), groups=figure(numbers.series_groups))]


def more_than_drawn(picture: Picture, *, whole: bool) -> bool:
    """Whether asking for all groups shows more of them."""
    return not whole and picture.groups > FEW and len(picture.rows) < min(picture.groups, MANY)
