"""/dataset/: the list, its text search and its facets."""

from dataclasses import dataclass

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.models import Dataset, Resource
from catalog.selectors.datasets import found, matching
from catalog.selectors.facets import TITLES, Facet, facets, titles_of
from catalog.selectors.parameters import RELEVANCE, TITLE, UPDATED, SearchParameters

PER_PAGE = 20
MOST_SUGGESTIONS = 6


@dataclass(frozen=True)
class Chip:
    """A narrowing in use, and the search without it."""

    text: str
    without: str


@dataclass(frozen=True)
class Suggestion:
    """What dropping one narrowing would give."""

    text: str
    query: str
    count: int


@require_safe
def datasets(request: HttpRequest) -> HttpResponse:
    parameters = SearchParameters.from_query(request.GET)
    page, complaint = _page(_with_columns(found(parameters), parameters), parameters)
    page.object_list = list(page.object_list)
    if parameters.sort is None:
        complaint = _("Không có cách sắp xếp này. Hãy chọn một cách trong danh sách.")
    groups = facets(parameters)
    context = {
        "parameters": parameters,
        "page": page,
        "complaint": complaint,
        "heading": _heading(page.paginator.count, parameters),
        "facets": groups,
        "chips": _chips(parameters, groups),
        "sorts": _sorts(parameters),
        "suggestions": _suggestions(parameters) if not page.paginator.count else [],
    }
    status = 400 if complaint else 200
    return TemplateResponse(request, "catalog/public/datasets.html", context, status=status)


def _with_columns(listed: QuerySet[Dataset], parameters: SearchParameters) -> QuerySet[Dataset]:
    """With the tables' columns when words are looked for: the list says which columns match."""
    if not parameters.text:
        return listed
    tables = Resource.objects.only("dataset", "columns", "position", "name")
    return listed.prefetch_related(Prefetch("resources", queryset=tables))


def _page(listed: QuerySet[Dataset], parameters: SearchParameters) -> tuple[Page, str]:
    """The page asked for; else the nearest one, with a sentence."""
    paginator = Paginator(listed, PER_PAGE)
    try:
        return paginator.page(parameters.page), ""
    except PageNotAnInteger:
        return paginator.page(1), _("Số trang không hợp lệ. Dưới đây là trang đầu.")
    except EmptyPage:
        return paginator.page(paginator.num_pages), _(
            "Kết quả không có nhiều trang như vậy. Dưới đây là trang cuối."
        )


def _heading(count: int, parameters: SearchParameters) -> str:
    if parameters.text:
        words = ngettext(
            "%(count)s bộ dữ liệu cho “%(text)s”", "%(count)s bộ dữ liệu cho “%(text)s”", count
        )
        return words % {"count": _grouped(count), "text": parameters.text.typed}
    return ngettext("%(count)s bộ dữ liệu", "%(count)s bộ dữ liệu", count) % {
        "count": _grouped(count)
    }


def _grouped(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)


def _chips(parameters: SearchParameters, groups: list[Facet]) -> list[Chip]:
    titles = {(g.name, option.value): option.title for g in groups for option in g.options}
    return [
        Chip(
            f"{TITLES[name]}: {titles.get((name, value), value)}",
            parameters.without(name, value).query_string,
        )
        for name, value in parameters.filters
    ]


def _sorts(parameters: SearchParameters) -> list[tuple[str, str, bool]]:
    """(value, words, chosen) of the select; relevance only makes sense with words to look for."""
    offered = [(UPDATED, _("Mới cập nhật")), (TITLE, _("Tên A–Z"))]
    if parameters.text:
        offered.insert(0, (RELEVANCE, _("Phù hợp nhất")))
    return [(value, words, value == parameters.sort) for value, words in offered]


def _suggestions(parameters: SearchParameters) -> list[Suggestion]:
    """For a search without result: each narrowing whose absence would help."""
    trials: list[tuple[str, SearchParameters]] = []
    if parameters.text and parameters.chosen:
        trials.append((f"“{parameters.text.typed}”", parameters.without("q")))
    for name, values in parameters.chosen.items():
        words = ", ".join(titles_of(name, values).values())
        trials.append((f"{TITLES[name]}: {words}", parameters.without(name)))
    counted = [
        Suggestion(text, fewer.query_string, matching(fewer).count())
        for text, fewer in trials[:MOST_SUGGESTIONS]
    ]
    return [suggestion for suggestion in counted if suggestion.count]
