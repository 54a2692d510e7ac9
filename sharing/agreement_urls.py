"""The agreement of a special request, under /ket-noi/yeu-cau/<id>/thoa-thuan/."""

from django.urls import path

from sharing.views import agreement

urlpatterns = [
    path("", agreement.agreement, name="agreement"),
    path("sua/", agreement.write, name="agreement_write"),
    path("duyet/", agreement.approve, name="agreement_approve"),
]
