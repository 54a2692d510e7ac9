"""The open, read-only API: datasets, tables, releases. No login, no key (Điều 10 QĐ 22/2023)."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from rest_framework import generics

from catalog.api.filters import DatasetFilter
from catalog.api.known_parameters import OnlyKnownParameters
from catalog.api.open_tables import check_not_withdrawn
from catalog.api.serializers import DatasetDetailSerializer, DatasetSerializer, ReleaseSerializer
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState


class DatasetList(OnlyKnownParameters, generics.ListAPIView):
    """Published datasets, the one changed last first."""

    serializer_class = DatasetSerializer
    filterset_class = DatasetFilter
    queryset = (
        Dataset.objects.public()
        .select_related("agency", "licence")
        .prefetch_related("topics")
        .order_by("-modified_at", "slug")
    )


class DatasetDetail(OnlyKnownParameters, generics.RetrieveAPIView):
    """One published dataset by its slug."""

    serializer_class = DatasetDetailSerializer
    lookup_field = "slug"
    queryset = (
        Dataset.objects.exclude(state=Dataset.State.DRAFT)
        .select_related("agency", "licence")
        .prefetch_related("topics", "resources")
    )

    def get_object(self) -> Dataset:
        """Raises the problem 410 for a withdrawn one, which says when and why."""
        found: Dataset = super().get_object()
        check_not_withdrawn(found)
        return found


class ReleaseList(OnlyKnownParameters, generics.ListAPIView):
    """Published releases of one open table, the newest period first."""

    serializer_class = ReleaseSerializer
    filter_backends: list[type] = []
    queryset = Release.objects.none()

    def get_queryset(self) -> QuerySet[Release]:
        resource_id: UUID = self.kwargs["resource_id"]
        known = Dataset.objects.exclude(state=Dataset.State.DRAFT)
        tables = Resource.objects.select_related("dataset")
        table = get_object_or_404(tables, pk=resource_id, dataset__in=known)
        check_not_withdrawn(table.dataset)
        if table.dataset.access != Dataset.Access.OPEN:
            raise Http404(resource_id)
        published = table.releases.filter(state=ReleaseState.PUBLISHED)
        return published.select_related("resource__dataset").prefetch_related(
            "resource__dataset__resources"
        )
