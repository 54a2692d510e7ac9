"""/tien-do/<period>/: who has delivered the data of a period, and the same as CSV."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.csv_files import csv_file
from core import clock
from deadlines.models import Round
from deadlines.progress_file import head, line
from deadlines.progress_words import GROUPS, sentence
from deadlines.ranking import FEWEST
from deadlines.selectors.corrections import as_public, corrections_of
from deadlines.selectors.method import count_lines
from deadlines.selectors.progress import counted_to, neighbours
from deadlines.selectors.progress_table import Table, table_of
from deadlines.views.rounds import of_public_round

CORRECTIONS_ON_A_PAGE = 50


@require_safe
@of_public_round
def progress(request: HttpRequest, round_: Round) -> HttpResponse:
    table = table_of(round_)
    earlier, later = neighbours(round_)
    context = {
        "round": round_,
        "table": table,
        "summary": table.progress.summary,
        "sentence": sentence(table.progress.summary),
        "groups": [(GROUPS[name], name, rows) for name, rows in table.groups],
        "earlier": earlier,
        "later": later,
        "now": clock.now(),
        "counted_to": counted_to(round_),
        "fewest": FEWEST,
        "count_lines": count_lines(round_),
        **(_log(request, round_) if round_.closed_at else {}),
    }
    return render(request, "deadlines/progress.html", context)


@require_safe
@of_public_round
def progress_csv(request: HttpRequest, round_: Round) -> HttpResponseBase:
    """The table, with a byte order mark; one row for each agency."""
    return csv_file(_rows(table_of(round_)), f"tien-do_{round_.period}.csv")


def _log(request: HttpRequest, round_: Round) -> dict[str, object]:
    page = Paginator(corrections_of(round_), CORRECTIONS_ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return {"page": page, "log": as_public(page, round_)}


def _rows(table: Table) -> Iterator[list[object]]:
    yield head(table)
    for row in table.rows:
        yield line(table, row)
