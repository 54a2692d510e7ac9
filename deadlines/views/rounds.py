"""How public pages get a round: for a period that has none a sentence says so."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from deadlines.selectors.progress import round_of

View = Callable[..., HttpResponseBase]


def of_public_round(view: View) -> View:
    """For a view that takes the round where the address has the period."""

    @wraps(view)
    def answer(request: HttpRequest, period: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        round_ = round_of(period)
        if round_ is None:
            return no_round(request)
        return view(request, round_, *args, **kwargs)

    return answer


def no_round(request: HttpRequest) -> HttpResponse:
    return render(request, "deadlines/no_round.html", status=404)
