"""/tien-do/: the rounds the public follows, the newest first."""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deadlines.periods import Kind
from deadlines.progress_words import KINDS, sentence
from deadlines.selectors.progress import Summary, kinds_of_rounds, rounds_of_kind, summaries_of

ROUNDS_ON_A_PAGE = 12
# Kind of period → its word in the address.
WORDS = {Kind.QUARTER: "quy", Kind.MONTH: "thang", Kind.YEAR: "nam", Kind.DAY: "ngay"}


@dataclass(frozen=True)
class Line:
    summary: Summary
    sentence: str


@require_safe
def progress_index(request: HttpRequest) -> HttpResponse:
    kinds = kinds_of_rounds()
    kind = _asked(request.GET.get("loai", ""), kinds)
    rounds = rounds_of_kind(kind).select_related("rule")
    page = Paginator(rounds, ROUNDS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [Line(one, sentence(one)) for one in summaries_of(list(page))],
        "kind": kind,
        "kinds": [(KINDS[one], WORDS[one], one is kind) for one in kinds],
    }
    return render(request, "deadlines/progress_index.html", context)


def _asked(word: str, kinds: list[Kind]) -> Kind:
    """The kind of that word, else the first there is."""
    asked = next((kind for kind in kinds if WORDS[kind] == word), None)
    return asked or next(iter(kinds), Kind.QUARTER)
