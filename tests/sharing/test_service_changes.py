"""What is on offer changes by a proposal that another person accepts, and no account changes with it."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Notice, Person
from catalog.models import Dataset, Resource
from sharing.models import ServiceChange, SharingService
from sharing.states import RequestState
from tests import factories as make
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.gateway.conftest import Gateway, _fresh  # noqa: F401  nothing is kept between tests
from tests.sharing.made import Cast
from tests.visitor import forms_on

pytestmark = pytest.mark.django_db
REASON = "Bổ sung bảng theo đề nghị của các sở."


@pytest.fixture
def service(cast: Cast) -> SharingService:
    return made.service(cast, columns=["ma_xa", "ten_xa"])


@pytest.fixture
def second(cast: Cast) -> Resource:
    """Another shared table of the owner."""
    dataset = make.dataset("Giáo viên", at=cast.owner, access=Dataset.Access.SHARED)
    return make.published(of=dataset.resources.get()).resource


def proposed(client: Client, cast: Cast, service: SharingService, **ticked: Any) -> Any:
    """The form as the page has it, with what is ticked beside, and the reason."""
    client.force_login(cast.describer)
    address = reverse("service_edit", args=[service.code])
    form = client.get(address).context["form"]
    filled = {one.html_name: one.value() for one in form if one.value() not in (None, False, "")}
    return client.post(address, {**filled, "reason": REASON, **ticked}, follow=True)


def tick(table: Resource, *columns: str) -> dict[str, Any]:
    return {f"bang-{table.pk.hex}": "on", f"cot-{table.pk.hex}": list(columns)}


def rows(client: Client, account: Gateway, table: Resource) -> Any:
    path = reverse("gateway-rows", args=[table.pk])
    return client.get(path, headers={"authorization": f"Bearer {account.token}"})


def test_ticking_tables_and_columns_widens_no_account(
    client: Client, cast: Cast, service: SharingService, second: Resource
):
    """Also after the approver accepted: the consent named no table and no column, "all" was frozen."""
    account = Gateway(client, cast, service, made.issued(cast, service))
    account.sign_in()
    first = service.tables.get().resource
    for act in ("", "accept"):
        if act:
            send(client, cast.approver, "service_change", *_only(), decision=act)
        else:
            proposed(client, cast, service, **tick(second), **tick(first, "ma_xa", "so_truong"))
        assert list(rows(client, account, first).json()["data"][0]) == ["ma_xa", "ten_xa"]
        assert rows(client, account, second).status_code == 404
        [given] = account.call("/chia-se/v1/services").json()["data"][0]["tables"]
        assert given["id"] == str(first.pk)
    assert {one.resource for one in service.tables.all()} == {first, second}
    new = made.issue(
        made.request_at(RequestState.PROCESSING, Cast(owner=cast.owner), service), cast
    )
    assert set(new.account.scope) == {str(first.pk), str(second.pk)}


def _only() -> tuple[str, int]:
    change = ServiceChange.objects.select_related("service").get()
    return change.service.code, change.pk


def test_the_owner_s_approver_decides_and_both_sides_are_told(
    client: Client, cast: Cast, service: SharingService, second: Resource
):
    made.issued(cast, service)
    page = proposed(client, cast, service, **tick(second)).content.decode()
    assert "Đã gửi đề nghị thay đổi" in page
    assert not service.tables.filter(resource=second).exists()
    told = Notice.objects.filter(kind="service.change_proposed")
    assert cast.approver in {one.person for one in told}
    page = look(client, cast.approver, "consents")
    assert reverse("service_change", args=_only()) in page
    assert "1 đề nghị thay đổi dịch vụ chia sẻ chờ duyệt" in look(client, cast.approver, "work")
    assert waiting_of(client, cast.approver) == 1
    assert waiting_of(client, cast.describer) == 0
    page = look(client, cast.approver, "service_change", *_only())
    assert "không chia sẻ bảng này" in page
    assert "mọi cột" in page
    assert "1 tài khoản còn hiệu lực của dịch vụ này" in page
    send(client, cast.approver, "service_change", *_only(), decision="accept")
    assert service.tables.filter(resource=second).exists()
    told = Notice.objects.filter(kind="service.change_accepted")
    assert {one.person for one in told} == {cast.contact, cast.describer}
    [event] = AuditEvent.objects.filter(action="service.change_accepted")
    assert (event.actor_id, event.after["reason"]) == (cast.approver.pk, REASON)
    assert str(second.pk) not in event.before["tables"]
    assert str(second.pk) in event.after["tables"]
    client.force_login(cast.contact)
    assert client.get(told.get(person=cast.contact).path).status_code == 200


def waiting_of(client: Client, person: Person) -> int:
    """What the menu says beside "Yêu cầu cần ý kiến"."""
    client.force_login(person)
    return client.get(reverse("work")).context["me"].waiting_consents


def test_whoever_proposed_does_not_decide(client: Client, cast: Cast, service: SharingService):
    cast.describer.memberships.create(
        agency=cast.owner, role_code="approver", valid_from="2023-10-10"
    )
    proposed(client, cast, service, version="2.0")
    assert "Người đề nghị không được tự duyệt." in look(
        client, cast.describer, "service_change", *_only()
    )
    page = send(client, cast.describer, "service_change", *_only(), decision="accept")
    assert "Người đề nghị không được tự duyệt." in page.content.decode()
    service.refresh_from_db()
    assert service.version == "1.0"


def test_a_proposal_dies_with_its_proposer_s_right(
    client: Client, cast: Cast, service: SharingService
):
    proposed(client, cast, service, version="2.0")
    cast.describer.is_active = False
    cast.describer.save()
    page = send(client, cast.approver, "service_change", *_only(), decision="accept")
    assert "Người đề nghị không còn quyền này." in page.content.decode()
    service.refresh_from_db()
    assert service.version == "1.0"


def test_refused_with_a_reason(client: Client, cast: Cast, service: SharingService):
    proposed(client, cast, service, version="2.0")
    page = send(client, cast.approver, "service_change", *_only(), decision="refuse", reason="Chưa")
    assert "ít nhất 10 ký tự" in page.content.decode()
    reason = "Chưa thống nhất với phòng nghiệp vụ."
    send(client, cast.approver, "service_change", *_only(), decision="refuse", reason=reason)
    service.refresh_from_db()
    assert service.version == "1.0"
    assert Notice.objects.get(kind="service.change_refused").person == cast.describer
    assert AuditEvent.objects.get(action="service.change_refused").after["reason"] == reason
    page = send(client, cast.approver, "service_change", *_only(), decision="accept")
    assert "Đề nghị này đã được xử lý" in page.content.decode()


def test_one_waits_at_a_time_and_may_be_taken_back(
    client: Client, cast: Cast, service: SharingService
):
    proposed(client, cast, service, version="2.0")
    assert "chờ duyệt" in look(client, cast.describer, "service_edit", service.code)
    page = look(client, cast.describer, "service_change", *_only())
    assert any("decision" in form.names for form in forms_on(page))
    send(client, cast.describer, "service_change", *_only(), decision="withdraw")
    assert ServiceChange.objects.get().state == "withdrawn"
    proposed(client, cast, service, version="3.0")
    assert ServiceChange.objects.count() == 2


def test_nothing_changed_is_no_proposal(client: Client, cast: Cast, service: SharingService):
    page = proposed(client, cast, service)
    assert "Chưa có nội dung nào thay đổi" in page.content.decode()
    page = proposed(client, cast, service, version="2.0", reason="")
    assert "Hãy điền nội dung này." in page.content.decode()
    assert not ServiceChange.objects.exists()


def test_others_may_not(client: Client, cast: Cast, service: SharingService):
    proposed(client, cast, service, version="2.0")
    assert answer(client, cast.contact, "service_change", *_only()).status_code == 404
    for person in (cast.describer, make.person("contributor", cast.owner)):
        client.force_login(person)
        response = client.post(reverse("service_change", args=_only()), {"decision": "accept"})
        assert response.status_code == 403
    assert ServiceChange.objects.get().state == "waiting"


def test_a_draft_is_not_offered_by_whoever_changed_it_last(
    client: Client, cast: Cast, service: SharingService
):
    draft = SharingService.objects.get(pk=service.pk)
    draft.state, draft.offered_at, draft.offered_by = "draft", None, None
    draft.save()
    colleague = make.person("contact_officer", cast.owner)
    colleague.memberships.create(agency=cast.owner, role_code="approver", valid_from="2023-10-10")
    client.force_login(colleague)
    form = client.get(reverse("service_edit", args=[draft.code])).context["form"]
    filled = {one.html_name: one.value() for one in form if one.value() not in (None, False, "")}
    client.post(reverse("service_edit", args=[draft.code]), {**filled, "version": "2.0"})
    send(client, colleague, "service_offer", draft.code)
    draft.refresh_from_db()
    assert (draft.version, draft.state) == ("2.0", "draft")


def test_existing_scopes_are_frozen_at_what_they_give(cast: Cast, service: SharingService):
    """What the migration does with consents and accounts that left it to the service."""
    account = made.issued(cast, service).account
    key = str(service.tables.get().resource_id)
    consent = account.request.consents.get()
    for before, after in (
        ({}, ["ma_xa", "ten_xa"]),
        ({key: {}}, ["ma_xa", "ten_xa"]),
        ({key: {"columns": ["ten_xa", "so_truong"]}}, ["ten_xa"]),
    ):
        for one in (account, consent):
            one.scope = before
            one.save()
        import_module("sharing.migrations.0008_frozen_scopes").freeze(apps, None)
        for one in (account, consent):
            one.refresh_from_db()
            assert one.scope == {key: {"columns": after, "rows": []}}
