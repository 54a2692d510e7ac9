"""The front page: get to a dataset in one step, show that the data are alive."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.selectors.overview import catalogue_counts, newly_updated, topics_with_data
from deadlines.progress_words import sentence
from deadlines.selectors.progress import summary_of_latest


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    quarter = summary_of_latest()
    context = {
        "quarter": quarter,
        "quarter_sentence": sentence(quarter) if quarter else "",
        "counts": catalogue_counts(),
        "topics": topics_with_data(),
        "newest": newly_updated(5),
    }
    return render(request, "portal/home.html", context)
