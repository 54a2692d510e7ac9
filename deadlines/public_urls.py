"""Public progress: who delivered what, by when."""

from django.urls import path

from deadlines.views import progress, progress_agency, progress_index

urlpatterns = [
    path("tien-do/", progress_index.progress_index, name="progress_index"),
    path("tien-do/<str:period>/", progress.progress, name="progress"),
    path("tien-do/<str:period>/tien-do.csv", progress.progress_csv, name="progress_csv"),
    path(
        "tien-do/<str:period>/<slug:slug>/",
        progress_agency.progress_agency,
        name="progress_agency",
    ),
]
