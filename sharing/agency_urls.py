"""Connection requests and accounts of an agency, under /ket-noi/; what its approver answers."""

from django.urls import path

from sharing.views.unfinished import unfinished

urlpatterns = [
    path("ket-noi/yeu-cau/<uuid:request_id>/", unfinished, name="connection_request"),
]
