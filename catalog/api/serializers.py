"""What the API says of datasets, tables and releases: DCAT's words, absolute addresses."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Agency
from catalog.downloads import Download, downloads_of
from catalog.models import Dataset, Licence, Release, Resource, Topic


class AgencySerializer(serializers.ModelSerializer):
    class Meta:
        model = Agency
        fields = ("key", "slug", "name_vi", "name_en")


class TopicSerializer(serializers.ModelSerializer):
    class Meta:
        model = Topic
        fields = ("slug", "title_vi", "title_en")


class LicenceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Licence
        fields = ("code", "title_vi", "title_en", "citation_vi")


class DistributionSerializer(serializers.Serializer):
    """One file to download (DCAT: Distribution)."""

    format = serializers.CharField()
    url = serializers.URLField()
    byte_size = serializers.IntegerField(allow_null=True)


class ReleaseSerializer(serializers.ModelSerializer):
    distributions = serializers.SerializerMethodField()

    class Meta:
        model = Release
        fields = ("id", "period", "number", "published_at", "row_count", "sha256", "distributions")

    @extend_schema_field(DistributionSerializer(many=True))
    def get_distributions(self, release: Release) -> list[dict[str, Any]]:
        return [_distribution(one) for one in downloads_of(release) if one.ready]


class ColumnSerializer(serializers.Serializer):
    name = serializers.CharField()
    # A field named as an attribute of every field: fine at run time, where fields are collected.
    label = serializers.CharField()  # type: ignore[assignment]
    type = serializers.CharField()
    unit = serializers.CharField(required=False)
    description_vi = serializers.CharField(required=False)
    description_en = serializers.CharField(required=False)


class ResourceSerializer(serializers.ModelSerializer):
    columns = ColumnSerializer(many=True)
    releases_url = serializers.SerializerMethodField()

    class Meta:
        model = Resource
        fields = ("id", "name", "title_vi", "title_en", "columns", "key_columns", "releases_url")

    def get_releases_url(self, resource: Resource) -> str:
        return settings.SITE_URL + reverse("api-releases", args=[resource.pk])


class DatasetSerializer(serializers.ModelSerializer):
    """A dataset as lists show it."""

    agency = AgencySerializer()
    topics = TopicSerializer(many=True)
    licence = LicenceSerializer(source="terms", allow_null=True)
    url = serializers.SerializerMethodField()

    class Meta:
        model = Dataset
        fields: tuple[str, ...] = (
            "id", "slug", "url", "title_vi", "title_en", "description_vi", "description_en",
            "agency", "topics", "keywords", "frequency", "access", "licence", "is_illustrative",
            "latest_period", "latest_row_count", "formats", "first_published_at", "modified_at",
            "data_updated_at",
        )  # fmt: skip

    def get_url(self, dataset: Dataset) -> str:
        return settings.SITE_URL + reverse("dataset", args=[dataset.slug])


class DatasetDetailSerializer(DatasetSerializer):
    """A dataset with everything said about it, and its tables."""

    resources = ResourceSerializer(many=True)

    class Meta(DatasetSerializer.Meta):
        fields = (
            *DatasetSerializer.Meta.fields,
            "contact_post", "contact_email", "contact_phone", "legal_ground", "source_database",
            "spatial", "temporal_start", "temporal_end", "overlap", "overlap_note", "resources",
        )  # fmt: skip


def _distribution(one: Download) -> dict[str, Any]:
    return {"format": one.label, "url": settings.SITE_URL + one.path, "byte_size": one.size}
