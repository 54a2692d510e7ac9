"""/tien-do/<period>/<agency>/: every duty of one agency in a round."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from deadlines.models import Round
from deadlines.progress_words import agency_sentence
from deadlines.selectors.agency_progress import agency_in, as_lines, duties_of, now_elsewhere
from deadlines.selectors.corrections import as_public, corrections_of
from deadlines.selectors.progress import counted_to
from deadlines.views.rounds import of_public_round

DUTIES_ON_A_PAGE = 50
CORRECTIONS = 50


@require_safe
@of_public_round
def progress_agency(request: HttpRequest, round_: Round, slug: str) -> HttpResponse:
    part = agency_in(round_, slug)
    if part is None:
        return render(request, "deadlines/no_part.html", {"round": round_}, status=404)
    page = Paginator(duties_of(round_, part.agency), DUTIES_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    log = list(corrections_of(round_, part.agency)[:CORRECTIONS]) if round_.closed_at else []
    context = {
        "round": round_,
        "part": part,
        "counts": part.counts,
        "sentence": agency_sentence(part, round_),
        "page": page,
        "counted_to": counted_to(round_),
        "lines": as_lines(list(page), round_),
        "log": as_public(log, round_),
        "most": CORRECTIONS,
        "moved": now_elsewhere(part, page.paginator.count) if round_.closed_at else 0,
    }
    return render(request, "deadlines/progress_agency.html", context)
