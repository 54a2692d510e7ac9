"""Every address of the deadlines."""

from django.urls import include, path

from deadlines.views import calendar_feed

urlpatterns = [
    path("", include("deadlines.public_urls")),
    path("", include("deadlines.office_urls")),
    path("lam-viec/", include("deadlines.work_urls")),
    path("lich-nghia-vu/<str:token>.ics", calendar_feed.feed, name="duty_calendar_feed"),
]
