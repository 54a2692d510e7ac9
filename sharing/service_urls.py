"""The services an agency describes and offers, under /ket-noi/dich-vu/."""

from django.urls import path

from sharing.views.agency import service_changes, services, stops, usage

urlpatterns = [
    path("", services.listing, name="own_services"),
    path("moi/", services.new, name="service_new"),
    path("su-dung/", usage.services_usage, name="services_usage"),
    path("su-dung/bang.csv", usage.services_usage_csv, name="services_usage_csv"),
    path("<slug:code>/su-dung/", usage.service_usage, name="service_usage"),
    path("<slug:code>/su-dung/luot-goi.csv", usage.service_calls_csv, name="service_calls_csv"),
    path("<slug:code>/", services.detail, name="own_service"),
    path("<slug:code>/sua/", services.edit, name="service_edit"),
    path(
        "<slug:code>/thay-doi/<int:change_id>/",
        service_changes.service_change,
        name="service_change",
    ),
    path("<slug:code>/cong-bo/", services.offer, name="service_offer"),
    path("<slug:code>/ngung/", services.close, name="service_close"),
    path("<slug:code>/tam-dung/", stops.announce, name="service_stop"),
    path("<slug:code>/tam-dung/<int:stop_id>/huy/", stops.call_off, name="service_stop_call_off"),
]
