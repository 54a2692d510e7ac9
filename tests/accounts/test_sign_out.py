"""/dang-xuat/: only by a form."""

import pytest
from django.test import Client

from accounts.models import AuditEvent
from tests import factories

pytestmark = pytest.mark.django_db


def test_session_ends_and_is_recorded(client: Client) -> None:
    person = factories.person()
    client.force_login(person)
    answer = client.post("/dang-xuat/")
    assert (answer.status_code, answer.url) == (302, "/")
    assert "_auth_user_id" not in client.session
    assert AuditEvent.objects.get(action="person.signed_out").actor_id == person.pk


def test_opening_the_address_only_asks(client: Client) -> None:
    client.force_login(factories.person())
    page = client.get("/dang-xuat/").content.decode()
    assert "Kết thúc phiên làm việc trên máy này?" in page
    assert "_auth_user_id" in client.session


def test_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.person())
    assert client.post("/dang-xuat/").status_code == 403
    assert "_auth_user_id" in client.session
