"""The owner's answer: consent, narrower if need be, refusal, supplement."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal import clock
from sharing.models import ConnectionRequest, Consent
from sharing.states import RequestState
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast) -> ConnectionRequest:
    return made.request_at(RequestState.SUBMITTED, cast)


@pytest.fixture
def client(client: Client, cast: Cast) -> Client:
    client.force_login(cast.approver, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(asked: ConnectionRequest) -> str:
    return reverse("consent", args=[asked.pk])


def document(prefix: str) -> dict[str, Any]:
    return {
        f"{prefix}-document_number": "77/SGD-VP",
        f"{prefix}-document_date": clock.today().isoformat(),
    }


def state(asked: ConnectionRequest) -> str:
    return ConnectionRequest.objects.get(pk=asked.pk).state


def test_consent_starts_the_clock(client: Client, asked: ConnectionRequest, cast: Cast):
    response = client.post(address(asked), {"answer": "chap-thuan", **document("g")})
    assert response.status_code == 302
    again = ConnectionRequest.objects.get(pk=asked.pk)
    assert (again.state, again.clock_runs) == ("consented", True)
    page = client.get(response.headers["Location"]).content.decode()
    assert "hạn cấp tài khoản hoặc trả lời là hết ngày" in page
    assert cast.contact.notices.filter(kind="request.consent").exists()


def test_consent_may_be_narrower(client: Client, asked: ConnectionRequest):
    table = asked.service.tables.get()
    response = client.post(
        address(asked),
        {
            "answer": "chap-thuan",
            **document("g"),
            f"g-t{table.pk}-columns": ["ma_xa", "so_truong"],
            f"g-t{table.pk}-0-column": "ma_xa",
            f"g-t{table.pk}-0-operator": "in",
            f"g-t{table.pk}-0-value": "00123, 00124",
        },
    )
    assert response.status_code == 302, response.context["form"].errors
    assert Consent.objects.get().scope == {
        str(table.resource_id): {
            "columns": ["ma_xa", "so_truong"],
            "rows": [["ma_xa", "in", ["00123", "00124"]]],
        }
    }


def test_refusal_needs_reason_and_ground(client: Client, asked: ConnectionRequest):
    response = client.post(
        address(asked), {"answer": "khong-chap-thuan", **document("r"), "r-reason": "Không."}
    )
    assert set(response.context["form"].errors) == {"legal_ground"}
    response = client.post(
        address(asked),
        {
            "answer": "khong-chap-thuan",
            **document("r"),
            "r-reason": "Không.",
            "r-legal_ground": made.GROUND,
        },
    )
    assert set(response.context["form"].errors) == {"reason"}
    assert state(asked) == RequestState.SUBMITTED


def test_refusal(client: Client, asked: ConnectionRequest, cast: Cast):
    client.post(
        address(asked),
        {
            "answer": "khong-chap-thuan",
            **document("r"),
            "r-reason": made.REASON,
            "r-legal_ground": made.GROUND,
        },
    )
    assert state(asked) == RequestState.OWNER_REFUSED
    for person in (cast.contact, cast.officer):
        assert person.notices.filter(kind="request.owner_refuse").exists()


def test_a_supplement_is_asked_for(client: Client, asked: ConnectionRequest):
    client.post(address(asked), {"answer": "bo-sung", "s-reason": made.REASON})
    assert state(asked) == RequestState.NEEDS_SUPPLEMENT


def test_a_number_that_is_none(client: Client, asked: ConnectionRequest):
    answer = {"answer": "chap-thuan", **document("g"), "g-document_number": "không số"}
    response = client.post(address(asked), answer)
    assert "document_number" in response.context["form"].errors
    assert state(asked) == RequestState.SUBMITTED


def test_answered_once(client: Client, asked: ConnectionRequest):
    answer = {"answer": "chap-thuan", **document("g")}
    client.post(address(asked), answer)
    response = client.post(address(asked), answer)
    assert "Hãy tải lại trang" in response.content.decode()
    assert Consent.objects.count() == 1


def test_the_list_names_what_waits(client: Client, asked: ConnectionRequest):
    page = client.get(reverse("consents")).content.decode()
    assert asked.number in page
    assert address(asked) in page


@pytest.mark.parametrize("who", ["contact", "describer"])
def test_nobody_else_answers(client: Client, asked: ConnectionRequest, cast: Cast, who: str):
    client.force_login(getattr(cast, who), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(address(asked)).status_code in (403, 404)
    assert client.post(address(asked), {"answer": "bo-sung"}).status_code in (403, 404)
    assert state(asked) == RequestState.SUBMITTED
