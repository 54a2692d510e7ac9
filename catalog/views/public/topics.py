"""/group/: the topics, and the datasets of each one."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.models import Dataset, Topic
from catalog.selectors.overview import all_topics

PER_PAGE = 20


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    return render(request, "catalog/public/topics.html", {"topics": all_topics()})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    chosen = get_object_or_404(Topic, slug=slug)
    published = Dataset.objects.public().filter(topics=chosen).select_related("agency")
    page = Paginator(published.order_by("title_sort", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "catalog/public/topic.html", {"topic": chosen, "page": page})
