from django.urls import path

from catalog.api import views

urlpatterns = [
    path("datasets/", views.DatasetList.as_view(), name="api-datasets"),
    path("datasets/<slug:slug>/", views.DatasetDetail.as_view(), name="api-dataset"),
    path(
        "resources/<uuid:resource_id>/releases/", views.ReleaseList.as_view(), name="api-releases"
    ),
]
