"""The public catalogue: CKAN's addresses, and the Vietnamese ones people type."""

from django.urls import path
from django.views.generic import RedirectView

from catalog.views.public import (
    chart_numbers,
    dataset,
    datasets,
    embed,
    map_data,
    organizations,
    terms,
    topics,
)

urlpatterns = [
    path("dataset/", datasets.datasets, name="datasets"),
    path("dataset/<slug:slug>", dataset.dataset, name="dataset"),
    path("dataset/<slug:slug>/", dataset.without_slash),
    path("bo-du-lieu/<slug:slug>", dataset.without_slash),
    path("dataset/<slug:slug>/resource/<uuid:resource_id>", dataset.resource, name="resource"),
    path(
        "dataset/<slug:slug>/resource/<uuid:resource_id>/ban-do.json",
        map_data.data,
        name="map-data",
    ),
    path(
        "dataset/<slug:slug>/resource/<uuid:resource_id>/bieu-do.csv",
        chart_numbers.chart_numbers,
        name="chart_numbers",
    ),
    path("nhung/<uuid:resource_id>/<slug:code>", embed.embed, name="embed"),
    path("organization/", organizations.organizations, name="organizations"),
    path("organization/<slug:slug>", organizations.organization, name="organization"),
    path("co-quan/<slug:slug>", RedirectView.as_view(pattern_name="organization", permanent=True)),
    path("group/", topics.topics, name="topics"),
    path("group/<slug:slug>", topics.topic, name="topic"),
    path("giay-phep/", terms.terms, name="terms"),
]
