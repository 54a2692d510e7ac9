"""/kiem-tra/: where an inspection begins."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from tests import factories as make
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/kiem-tra/"


@pytest.fixture
def agency(client: Client) -> Agency:
    """One with a dataset, which was recorded; somebody inspects."""
    agency = make.agency("Sở Xây dựng")
    make.dataset("Công trình", at=agency)
    client.force_login(make.person("auditor", make.agency("Thanh tra tỉnh")))
    return agency


def test_every_agency_has_its_ways_in(client: Client, agency: Agency):
    response = client.get(PAGE)
    page = markup(response)
    counts = dict(response.context["rows"])
    assert counts[agency] > 0
    for path in (
        f"{reverse('audit')}?co_quan={agency.key}",
        f"{reverse('work_datasets')}?co_quan={agency.slug}",
        f"{reverse('office_overdue')}?co_quan={agency.slug}",
        reverse("organization", args=[agency.slug]),
    ):
        assert f'href="{path}"' in page
        assert client.get(path).status_code == 200, path


def test_the_trail_is_searched_from_here(client: Client, agency: Agency):
    page = client.get(PAGE).content.decode()
    assert f'action="{reverse("audit")}"' in page
    asked = dict.fromkeys(client.get(PAGE).context["form"].fields, "")
    found = markup(client.get(reverse("audit"), {**asked, "co_quan": agency.key}))
    assert "Đăng ký bộ dữ liệu" in found


def test_agencies_by_name_without_marks(client: Client, agency: Agency):
    found = [one for one, _count in client.get(PAGE, {"q": "xay dung so"}).context["rows"]]
    assert found == [agency]
    assert "Không có cơ quan nào có tên như vậy" in markup(client.get(PAGE, {"q": "không có"}))


def test_a_word_is_not_found_in_the_middle_of_another(client: Client, agency: Agency):
    """ "y" begins a word of the health department's name and ends one of another's."""
    health, home = make.agency("Sở Y tế"), make.agency("Sở Nội vụ tỉnh Quy Châu")
    found = [one for one, _count in client.get(PAGE, {"q": "sở y"}).context["rows"]]
    assert health in found
    assert home not in found


@pytest.mark.parametrize("role", ["ict_officer", "operator", "province_leader", "contributor"])
def test_others_do_not_inspect(client: Client, role: str):
    client.force_login(make.person(role, make.agency()))
    assert client.get(PAGE).status_code == 403


@pytest.mark.usefixtures("agency")
@pytest.mark.parametrize("number", [1, 6])
def test_the_number_of_queries_does_not_grow(
    client: Client, django_assert_num_queries: Any, number: int
):
    for _one in range(number):
        make.dataset(at=make.agency("Sở Nào đó"))
    client.get(PAGE)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)


QUERIES = 10
