"""What agencies do about their duties, under /lam-viec/."""

from django.urls import URLPattern, path

from deadlines.views import calendar_feed, duty, petition

urlpatterns: list[URLPattern] = [
    path("nghia-vu/<int:duty_id>/", duty.duty, name="duty"),
    path("nghia-vu/<int:duty_id>/khong-phat-sinh/", duty.nothing, name="duty_nothing"),
    path("nghia-vu/<int:duty_id>/gia-han/", duty.ask_extension, name="duty_ask_extension"),
    path("nghia-vu/<int:duty_id>/hoan-thanh/", duty.done, name="duty_done"),
    path("de-nghi/<int:petition_id>/", petition.petition, name="petition"),
    path("lich/<slug:slug>.ics", calendar_feed.download, name="duty_calendar"),
]
