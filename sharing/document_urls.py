"""Documents of a request, under /ket-noi/."""

from django.urls import path

from sharing.views import document

urlpatterns = [
    path("van-ban/<uuid:document_id>/", document.download, name="request_document"),
    path("van-ban/<uuid:document_id>/chu-ky/", document.state, name="request_document_state"),
    path("yeu-cau/<uuid:request_id>/van-ban/", document.add, name="request_document_add"),
]
