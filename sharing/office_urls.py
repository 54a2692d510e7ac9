"""The officers' desk for connections, under /dieu-hanh/."""

from django.urls import path

from sharing.views.office import accounts, case, inbox, issuing, keying_in, reports, stops, usage

urlpatterns = [
    path("yeu-cau/", inbox.requests, name="office_requests"),
    path("yeu-cau/danh-sach.csv", inbox.requests_csv, name="office_requests_csv"),
    path("yeu-cau/nhap/", keying_in.begin, name="key_in"),
    path("yeu-cau/nhap/<uuid:request_id>/kiem-tra/", keying_in.check, name="key_in_check"),
    path("yeu-cau/nhap/<uuid:request_id>/bo/", keying_in.discard, name="key_in_discard"),
    path("yeu-cau/nhap/<uuid:request_id>/<slug:step>/", keying_in.step, name="key_in_step"),
    path("yeu-cau/<uuid:request_id>/", case.case, name="office_request"),
    path("yeu-cau/<uuid:request_id>/tiep-nhan/", case.receive, name="request_receive"),
    path("yeu-cau/<uuid:request_id>/nhan/", case.take, name="request_take"),
    path("yeu-cau/<uuid:request_id>/bo-sung/", case.ask_supplement, name="request_ask_supplement"),
    path("yeu-cau/<uuid:request_id>/tu-choi/", case.refuse, name="request_refuse"),
    path("yeu-cau/<uuid:request_id>/cap/", issuing.issue, name="request_issue"),
    path("bao-cao/ket-noi/", reports.connection_reports, name="connection_reports"),
    path("bao-cao/ket-noi/bang.csv", reports.connection_reports_csv, name="connection_reports_csv"),
    path("tam-dung/", stops.stops, name="office_stops"),
    path("tam-dung/moi/", stops.announce, name="stop_announce"),
    path("tam-dung/<int:stop_id>/huy/", stops.call_off, name="stop_call_off"),
    path("ket-noi/", accounts.accounts, name="office_accounts"),
    path("ket-noi/su-dung/", usage.office_usage, name="office_usage"),
    path("ket-noi/su-dung/bang.csv", usage.office_usage_csv, name="office_usage_csv"),
]
