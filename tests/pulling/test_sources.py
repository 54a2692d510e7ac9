"""Setting an API up, approving it, taking that back; every refusal says what to do."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent
from accounts.permissions import Forbidden, SecondFactorMissing
from accounts.sealing import unseal
from catalog.actions import sources
from catalog.actions.sources import Settings
from catalog.models import Source
from catalog.states import ReleaseState
from tests import factories as make
from tests.deadlines.moments import at
from tests.pulling.conftest import SECRET, Office

pytestmark = pytest.mark.django_db


def code_of(act: Any) -> str:
    with pytest.raises(ValidationError) as refused:
        act()
    assert refused.value.messages[0].endswith((".", "{period}", "header)."))
    return str(refused.value.code)


def test_set_up_with_a_sealed_secret(office: Office):
    source = office.configure(header_name=" X-API-Key ", secret=f" {SECRET} ")
    assert (source.header_name, unseal(source.header_sealed)) == ("X-API-Key", SECRET)
    assert (source.enabled, source.approved_at, source.configured_by) == (True, None, office.staff)
    told = AuditEvent.objects.get(action="source.set_up").after
    assert (told["url"], told["secret_changed"]) == (office.api.url(), True)


def test_the_secret_is_kept_for_its_server_alone(office: Office):
    office.configure(header_name="X-API-Key", secret=SECRET)
    kept = office.configure(header_name="X-API-Key", url=office.api.url("/khac"))
    assert unseal(kept.header_sealed) == SECRET
    elsewhere = {"header_name": "X-API-Key", "url": "https://ke-trom.example/"}
    assert code_of(lambda: office.configure(**elsewhere)) == "header_value"
    assert code_of(lambda: office.configure(header_name="Authorization")) == "header_value"
    assert office.configure().header_sealed == ""


@pytest.mark.parametrize(
    ("change", "stays"),
    [
        ({"every_hours": 6}, True),
        ({"from_hour": 5}, True),
        ({"url": "https://csdl.thu.example/moi"}, False),
        ({"format": "json"}, False),
        ({"format": "json", "rows_path": "data"}, False),
        ({"header_name": "X-API-Key", "secret": "moi"}, False),
        ({}, True),
    ],
)
def test_what_changes_the_data_needs_approval_anew(
    office: Office, change: dict[str, Any], stays: bool
):
    with at("2026-09-20"):
        office.approved()
    with at("2026-09-21"):
        source = office.configure(**change)
    assert (source.approved_at is not None) == stays
    assert Source.objects.get().approved_by == (office.head if stays else None)


def test_another_value_of_the_same_header_needs_approval_anew(office: Office):
    with at("2026-09-20"):
        office.approved(header_name="X-API-Key", secret=SECRET)
        assert office.configure(header_name="X-API-Key").approved_at is not None
        assert office.configure(header_name="X-API-Key", secret="moi").approved_at is None


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"url": "csdl.gov.vn"}, "url"),
        ({"url": "https://csdl.gov.vn:8443/"}, "url"),
        ({"url": "https://csdl.gov.vn/{quy}"}, "url"),
        ({"url": "https://{period}.gov.vn/"}, "url"),
        ({"url": "https://csdl.gov.vn/?api_key=abc"}, "url"),
        ({"url": "https://csdl.gov.vn/?access_token=abc&ky={period}"}, "url"),
        ({"url": "https://a:b@csdl.gov.vn/"}, "url"),
        ({"header_name": "Host", "secret": "x"}, "header_name"),
        ({"header_name": "X Key", "secret": "x"}, "header_name"),
        ({"header_name": "X-Key:", "secret": "x"}, "header_name"),
        ({"header_name": "X-Key", "secret": "a\r\nHost: b"}, "header_value"),
        ({"header_name": "X-Key", "secret": "chữ có dấu"}, "header_value"),
        ({"header_name": "X-Key"}, "header_value"),
        ({"rows_path": "data..items"}, "rows_path"),
    ],
)
def test_refused(office: Office, asked: dict[str, Any], code: str):
    assert code_of(lambda: office.configure(**asked)) == code
    assert not Source.objects.exists()


def test_only_who_registers_sets_up_and_only_who_decides_approves(office: Office, settings: Any):
    with pytest.raises(Forbidden):
        sources.configure(
            resource=office.table, settings=Settings(url=office.api.url()), by=office.head
        )
    source = office.configure()
    with pytest.raises(Forbidden):
        sources.approve(source=source, seen=source.configured_at, by=office.staff)
    with pytest.raises(Forbidden):
        sources.switch(source=source, on=False, by=office.head)
    settings.REQUIRE_2FA = True
    with pytest.raises(SecondFactorMissing):
        sources.approve(source=source, seen=source.configured_at, by=office.head)


def test_approved_as_it_was_seen_and_tried(office: Office):
    with at("2026-09-20"):
        source = office.configure()
        seen = source.configured_at
        assert (
            code_of(lambda: sources.approve(source=source, seen=seen, by=office.head))
            == "not_tried"
        )
        office.api.gives(make.GOOD_CSV)
        office.pull_now(source, "2026Q2")
    with at("2026-09-21"):
        newer = office.configure(url=office.api.url("/khac"))
        assert (
            code_of(lambda: sources.approve(source=newer, seen=seen, by=office.head)) == "changed"
        )
        now = newer.configured_at
        assert (
            code_of(lambda: sources.approve(source=newer, seen=now, by=office.head)) == "not_tried"
        )


def test_whoever_set_it_up_does_not_approve_it(office: Office):
    make.Membership.objects.create(
        person=office.staff, agency=office.agency, role_code="approver", valid_from="2023-10-10"
    )
    both = type(office.staff).objects.get(pk=office.staff.pk)
    source = office.configure()
    seen = source.configured_at
    assert code_of(lambda: sources.approve(source=source, seen=seen, by=both)) == "same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.update(approved_by=both, approved_at=seen)


def test_the_first_period_is_published_by_people(office: Office):
    with at("2026-09-20"):
        office.table = make.dataset("Bảng mới", at=office.agency, by=office.staff).resources.get()
        source = office.configure()
        office.api.gives(make.GOOD_CSV)
        assert office.pull_now(source, "2026Q2").release.state == ReleaseState.READY
        seen = source.configured_at
        assert (
            code_of(lambda: sources.approve(source=source, seen=seen, by=office.head))
            == "no_dictionary"
        )


def test_a_dataset_that_takes_no_data_gets_no_api(office: Office):
    from catalog.actions import dataset as datasets

    datasets.withdraw(dataset=office.table.dataset, reason="Trùng dữ liệu khác.", by=office.head)
    office.table.dataset.refresh_from_db()
    assert code_of(office.configure) == "withdrawn"
