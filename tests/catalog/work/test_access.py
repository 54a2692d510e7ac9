"""Who may open which page: every address of the work area × every role."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from accounts.roles import ROLES, Permission
from catalog import work_urls
from catalog.actions import pulls, sources
from catalog.actions.sources import Settings
from catalog.models import Dataset, Pull, Release, Resource
from catalog.states import ReleaseState
from tests import factories
from tests.catalog.work.conftest import SignIn

DATASET, RESOURCE, RELEASE, PULL = "slug", "resource_id", "release_id", "pull_id"
SEE, REGISTER = Permission.SEE_AGENCY_WORK, Permission.REGISTER_DATASET
UPLOAD, DECIDE = Permission.UPLOAD_RELEASE, Permission.DECIDE_RELEASE
WITHDRAW, CURATE = Permission.WITHDRAW_DATASET, Permission.CURATE_CATALOGUE

# Name of the page, what its address names, what it takes to open it.
PAGES: dict[str, tuple[str, Permission]] = {
    "work_dataset": (DATASET, SEE),
    "dataset_edit": (DATASET, REGISTER),
    "dataset_rename": (DATASET, CURATE),
    "dataset_publish_description": (DATASET, DECIDE),
    "dataset_withdraw": (DATASET, WITHDRAW),
    "resource_add": (DATASET, REGISTER),
    "resource_columns": (RESOURCE, REGISTER),
    "resource_template": (RESOURCE, SEE),
    "upload": (RESOURCE, UPLOAD),
    "source": (RESOURCE, SEE),
    "source_edit": (RESOURCE, REGISTER),
    "source_pull": (RESOURCE, REGISTER),
    "source_approve": (RESOURCE, DECIDE),
    "source_revoke": (RESOURCE, DECIDE),
    "source_switch": (RESOURCE, REGISTER),
    "pull": (PULL, SEE),
    "pull_status": (PULL, SEE),
    "release": (RELEASE, SEE),
    "release_status": (RELEASE, SEE),
    "release_file": (RELEASE, SEE),
    "release_submit": (RELEASE, UPLOAD),
    "release_receipt": (RELEASE, SEE),
    "release_decide": (RELEASE, DECIDE),
    "release_recall": (RELEASE, UPLOAD),
    "release_discard": (RELEASE, UPLOAD),
    "release_withdraw": (RELEASE, WITHDRAW),
}
# Pages of no single agency: with the permission anywhere, or for everybody who has signed in.
OVERVIEWS: dict[str, Permission | None] = {
    "work": None,
    "work_datasets": SEE,
    "dataset_register": REGISTER,
    "approvals": DECIDE,
    "coverage": SEE,
}
OPENS = (200, 302)


@dataclass(frozen=True)
class Things:
    dataset: Dataset
    resource: Resource
    release: Release
    pull: Pull

    def address(self, name: str) -> str:
        values = {
            DATASET: self.dataset.slug,
            RESOURCE: self.resource.pk,
            RELEASE: self.release.pk,
            PULL: self.pull.pk,
        }
        return reverse(name, args=[values[PAGES[name][0]]])


@pytest.fixture
def things(agency: Agency) -> Things:
    release = factories.release_at(
        ReleaseState.PUBLISHED, of=factories.dataset(at=agency).resources.get()
    )
    table, person = release.resource, factories.person("contributor", agency)
    api = Settings(url="https://csdl.thu.example/so-lieu?ky={period}")
    source = sources.configure(resource=table, settings=api, by=person)
    pull = pulls.ask(source=source, period_code="2026Q1", by=person)
    return Things(table.dataset, table, release, pull)


def test_every_address_of_the_work_area_is_in_these_tables() -> None:
    lists = (
        work_urls.urlpatterns,
        work_urls._dataset,
        work_urls._resource,
        work_urls._release,
        work_urls._pull,
    )
    names = {pattern.name for patterns in lists for pattern in patterns if hasattr(pattern, "name")}
    assert names == PAGES.keys() | OVERVIEWS.keys()


def answers(client: Client, things: Things) -> dict[str, int]:
    """Page → status of opening it."""
    found = {}
    for name in PAGES:
        response: Any = client.get(things.address(name))
        found[name] = response.status_code
        if response.streaming:
            b"".join(response.streaming_content)  # to its end, so that the file is closed
    return found


def test_a_visitor_is_sent_to_the_sign_in_page(client: Client, things: Things) -> None:
    for name in PAGES:
        address = things.address(name)
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"] == f"/dang-nhap/?next={address}"


@pytest.mark.parametrize("role", ["contributor", "approver", "agency_admin", None])
def test_somebody_of_another_agency_learns_nothing(
    client: Client, things: Things, sign_in: SignIn, role: str | None
) -> None:
    sign_in(role, at=factories.agency("Sở khác"))
    assert answers(client, things) == dict.fromkeys(PAGES, 404)
    assert {client.post(things.address(name)).status_code for name in PAGES} == {404}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_it_carries_and_is_told_otherwise(
    client: Client, things: Things, sign_in: SignIn, role: str
) -> None:
    sign_in(role)
    found = answers(client, things)
    carried = {name for name in PAGES if PAGES[name][1] in ROLES[role].permissions}
    assert {name for name, status in found.items() if status in OPENS} == carried
    refused = PAGES.keys() - carried
    assert {name: found[name] for name in refused} == dict.fromkeys(refused, 403)
    assert {client.post(things.address(name)).status_code for name in refused} <= {403}


@pytest.mark.parametrize("role", ROLES)
def test_overviews_open_to_roles_that_carry_the_permission(
    client: Client, sign_in: SignIn, role: str
) -> None:
    sign_in(role)
    held = ROLES[role].permissions
    expected = {
        name: 200 if needed is None or needed in held else 403 for name, needed in OVERVIEWS.items()
    }
    # Who works for no agency is sent on to the page of the role.
    found = {name: client.get(reverse(name), follow=True).status_code for name in OVERVIEWS}
    assert found == expected


def test_overviews_ask_a_visitor_to_sign_in(client: Client, db: None) -> None:
    for name in OVERVIEWS:
        response = client.get(reverse(name))
        assert response.status_code == 302
        assert response["Location"].startswith("/dang-nhap/")


@pytest.mark.parametrize("name", ["release", "resource_columns"])
def test_an_object_that_does_not_exist_is_not_found(
    client: Client, sign_in: SignIn, name: str
) -> None:
    sign_in("contributor")
    nothing = "00000000-0000-0000-0000-000000000000"
    assert client.get(reverse(name, args=[nothing])).status_code == 404


def test_deciding_needs_a_second_factor_where_the_portal_asks_for_one(
    client: Client, things: Things, sign_in: SignIn, settings: object
) -> None:
    sign_in("approver")
    settings.REQUIRE_2FA = True  # type: ignore[attr-defined]
    response = client.get(things.address("release_decide"))
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_activate_totp")
