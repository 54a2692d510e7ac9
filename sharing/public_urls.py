"""What everybody may see of sharing: the services, the register of connections."""

from django.urls import path

from sharing.views.public import register, services

urlpatterns = [
    path("ket-noi-du-lieu/", register.register, name="connections_register"),
    path("ket-noi-du-lieu/danh-sach.csv", register.register_csv, name="connections_register_csv"),
    path("dich-vu-chia-se/", services.services, name="sharing_services"),
    path("dich-vu-chia-se/<slug:code>/", services.service, name="sharing_service"),
]
