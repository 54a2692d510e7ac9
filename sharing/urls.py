"""Every address of sharing."""

from django.urls import include, path

urlpatterns = [
    path("", include("sharing.public_urls")),
    path("", include("sharing.agency_urls")),
    path("ket-noi/", include("sharing.document_urls")),
    path("ket-noi/dich-vu/", include("sharing.service_urls")),
    path("ket-noi/tai-khoan/", include("sharing.account_urls")),
    path("ket-noi/yeu-cau/<uuid:request_id>/thoa-thuan/", include("sharing.agreement_urls")),
    path("dieu-hanh/", include("sharing.office_urls")),
    path("dieu-hanh/chung-thu/", include("sharing.root_urls")),
]
