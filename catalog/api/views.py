"""The open, read-only API: datasets, tables, releases. No login, no key (Điều 10 QĐ 22/2023)."""

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from rest_framework import generics

from catalog.api.filters import DatasetFilter
from catalog.api.serializers import DatasetDetailSerializer, DatasetSerializer, ReleaseSerializer
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState


class DatasetList(generics.ListAPIView):
    """Published datasets, the one changed last first."""

    serializer_class = DatasetSerializer
    filterset_class = DatasetFilter
    queryset = (
        Dataset.objects.public()
        .select_related("agency", "licence")
        .prefetch_related("topics")
        .order_by("-modified_at", "slug")
    )


class DatasetDetail(generics.RetrieveAPIView):
    """One published dataset by its slug."""

    serializer_class = DatasetDetailSerializer
    lookup_field = "slug"
    queryset = (
        Dataset.objects.public()
        .select_related("agency", "licence")
        .prefetch_related("topics", "resources")
    )


class ReleaseList(generics.ListAPIView):
    """Published releases of one open table, the newest period first."""

    serializer_class = ReleaseSerializer
    filter_backends: list[type] = []
    queryset = Release.objects.none()

    def get_queryset(self) -> QuerySet[Release]:
        resource_id: UUID = self.kwargs["resource_id"]
        public = Dataset.objects.public().filter(access=Dataset.Access.OPEN)
        table = get_object_or_404(Resource, pk=resource_id, dataset__in=public)
        published = table.releases.filter(state=ReleaseState.PUBLISHED)
        return published.select_related("resource__dataset").prefetch_related(
            "resource__dataset__resources"
        )
