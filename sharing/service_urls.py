"""The services an agency describes and offers, under /ket-noi/dich-vu/."""

from django.urls import path

from sharing.views.agency import services, stops

urlpatterns = [
    path("", services.listing, name="own_services"),
    path("moi/", services.new, name="service_new"),
    path("<slug:code>/", services.detail, name="own_service"),
    path("<slug:code>/sua/", services.edit, name="service_edit"),
    path("<slug:code>/cong-bo/", services.offer, name="service_offer"),
    path("<slug:code>/ngung/", services.close, name="service_close"),
    path("<slug:code>/tam-dung/", stops.announce, name="service_stop"),
    path("<slug:code>/tam-dung/<int:stop_id>/huy/", stops.call_off, name="service_stop_call_off"),
]
