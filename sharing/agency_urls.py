"""Connection requests of an agency, under /ket-noi/; what its approver answers, under /lam-viec/."""

from django.urls import path

from sharing.views.agency import connections, consents, request, sending, usage, writing

urlpatterns = [
    path("ket-noi/", connections.connections, name="connections"),
    path("ket-noi/su-dung/", usage.connections_usage, name="connections_usage"),
    path("ket-noi/su-dung/bang.csv", usage.connections_usage_csv, name="connections_usage_csv"),
    path("ket-noi/moi/", writing.begin, name="request_begin"),
    path(
        "ket-noi/yeu-cau/<uuid:request_id>/",
        request.connection_request,
        name="connection_request",
    ),
    path("ket-noi/yeu-cau/<uuid:request_id>/soan/<slug:step>/", writing.step, name="request_step"),
    path("ket-noi/yeu-cau/<uuid:request_id>/kiem-tra/", sending.check, name="request_check"),
    path("ket-noi/yeu-cau/<uuid:request_id>/da-gui/", sending.receipt, name="request_receipt"),
    path("ket-noi/yeu-cau/<uuid:request_id>/rut-lai/", request.withdraw, name="request_withdraw"),
    path("ket-noi/yeu-cau/<uuid:request_id>/huy/", request.give_up, name="request_give_up"),
    path("ket-noi/yeu-cau/<uuid:request_id>/mo-lai/", request.reopen, name="request_reopen"),
    path("lam-viec/y-kien/", consents.listing, name="consents"),
    path("lam-viec/y-kien/<uuid:request_id>/", consents.consent, name="consent"),
]
