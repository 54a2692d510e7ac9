"""The owner announces a planned stop of its own service, and calls it off, from the service's page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sharing.actions import services, stops
from sharing.models import ConnectionAccount, PlannedStop
from sharing.tasks import watch_terms
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
REASON = "Nâng cấp máy chủ của trung tâm dữ liệu."
# Announced on Tuesday 1 December 2026: the 7th working day after it is Thursday the 10th.
TODAY = "2026-12-01"
FACTS = {"begins_on": "2026-12-10", "expected_back": "2026-12-12", "reason": REASON}


@pytest.fixture
def account(cast: Cast) -> ConnectionAccount:
    with at("2026-11-23"):
        return made.issued(cast).account


@pytest.fixture
def stop(client: Client, cast: Cast, account: ConnectionAccount) -> PlannedStop:
    with at(TODAY):
        send(client, cast.approver, "service_stop", account.service.code, **FACTS)
    return PlannedStop.objects.get()


def test_announced_from_the_service_s_page(client: Client, cast: Cast, account: ConnectionAccount):
    code = account.service.code
    with at(TODAY):
        page = look(client, cast.approver, "own_service", code)
        assert reverse("service_stop", args=[code]) in page
        page = look(client, cast.approver, "service_stop", code)
        assert '<time datetime="2026-12-10">' in page
        assert "Danh sách trường học" in page
        response = send(client, cast.approver, "service_stop", code, **FACTS)
    stop = PlannedStop.objects.get()
    assert (stop.service, stop.begins_on, stop.announced_by) == (
        account.service,
        date(2026, 12, 10),
        cast.approver,
    )
    page = markup(response)
    assert response.redirect_chain[-1][0] == reverse("own_service", args=[code])
    assert "Đã thông báo; các cơ quan sử dụng đã được báo." in page
    assert reverse("service_stop_call_off", args=[code, stop.pk]) in page
    assert cast.contact.notices.filter(kind="stop.announced").exists()


def test_it_appears_in_public(client: Client, cast: Cast, stop: PlannedStop):
    client.logout()
    for address in (reverse("connections_register"), stop.service.get_absolute_url()):
        page = markup(client.get(address))
        assert REASON in page
        assert "Huỷ đợt tạm dừng" not in page


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"begins_on": "2026-12-09"}, "begins_on", "sớm nhất là ngày 10/12/2026"),
        ({"begins_on": "mai"}, "begins_on", "Nhập ngày đúng dạng"),
        ({"begins_on": ""}, "begins_on", "Hãy điền nội dung này."),
        ({"expected_back": "2026-12-10"}, "expected_back", "phải sau ngày bắt đầu dừng"),
        ({"reason": "bảo trì"}, "reason", "ít nhất 10 ký tự"),
    ],
)
def test_what_cannot_be_announced_is_said_beside_its_field(
    client: Client,
    cast: Cast,
    account: ConnectionAccount,
    facts: dict[str, str],
    field: str,
    sentence: str,
):
    with at(TODAY):
        code = account.service.code
        response = send(client, cast.approver, "service_stop", code, **{**FACTS, **facts})
    assert sentence in " ".join(response.context["form"].errors[field])
    assert not PlannedStop.objects.exists()


def test_a_second_stop_in_the_same_days(client: Client, cast: Cast, stop: PlannedStop):
    with at(TODAY):
        response = send(client, cast.approver, "service_stop", stop.service.code, **FACTS)
    assert "đã có một đợt tạm dừng" in " ".join(response.context["form"].errors["begins_on"])
    assert PlannedStop.objects.count() == 1


def test_a_service_not_on_offer_says_so(client: Client, cast: Cast, account: ConnectionAccount):
    code = account.service.code
    services.close(service=account.service, reason="Đã thay bằng dịch vụ mới.", by=cast.approver)
    with at(TODAY):
        assert reverse("service_stop", args=[code]) not in look(
            client, cast.approver, "own_service", code
        )
        page = markup(send(client, cast.approver, "service_stop", code, **FACTS))
    assert "Chỉ tạm dừng được dịch vụ đang cung cấp." in page
    assert "<textarea" not in page
    assert not PlannedStop.objects.exists()


def test_called_off_by_the_owner(client: Client, cast: Cast, stop: PlannedStop):
    parts = (stop.service.code, stop.pk)
    with at(TODAY):
        assert "Danh sách trường học" in look(
            client, cast.approver, "service_stop_call_off", *parts
        )
        page = markup(send(client, cast.approver, "service_stop_call_off", *parts))
        assert "Đã huỷ đợt tạm dừng" in page
        assert REASON not in page
        again = answer(client, cast.approver, "service_stop_call_off", *parts)
    stop.refresh_from_db()
    assert stop.cancelled_at
    assert again.status_code == 404


def test_not_called_off_once_begun(client: Client, cast: Cast, stop: PlannedStop):
    parts = (stop.service.code, stop.pk)
    with at("2026-12-10"):
        watch_terms()
        assert "Huỷ đợt tạm dừng" not in look(
            client, cast.approver, "own_service", stop.service.code
        )
        page = look(client, cast.approver, "service_stop_call_off", *parts)
        assert "Đợt tạm dừng này đã bắt đầu hoặc đã huỷ." in page
        assert "<form" not in page[page.index("<main") : page.index("</main>")]
        page = markup(send(client, cast.approver, "service_stop_call_off", *parts))
        assert "Đợt tạm dừng này đã bắt đầu hoặc đã huỷ." in page
    stop.refresh_from_db()
    assert stop.cancelled_at is None


def test_only_the_owner_s_approver(client: Client, cast: Cast, stop: PlannedStop):
    code = stop.service.code
    people: list[Any] = [
        (cast.describer, 403),
        (cast.officer, 403),
        (cast.contact, 404),
        (make.person("approver", make.agency("Sở Khác")), 404),
    ]
    for person, status in people:
        for name, *parts in (("service_stop",), ("service_stop_call_off", stop.pk)):
            assert answer(client, person, name, code, *parts).status_code == status
            assert send(client, person, name, code, *parts, **FACTS).status_code == status
    page = look(client, cast.describer, "own_service", code)
    assert REASON in page
    assert reverse("service_stop_call_off", args=[code, stop.pk]) not in page


def test_a_stop_of_another_service_is_not_found(client: Client, cast: Cast, stop: PlannedStop):
    other = made.service(Cast(owner=make.agency("Sở Khác")))
    theirs = stops.announce(
        service=other,
        begins_on=date(2030, 1, 10),
        expected_back=date(2030, 1, 12),
        reason=REASON,
        by=cast.officer,
    )
    response = send(client, cast.approver, "service_stop_call_off", stop.service.code, theirs.pk)
    assert response.status_code == 404
    theirs.refresh_from_db()
    assert theirs.cancelled_at is None
