"""How public pages get a dataset: moved addresses redirect, withdrawn ones say why, drafts do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse

from catalog.explorer.withdrawals import Withdrawal, withdrawal_of
from catalog.models import Dataset
from catalog.selectors.publication import dataset_at, present_slug

View = Callable[..., HttpResponse]


class Moved(Exception):
    """The dataset has another address now."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class Gone(Exception):
    """The dataset or the period was taken back."""

    def __init__(self, withdrawal: Withdrawal) -> None:
        super().__init__(withdrawal.dataset.slug)
        self.withdrawal = withdrawal


def public_dataset(slug: str, revision: int) -> Dataset:
    """The published dataset at that address. Raises Moved, Gone or Http404."""
    dataset = dataset_at(slug, revision)
    if dataset is None:
        now_at = present_slug(slug)
        if now_at is None:
            raise Http404(slug)
        raise Moved(now_at)
    check_public(dataset)
    return dataset


def check_public(dataset: Dataset) -> None:
    """Raises Gone for a withdrawn dataset, Http404 for one never published."""
    withdrawal = withdrawal_of(dataset)
    if withdrawal:
        raise Gone(withdrawal)
    if dataset.state != Dataset.State.PUBLISHED:
        raise Http404(dataset.slug)


def of_public_dataset(view: View) -> View:
    """Answers Moved with 301 and Gone with 410, for a view whose second argument is the slug."""

    @wraps(view)
    def answer(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, slug, *args, **kwargs)
        except Moved as moved:
            assert request.resolver_match is not None  # noqa: S101  a view is always resolved
            kept = {**request.resolver_match.kwargs, "slug": moved.slug}
            query = request.META.get("QUERY_STRING", "")
            address = reverse(request.resolver_match.view_name, kwargs=kept)
            return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
        except Gone as gone:
            return gone_page(request, gone.withdrawal)

    return answer


def gone_page(request: HttpRequest, withdrawal: Withdrawal) -> HttpResponse:
    return render(request, "errors/410.html", {"withdrawal": withdrawal}, status=410)
