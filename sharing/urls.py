"""Every address of sharing."""

from django.urls import include, path

urlpatterns = [
    path("", include("sharing.public_urls")),
    path("", include("sharing.agency_urls")),
    path("ket-noi/tai-khoan/", include("sharing.account_urls")),
    path("ket-noi/yeu-cau/<uuid:request_id>/thoa-thuan/", include("sharing.agreement_urls")),
    path("dieu-hanh/", include("sharing.office_urls")),
]
