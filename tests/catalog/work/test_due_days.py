"""The last day of a period where it is delivered: on the upload page, on the receipt, at approval."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Release, Resource
from catalog.states import ReleaseState
from deadlines.actions import petitions
from deadlines.actions.sweep import sweep
from deadlines.models import Duty
from tests import factories
from tests.catalog.work.conftest import SignIn
from tests.deadlines.moments import at
from tests.markup import markup

QUARTER = "2026Q3"


@pytest.fixture
def table(agency: Agency) -> Resource:
    """Registered in June, so that the third quarter is owed until 16 October."""
    call_command("load_deadlines", verbosity=0)
    with at("2026-06-15"):
        made = factories.dataset(at=agency).resources.get()
    with at("2026-10-01"):
        sweep()
    return made


def page_of(client: Client, name: str, pk: object, day: str = "2026-10-20") -> str:
    with at(day):
        return markup(client.get(reverse(name, args=[pk])))


def published(table: Resource, day: str, state: str = ReleaseState.PUBLISHED) -> Release:
    with at(day):
        return factories.release_at(state, of=table, period=QUARTER)


def test_the_upload_page_says_by_when_a_period_is_owed(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    page = page_of(client, "upload", table.pk, "2026-10-06")
    assert "Quý III/2026 – Chưa nộp, hạn 16/10/2026" in page
    assert "Quý II/2026 – Chưa nộp<" in page
    published(table, "2026-10-06")
    assert "Quý III/2026 – Đã công bố<" in page_of(client, "upload", table.pk, "2026-10-06")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-10-13", "Đúng hạn, trước hạn 3 ngày"),
        ("2026-10-16", "Đúng hạn, trong ngày cuối"),
        ("2026-10-18", "Muộn 2 ngày"),
    ],
)
def test_the_receipt_says_whether_it_was_in_time(
    client: Client, table: Resource, sign_in: SignIn, day: str, words: str
) -> None:
    sign_in("contributor")
    assert words in page_of(client, "release_receipt", published(table, day).pk)


def test_a_receipt_before_publishing_tells_the_last_day(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = published(table, "2026-10-13", ReleaseState.SUBMITTED)
    page = page_of(client, "release_receipt", release.pk, "2026-10-13")
    assert 'Hạn hết ngày<time datetime="2026-10-16">' in page
    assert "được phê duyệt và công bố" in page
    assert "Đúng hạn" not in page


def test_a_receipt_of_data_nobody_owed_has_no_day(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    with at("2026-10-06"):
        release = factories.published(of=table, period="2024Q1")
    assert "Thời hạn" not in page_of(client, "release_receipt", release.pk)


def test_what_is_to_be_signed_is_on_the_page_of_approvals(
    client: Client, agency: Agency, table: Resource, sign_in: SignIn
) -> None:
    duty = Duty.objects.get(kind="dataset_update", period=QUARTER)
    with at("2026-10-05"):
        petition = petitions.declare_nothing(
            duty=duty, reason="Không cấp giấy phép nào.", by=factories.person("contributor", agency)
        )
    sign_in("approver")
    with at("2026-10-06"):
        page = markup(client.get(reverse("approvals")))
    assert "Chờ ký “không phát sinh” (1)" in page
    assert reverse("petition", args=[petition.pk]) in page
    assert "Không cấp giấy phép nào." in page
    sign_in("approver", factories.agency("Sở Khác"))
    assert reverse("petition", args=[petition.pk]) not in markup(client.get(reverse("approvals")))


def test_what_has_come_meanwhile_is_not_to_be_signed(
    client: Client, agency: Agency, table: Resource, sign_in: SignIn
) -> None:
    with at("2026-10-05"):
        petitions.declare_nothing(
            duty=Duty.objects.get(kind="dataset_update", period=QUARTER),
            reason="Không cấp giấy phép nào.",
            by=factories.person("contributor", agency),
        )
    published(table, "2026-10-06")
    sign_in("approver")
    assert "Chờ ký" not in markup(client.get(reverse("approvals")))
