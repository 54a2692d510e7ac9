"""One request as its two sides see it, and the list of an agency's connections."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from sharing.actions import decisions
from sharing.models import ConnectionRequest
from sharing.states import RequestState
from tests import factories as make
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
QUERIES = 9


def open_as(client: Client, person: Person, request: ConnectionRequest) -> Any:
    client.force_login(person, backend=BACKEND)
    return client.get(reverse("connection_request", args=[request.pk]))


def test_both_sides_see_it(client: Client, cast: Cast):
    request = made.request_at(RequestState.WAITING_CONSENT, cast)
    page = open_as(client, cast.contact, request).content.decode()
    assert "Thời hạn chưa tính" in page
    assert "Rút lại yêu cầu" in page
    assert "Xem và trả lời" not in page
    page = open_as(client, cast.approver, request).content.decode()
    assert reverse("consent", args=[request.pk]) in page


def test_an_officer_is_led_to_the_desk(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    response = open_as(client, cast.officer, request)
    assert response.headers["Location"] == reverse("office_request", args=[request.pk])


def test_others_do_not_know_of_it(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    stranger = make.person("contact_officer", make.agency("Sở Khác"))
    assert open_as(client, stranger, request).status_code == 404


def test_withdrawing(client: Client, cast: Cast):
    request = made.request_at(RequestState.SUBMITTED, cast)
    client.force_login(cast.contact, backend=BACKEND)
    client.post(reverse("request_withdraw", args=[request.pk]), {"note": ""})
    assert ConnectionRequest.objects.get().state == RequestState.WITHDRAWN


def test_a_supplement_resumes_the_clock(client: Client, cast: Cast):
    request = made.request_at(RequestState.PROCESSING, cast)
    decisions.ask_supplement(request=request, reason=made.REASON, by=cast.officer)
    page = open_as(client, cast.contact, request).content.decode()
    assert "Thời hạn tạm dừng" in page
    client.post(reverse("request_supplement", args=[request.pk]), {"note": "Đã thêm."})
    again = ConnectionRequest.objects.get()
    assert (again.state, again.clock_runs) == ("processing", True)


def test_opening_again_needs_a_reason_and_keeps_the_account(client: Client, cast: Cast):
    request = made.request_at(RequestState.ISSUED, cast)
    client.force_login(cast.contact, backend=BACKEND)
    address = reverse("request_reopen", args=[request.pk])
    response = client.post(address, {"note": "Ngắn"})
    assert "note" in response.context["form"].errors
    client.post(address, {"note": "Cần thêm cột sĩ số để đối chiếu."})
    again = ConnectionRequest.objects.get()
    assert (again.state, again.number) == ("draft", request.number)
    assert again.accounts.get().state == "active"


def test_the_agency_s_list(client: Client, cast: Cast):
    request = made.request_at(RequestState.ISSUED, cast)
    client.force_login(cast.contact, backend=BACKEND)
    page = client.get(reverse("connections")).content.decode()
    assert request.number in page
    assert request.accounts.get().code in page


@pytest.mark.parametrize("more", [0, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client, cast: Cast, django_assert_num_queries: Any, more: int
):
    service = made.service(cast)
    for _ in range(1 + more):
        made.request_at(RequestState.SUBMITTED, cast, service)
    client.force_login(cast.contact, backend=BACKEND)
    client.get(reverse("connections"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("connections"))
