"""How many datasets each choice of the list would give."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import CharField, Count, F, Func, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from catalog.models import Dataset, Topic
from catalog.models.words import in_readers_language
from catalog.selectors.datasets import matching
from catalog.selectors.overview import TOPIC_ORDER
from catalog.selectors.parameters import FACETS, SearchParameters

FIRST_SHOWN = 5
TITLES: dict[str, Promise] = {
    "organization": _("Cơ quan cung cấp"),
    "groups": _("Chủ đề"),
    "res_format": _("Định dạng tệp gốc"),
    "access": _("Mức độ truy cập"),
    "frequency": _("Tần suất cập nhật"),
    "tags": _("Từ khoá"),
}


@dataclass(frozen=True)
class Option:
    value: str
    title: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One group of tick boxes: what is ticked first, then the most frequent."""

    name: str
    title: str
    options: list[Option]

    @property
    def first(self) -> list[Option]:
        return self.options[: self._shown]

    @property
    def rest(self) -> list[Option]:
        return self.options[self._shown :]

    @property
    def _shown(self) -> int:
        chosen = sum(option.chosen for option in self.options)
        longest = max(FIRST_SHOWN, chosen)
        return longest if len(self.options) > longest + 1 else len(self.options)


def facets(parameters: SearchParameters) -> list[Facet]:
    """One query per facet; its counts leave its own ticks out, so that a second tick can widen."""
    return [_facet(name, parameters) for name in FACETS]


def titles_of(name: str, values: Iterable[str]) -> dict[str, str]:
    """What the values are called; a value that nothing has keeps its spelling."""
    known = dict.fromkeys(values, "")
    if name == "organization":
        named = {agency.slug: agency.name for agency in Agency.objects.filter(slug__in=known)}
    elif name == "groups":
        named = {topic.slug: topic.title for topic in Topic.objects.filter(slug__in=known)}
    else:
        named = {value: _word(name, value) for value in known}
    return {value: named.get(value) or value for value in known}


def _facet(name: str, parameters: SearchParameters) -> Facet:
    chosen = parameters.chosen.get(name, ())
    others = matching(replace(parameters, chosen=_other_choices(name, parameters)))
    counted = COUNTERS[name](others)
    missing = [value for value in chosen if value not in {value for value, _title, _n in counted}]
    counted += (
        [(value, title, 0) for value, title in titles_of(name, missing).items()] if missing else []
    )
    options = [Option(value, title, count, value in chosen) for value, title, count in counted]
    return Facet(name, str(TITLES[name]), sorted(options, key=_rank))


def _other_choices(name: str, parameters: SearchParameters) -> dict[str, tuple[str, ...]]:
    return {other: values for other, values in parameters.chosen.items() if other != name}


def _rank(option: Option) -> tuple[bool, int]:
    return not option.chosen, -option.count


def _by_agency(datasets: QuerySet[Dataset]) -> list[tuple[str, str, int]]:
    rows = datasets.values_list("agency__slug", "agency__name_vi", "agency__name_en").annotate(
        n=Count("pk")
    )
    return [
        (slug, in_readers_language(vietnamese, english), n)
        for slug, vietnamese, english, n in rows.order_by("agency__name_sort")
    ]


def _by_topic(datasets: QuerySet[Dataset]) -> list[tuple[str, str, int]]:
    counted = Topic.objects.filter(datasets__in=datasets).annotate(n=Count("datasets"))
    topics = counted.order_by(*TOPIC_ORDER)
    return [(topic.slug, topic.title, topic.n) for topic in topics]


def _by_format(datasets: QuerySet[Dataset]) -> list[tuple[str, str, int]]:
    each = Func(F("formats"), function="unnest", output_field=CharField())
    rows = datasets.annotate(each=each).values_list("each").annotate(n=Count("pk")).order_by("each")
    return [(value.upper(), _word("res_format", value), n) for value, n in rows]


def _by_access(datasets: QuerySet[Dataset]) -> list[tuple[str, str, int]]:
    return _by_choice("access", datasets)


def _by_frequency(datasets: QuerySet[Dataset]) -> list[tuple[str, str, int]]:
    return _by_choice("frequency", datasets)


def _by_choice(name: str, datasets: QuerySet[Dataset]) -> list[tuple[str, str, int]]:
    rows = datasets.values_list(name).annotate(n=Count("pk")).order_by(name)
    return [(value, _word(name, value), n) for value, n in rows]


def _word(name: str, value: str) -> str:
    if name == "access":
        return str(dict(Dataset.Access.choices).get(value, value))
    if name == "frequency":
        return str(dict(Dataset.Frequency.choices).get(value, value))
    if name == "res_format":
        return {"geojson": "GeoJSON"}.get(value.lower(), value.upper())
    return value


COUNTERS = {
    "organization": _by_agency,
    "groups": _by_topic,
    "res_format": _by_format,
    "access": _by_access,
    "frequency": _by_frequency,
}
