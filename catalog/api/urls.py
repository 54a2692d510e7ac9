from django.urls import path

from catalog.api import openapi, profiles, rows, usage, views
from catalog.api.gate import open_to_all

urlpatterns = [
    path("datasets/", open_to_all(views.DatasetList.as_view()), name="api-datasets"),
    path("datasets/<slug:slug>/", open_to_all(views.DatasetDetail.as_view()), name="api-dataset"),
    path(
        "resources/<uuid:resource_id>/releases/",
        open_to_all(views.ReleaseList.as_view()),
        name="api-releases",
    ),
    path("resources/<uuid:resource_id>/rows", rows.table_rows, name="api-rows"),
    path("resources/<uuid:resource_id>/profile", profiles.profile, name="api-profile"),
    path("resources/<uuid:resource_id>/schema", profiles.schema, name="api-table-schema"),
    path("resources/<uuid:resource_id>/openapi.json", openapi.document, name="api-table-openapi"),
    path("usage", open_to_all(usage.UsageList.as_view()), name="api-usage"),
]
