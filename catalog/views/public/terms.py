"""/giay-phep/: the terms of use, those in force first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.models import Licence
from core import clock


@require_safe
def terms(request: HttpRequest) -> HttpResponse:
    today = clock.today()
    every = list(Licence.objects.all())
    in_force = [
        licence for licence in every if licence.valid_to is None or licence.valid_to >= today
    ]
    ended = [licence for licence in every if licence not in in_force]
    return render(request, "catalog/public/terms.html", {"in_force": in_force, "ended": ended})
