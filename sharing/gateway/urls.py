"""The gateway under /chia-se/v1/: machine addresses, without language."""

from django.urls import path

from sharing.gateway import views
from sharing.gateway.token import token

TABLE = "tables/<uuid:resource_id>"

urlpatterns = [
    path("token", token, name="gateway-token"),
    path("services", views.services, name="gateway-services"),
    path(f"{TABLE}/rows", views.table_rows, name="gateway-rows"),
    path(f"{TABLE}/profile", views.profile, name="gateway-profile"),
    path(f"{TABLE}/schema", views.schema, name="gateway-table-schema"),
    path(f"{TABLE}/openapi.json", views.document, name="gateway-table-openapi"),
]
