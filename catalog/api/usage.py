"""/api/v1/usage: how often each public table was used, by day or month, as JSON or CSV."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics, serializers
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from catalog.api.known_parameters import OnlyKnownParameters
from catalog.api.paging import Pages
from catalog.api.problems import Problem
from catalog.explorer.api_parameters import FORMAT
from catalog.models import Dataset, ResourceUsage

COLUMNS = ("date", "dataset", "resource", "table", "kind", "format", "count")
BY, DAY, MONTH = "by", "day", "month"
CACHE_CONTROL = f"public, max-age={settings.USAGE_STORED_EVERY}"  # till there are new counts


class UsageFilter(django_filters.FilterSet):
    dataset = django_filters.CharFilter(
        field_name="resource__dataset__slug", label="dataset's slug"
    )
    resource = django_filters.UUIDFilter(field_name="resource", label="table's id")
    kind = django_filters.ChoiceFilter(choices=ResourceUsage.Kind.choices)
    since = django_filters.DateFilter(field_name="day", lookup_expr="gte", label="first day")
    until = django_filters.DateFilter(field_name="day", lookup_expr="lte", label="last day")

    class Meta:
        model = ResourceUsage
        fields: list[str] = []


class UsageSerializer(serializers.Serializer):
    """Uses of one table in one way; `date` is a day ("2026-09-30") or a month ("2026-09")."""

    date = serializers.CharField()
    dataset = serializers.CharField()
    resource = serializers.UUIDField()
    table = serializers.CharField()
    kind = serializers.ChoiceField(choices=ResourceUsage.Kind.choices)
    format = serializers.CharField(allow_blank=True)
    count = serializers.IntegerField()


class UsagePages(Pages):
    page_size = 100
    max_page_size = 1000


class CsvRenderer(BaseRenderer):
    """Names the format; its lines are written while they are sent, all pages of them."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"


class JsonOrCsv(DefaultContentNegotiation):
    def filter_renderers(
        self, renderers: Iterable[BaseRenderer], format: str
    ) -> list[BaseRenderer]:
        """Raises the problem for a `format` there is not."""
        known = {renderer.format: renderer for renderer in renderers}
        if format not in known:
            raise Problem(
                "bad-value", _("Số lượt có dạng JSON và CSV."), parameter=FORMAT, allowed=known
            )
        return [known[format]]


class UsageList(OnlyKnownParameters, generics.ListAPIView):
    """Views, downloads, API calls and embedded views of public tables.

    Days are those of Vietnam. Numbers only: nothing about who used the data is recorded.
    """

    own_parameters = (BY,)
    serializer_class = UsageSerializer
    filterset_class = UsageFilter
    pagination_class = UsagePages
    renderer_classes = [JSONRenderer, CsvRenderer]
    content_negotiation_class = JsonOrCsv
    queryset = ResourceUsage.objects.filter(resource__dataset__state=Dataset.State.PUBLISHED)

    @extend_schema(
        parameters=[
            OpenApiParameter(BY, enum=[DAY, MONTH], description="what numbers are added up by")
        ]
    )
    def get(  # type: ignore[override]  # CSV is streamed
        self, request: Request, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        unit = _unit(request)
        found = _added_up(self.filter_queryset(self.get_queryset()), unit)
        if request.accepted_renderer.format == CsvRenderer.format:
            answer: HttpResponseBase = _csv_answer(
                _row(one, unit) for one in found.iterator(chunk_size=2000)
            )
        else:
            page = self.paginate_queryset(found) or []
            rows = self.get_serializer([_row(one, unit) for one in page], many=True)
            answer = self.get_paginated_response(rows.data)
        answer.headers["Cache-Control"] = CACHE_CONTROL
        return answer


def _unit(request: Request) -> str:
    unit = request.query_params.get(BY, DAY)
    if unit not in (DAY, MONTH):
        sentence = _("Số lượt cộng theo ngày (day) hoặc theo tháng (month).")
        raise Problem("bad-value", sentence, parameter=BY, allowed=[DAY, MONTH])
    return unit


def _added_up(found: QuerySet[ResourceUsage], unit: str) -> QuerySet[Any, Any]:
    named = found.annotate(
        start=F("day") if unit == DAY else TruncMonth("day"),
        dataset=F("resource__dataset__slug"),
        table=F("resource__name"),
    )
    keys = ("start", "dataset", "resource", "table", "kind", "format")
    return named.order_by().values(*keys).annotate(uses=Sum("count")).order_by(*keys)


def _row(found: dict[str, Any], unit: str) -> dict[str, Any]:
    """The members of COLUMNS, in their order."""
    start: date = found["start"]
    facts = {
        **found,
        "date": start.isoformat() if unit == DAY else f"{start:%Y-%m}",
        "count": found["uses"],
    }
    return {name: facts[name] for name in COLUMNS}


def _csv_answer(rows: Iterable[dict[str, Any]]) -> HttpResponseBase:
    headers = {"Content-Disposition": 'attachment; filename="luot-su-dung.csv"'}
    return StreamingHttpResponse(
        _csv_lines(rows), content_type="text/csv; charset=utf-8", headers=headers
    )


def _csv_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    line = csv.writer(_Echo(), lineterminator="\n")
    yield line.writerow(COLUMNS)
    for row in rows:
        yield line.writerow(row.values())


class _Echo:
    """A file that hands back what is written to it: csv.writer gives a line at a time."""

    def write(self, text: str) -> str:
        return text
