"""Demonstration accounts: posts of agencies, so that every role can be tried."""

from accounts.roles import ROLES
from demo.agencies import agencies
from demo.catalogue import DATASETS
from demo.people import DOMAIN, FULLY_STAFFED, PEOPLE

HELD = {role for person in PEOPLE for role in person.roles}


def test_every_owner_has_a_contributor_and_an_approver() -> None:
    for key in {dataset.agency_key for dataset in DATASETS}:
        assert ("contributor", key) in HELD
        assert ("approver", key) in HELD


def test_nobody_both_submits_and_approves() -> None:
    for person in PEOPLE:
        roles = {role for role, _ in person.roles}
        assert not {"contributor", "approver"} <= roles


def test_every_role_of_the_portal_is_held() -> None:
    assert {role for role, _ in HELD} == set(ROLES)
    assert {key for role, key in HELD if role == "agency_admin"} == set(FULLY_STAFFED)
    assert {key for role, key in HELD if role.startswith("ict_")} == {"SKHCN2025"}


def test_addresses_are_unique_illustrative_and_ascii() -> None:
    emails = [person.email for person in PEOPLE]
    assert len(set(emails)) == len(emails)
    assert all(
        email.endswith(f"@{DOMAIN}") and email.isascii() and email.islower() for email in emails
    )


def test_names_are_posts_with_their_agency() -> None:
    names = {person.email: person.full_name for person in PEOPLE}
    assert names[f"syt.capnhat@{DOMAIN}"] == "Cán bộ cập nhật – Sở Y tế"
    assert all(agencies()[key]["valid_to"] == "" for _, key in HELD)
