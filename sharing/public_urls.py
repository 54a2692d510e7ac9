"""What everybody may see of sharing: the services, the register of connections."""

from django.urls import path

from sharing.views.unfinished import unfinished

urlpatterns = [
    path("dich-vu-chia-se/<slug:code>/", unfinished, name="sharing_service"),
]
