"""/dieu-hanh/van-hanh/: what an operator sees of the portal's health."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.notices import write_letter
from accounts.models import Person
from catalog.models import Release
from catalog.states import ReleaseState
from core import clock
from deadlines.models import Sweep
from tests import factories as make
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator(client: Client) -> Person:
    person = make.person("operator", make.agency("Trung tâm CNTT"))
    client.force_login(person)
    return person


def look(client: Client) -> str:
    return markup(client.get(reverse("operations")))


@pytest.mark.usefixtures("operator")
def test_all_is_well(client: Client):
    Sweep.objects.create(pk=1, last_at=clock.now())
    page = look(client)
    assert page.count("Hoạt động") >= 6
    assert "Không trả lời" not in page
    assert "Cần xem lại" not in page
    for name in ("Python", "Django", "PostgreSQL", "Redis", "DuckDB"):
        assert f"<dt>{name}</dt><dd>" in page
        assert f"<dt>{name}</dt><dd>–" not in page
    assert "để dành cho cơ sở dữ liệu" in page


@pytest.mark.usefixtures("operator")
def test_what_waits_and_what_has_failed(client: Client):
    letter = write_letter(to="dau-moi@so.example", subject="Thư", body="…")
    letter.attempts, letter.last_error = 10, "Connection refused"
    letter.given_up_at = clock.now()
    letter.save()
    write_letter(to="khac@so.example", subject="Thư", body="…")
    release = make.release_at(ReleaseState.CHECKING)
    Release.objects.filter(pk=release.pk).update(attempts=2, stage="reading")
    now = client.get(reverse("operations")).context["now"]
    assert (now.letters.waiting, now.letters.failed) == (1, 1)
    assert (now.files.waiting, now.files.failed) == (1, 1)
    page = look(client)
    assert "dau-moi@so.example" in page
    assert "Connection refused" in page
    assert "Đã thôi gửi" in page
    assert release.resource.dataset.title_vi in page


@pytest.mark.usefixtures("operator")
def test_a_part_that_fails_is_named(client: Client):
    Sweep.objects.create(pk=1, last_at=clock.now() - timedelta(days=2))
    page = look(client)
    assert "Cần xem lại" in page
    assert "last sweep too long ago" in page


@pytest.mark.parametrize("role", ["ict_leader", "auditor", "contributor"])
def test_it_is_the_operators(client: Client, role: str):
    client.force_login(make.person(role, make.agency()))
    assert client.get(reverse("operations")).status_code == 403


@pytest.mark.usefixtures("operator")
@pytest.mark.parametrize("number", [1, 6])
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries: Any, number: int
):
    for _one in range(number):
        letter = write_letter(to="dau-moi@so.example", subject="Thư", body="…")
        letter.attempts = 1
        letter.save()
        release = make.release_at(ReleaseState.CHECKING)
        Release.objects.filter(pk=release.pk).update(attempts=2, stage="reading")
    look(client)
    with django_assert_num_queries(QUERIES):
        look(client)


QUERIES = 17
