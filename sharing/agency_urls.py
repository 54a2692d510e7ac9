"""Connection requests of an agency under /ket-noi/, and what an owner answers under /lam-viec/."""

from django.urls import path

from sharing.views.agency import consents, requests, wizard

urlpatterns = [
    path("ket-noi/", requests.connections, name="connections"),
    path("ket-noi/moi/", wizard.begin, name="request_begin"),
    path("ket-noi/yeu-cau/<uuid:request_id>/", requests.case, name="connection_request"),
    path("ket-noi/yeu-cau/<uuid:request_id>/rut/", requests.withdraw, name="request_withdraw"),
    path(
        "ket-noi/yeu-cau/<uuid:request_id>/gui-bo-sung/",
        requests.supplement,
        name="request_supplement",
    ),
    path("ket-noi/yeu-cau/<uuid:request_id>/mo-lai/", requests.reopen, name="request_reopen"),
    path("ket-noi/yeu-cau/<uuid:request_id>/kiem-tra/", wizard.check, name="request_check"),
    path("ket-noi/yeu-cau/<uuid:request_id>/da-gui/", wizard.receipt, name="request_receipt"),
    path("ket-noi/yeu-cau/<uuid:request_id>/buoc/<slug:step>/", wizard.step, name="request_step"),
    path("lam-viec/y-kien/", consents.waiting, name="consents"),
    path("lam-viec/y-kien/<uuid:request_id>/", consents.consent, name="consent"),
]
