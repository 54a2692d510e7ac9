"""What an account that may not call is told, by the call right after the change; in what order."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from core import clock
from sharing import policies
from sharing.actions import accounts, services
from sharing.models import PlannedStop
from tests.sharing.gateway.conftest import Gateway, MakeGateway

pytestmark = pytest.mark.django_db
ALL = ("rows", "profile", "table-schema", "table-openapi")


def refused(gateway: Gateway, status: int, code: str) -> dict[str, Any]:
    """The problem all addresses of the account answer with."""
    for name in ALL:
        assert gateway.problem_code(status, name=name) == code
    services_answer = gateway.call("/chia-se/v1/services")
    assert services_answer.status_code == status
    return services_answer.json()


def suspend(gateway: Gateway, **facts: Any) -> None:
    given = {"reason": "breach", "note": "Chia sẻ lại cho bên thứ ba.", **facts}
    accounts.suspend(account=gateway.account, by=gateway.cast.officer, **given)


def test_without_a_token(gateway: Gateway):
    client = gateway.client
    for headers in ({}, {"authorization": "Basic eA=="}, {"authorization": "Bearer"}):
        for name in ALL:
            answer = client.get(gateway.path(name), headers=headers)
            assert answer.status_code == 401
            assert answer.headers["WWW-Authenticate"] == 'Bearer realm="chia-se"'
            assert answer.json()["type"].endswith("#loi-no-token")
            assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("token", ["x", "x" * 5000, "ơ", "' OR 1=1 --"])
def test_with_a_wrong_token(gateway: Gateway, token: str):
    answer = gateway.client.get(
        gateway.path(), HTTP_AUTHORIZATION=f"Bearer {token}".encode().decode("latin-1")
    )
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


def test_a_token_in_the_address_is_none(gateway: Gateway):
    answer = gateway.client.get(f"{gateway.path()}?access_token={gateway.token}")
    assert answer.status_code == 401


def test_the_scheme_is_written_in_any_case(gateway: Gateway):
    headers = {"authorization": f"bearer {gateway.token}"}
    assert gateway.client.get(gateway.path(), headers=headers).status_code == 200


def test_suspended_and_resumed(gateway: Gateway):
    back = clock.today() + timedelta(days=3)
    assert gateway.get().status_code == 200
    suspend(gateway, expected_back=back)
    told = refused(gateway, 403, "account-suspended")
    assert told["reason"] == "breach"
    assert told["expected_back"] == back.isoformat()
    assert told["detail"] == (
        "Tài khoản kết nối đang tạm dừng. Lý do: vi phạm quy chế khai thác. "
        f"Chia sẻ lại cho bên thứ ba. Dự kiến khôi phục ngày {back:%d/%m/%Y}."
    )
    accounts.resume(account=gateway.account, by=gateway.cast.officer)
    assert gateway.get().status_code == 200


def test_suspended_without_a_day(gateway: Gateway):
    suspend(gateway)
    told = refused(gateway, 403, "account-suspended")
    assert told["expected_back"] is None
    assert "Dự kiến" not in told["detail"]


def test_in_english(gateway: Gateway):
    suspend(gateway)
    answer = gateway.get(**{"accept-language": "en"}).json()
    assert answer["detail"].startswith("This connection account is suspended")


def test_ended(gateway: Gateway):
    accounts.end(account=gateway.account, reason="Hết nhu cầu khai thác.", by=gateway.cast.officer)
    refused(gateway, 403, "account-ended")


def test_expired_by_its_day_whatever_the_state(gateway_of: MakeGateway):
    last = clock.today() + timedelta(days=2)
    gateway = gateway_of(valid_to=last)
    for moment, status in (
        (clock.midnight(last + timedelta(days=1)) - timedelta(seconds=1), 200),
        (clock.midnight(last + timedelta(days=1)), 400),
    ):
        with clock.set_to(moment - timedelta(minutes=5)):
            gateway.sign_in()
        with clock.set_to(moment):
            if status == 200:
                assert gateway.get().status_code == 200
                continue
            assert gateway.account.state == "active"
            told = refused(gateway, 403, "account-expired")
            assert told["valid_to"] == last.isoformat()
            assert f"{last:%d/%m/%Y}" in told["detail"]
            accounts.expire_accounts()
            assert gateway.account.state == "expired"
            refused(gateway, 403, "account-expired")


def test_a_term_made_shorter_is_felt_at_once(gateway: Gateway):
    account = gateway.account
    account.valid_from = clock.today() - timedelta(days=9)
    account.valid_to = clock.today() - timedelta(days=1)
    account.save()
    refused(gateway, 403, "account-expired")


def test_not_yet_begun(gateway: Gateway):
    account = gateway.account
    account.valid_from = clock.today() + timedelta(days=1)
    account.save()
    refused(gateway, 403, "account-not-begun")


def test_from_another_address(gateway: Gateway):
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    gateway.client, home = elsewhere, gateway.client
    told = refused(gateway, 403, "wrong-network")
    assert "203.0.113.9" in told["detail"]
    account = gateway.account
    account.networks = ["203.0.113.0/28"]
    account.save()
    assert gateway.get().status_code == 200
    gateway.client = home
    refused(gateway, 403, "wrong-network")


@pytest.mark.parametrize(
    ("networks", "address", "status"),
    [
        ([], "198.51.100.1", 200),
        (["2001:db8::/48"], "2001:db8::17", 200),
        (["2001:db8::/48"], "2001:db9::17", 403),
        (["203.0.113.9"], "::ffff:203.0.113.9", 200),
        (["203.0.113.9", "10.0.0.0/8"], "10.9.8.7", 200),
        (["203.0.113.9"], "", 403),
        (["203.0.113.9"], "unix:", 403),
    ],
)
def test_networks(gateway: Gateway, networks: list[str], address: str, status: int):
    account = gateway.account
    account.networks = policies.check_networks(networks)
    account.save()
    gateway.client = Client(REMOTE_ADDR=address)
    assert gateway.get().status_code == status


def test_a_planned_stop_of_the_service(gateway: Gateway):
    stop = PlannedStop.objects.create(
        service=gateway.service,
        begins_on=clock.today(),
        expected_back=clock.today() + timedelta(days=1),
        reason="Nâng cấp máy chủ.",
        announced_by=gateway.cast.officer,
    )
    assert gateway.get().status_code == 200  # announced, not begun
    stop.began_at = clock.now()
    stop.save()
    told = refused(gateway, 503, "service-stopped")
    assert "Nâng cấp máy chủ." in told["detail"]
    assert told["expected_back"] == stop.expected_back.isoformat()
    stop.ended_at = clock.now()
    stop.save()
    assert gateway.get().status_code == 200


def test_a_closed_service_does_not_end_its_accounts(gateway: Gateway):
    services.close(
        service=gateway.service, reason="Thay bằng dịch vụ mới.", by=gateway.cast.approver
    )
    assert gateway.get().status_code == 200


def wrong_token(gateway: Gateway) -> None:
    gateway.token = "x"


def suspended(gateway: Gateway) -> None:
    suspend(gateway)


def past(gateway: Gateway) -> None:
    account = gateway.account
    account.valid_from = clock.today() - timedelta(days=9)
    account.valid_to = clock.today() - timedelta(days=1)
    account.save()


def elsewhere(gateway: Gateway) -> None:
    gateway.client = Client(REMOTE_ADDR="203.0.113.9")


def over_the_minute(gateway: Gateway) -> None:
    account = gateway.account
    account.per_minute = 0
    account.save()


def over_the_day(gateway: Gateway) -> None:
    account = gateway.account
    account.daily_quota = 0
    account.save()


def not_granted(gateway: Gateway) -> None:
    account = gateway.account
    account.scope = {"00000000-0000-0000-0000-000000000000": {}}
    account.save()


ORDER: list[tuple[Callable[[Gateway], None], int, str]] = [
    (not_granted, 404, "not-found"),
    (over_the_day, 429, "over-quota"),
    (over_the_minute, 429, "too-many-requests"),
    (elsewhere, 403, "wrong-network"),
    (past, 403, "account-expired"),
    (suspended, 403, "account-suspended"),
    (wrong_token, 401, "no-token"),
]


def test_the_order_of_the_checks(gateway: Gateway):
    """Every reason added is said before those that were there already."""
    for make_it_so, status, code in ORDER:
        make_it_so(gateway)
        assert gateway.problem_code(status) == code
