"""Where each role's work begins, and that its menu leads nowhere it may not go."""

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.landings import LANDINGS, OF_AN_AGENCY
from accounts.models import Person
from accounts.roles import ROLES
from portal.work_menu import MOST_IN_A_LINE
from tests import factories as make
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(request: pytest.FixtureRequest) -> Person:
    """Somebody of one role alone; the data authority's own people work there."""
    call_command("load_deadlines", verbosity=0)
    role: str = request.param
    return make.person(role, make.agency("Sở", data_authority=role.startswith("ict")))


every_role = pytest.mark.parametrize("person", ROLES, indirect=True)


def role_of(person: Person) -> str:
    return person.memberships.get().role_code


def home_of(person: Person) -> str:
    page = LANDINGS[role_of(person)]
    slug = person.memberships.get().agency.slug
    return reverse(page, args=[slug] if page in OF_AN_AGENCY else [])


def test_every_role_has_its_page():
    assert LANDINGS.keys() == ROLES.keys()


@every_role
def test_signing_in_leads_to_ones_own_page(client: Client, person: Person):
    answer = client.post(
        reverse("account_login"), {"login": person.email, "password": make.PASSWORD}, follow=True
    )
    assert answer.redirect_chain[-1][0] == home_of(person)
    assert answer.status_code == 200


@every_role
def test_so_does_the_public_sites_link(client: Client, person: Person):
    client.force_login(person)
    found = re.search(r'<a href="([^"]+)">Khu vực làm việc<', markup(client.get("/")))
    assert found
    assert found[1] == home_of(person)
    assert client.get(found[1]).status_code == 200


@every_role
def test_every_entry_of_the_menu_opens(client: Client, person: Person):
    client.force_login(person)
    menu = menu_of(client, home_of(person))
    links = re.findall(r'<a href="([^"]+)"( aria-current="page")?', menu)
    assert home_of(person) in [link for link, _current in links]
    for link, _current in links:
        assert client.get(link).status_code == 200, link
    assert [link for link, current in links if current] == [home_of(person)]


@pytest.mark.parametrize("person", ["ict_officer"], indirect=True)
def test_the_officers_entries_stand_in_five_groups(client: Client, person: Person):
    client.force_login(person)
    menu = menu_of(client, reverse("office_accounts"))
    groups = re.findall(r"<summary[^>]*>([^<]+)</summary>", menu)
    single = re.findall(r'</details></li>|<li><a href="[^"]+"[^>]*>([^<]+)</a></li>', menu)
    assert groups == ["Kết nối", "Tiến độ", "Danh mục", "Thiết lập"]
    assert single[0] == "Việc của tôi"
    assert '<summary aria-current="true">Kết nối</summary>' in menu


@pytest.mark.parametrize("person", ["contributor"], indirect=True)
def test_who_has_few_entries_has_them_in_a_line(client: Client, person: Person):
    client.force_login(person)
    menu = menu_of(client, reverse("work"))
    assert "<details" not in menu
    assert 1 < menu.count("<li>") <= MOST_IN_A_LINE


@pytest.mark.parametrize("person", ["province_leader"], indirect=True)
def test_who_works_for_no_agency_is_led_on(client: Client, person: Person):
    client.force_login(person)
    assert client.get(reverse("work")).url == reverse("leader")


def test_who_has_several_roles_comes_to_the_first(client: Client):
    person = make.person("agency_admin", make.agency())
    held = person.memberships.get()
    held.pk, held.role_code = None, "contributor"
    held.save()
    client.force_login(person)
    assert 'href="/lam-viec/">Khu vực làm việc<' in markup(client.get("/"))


def test_without_a_role_there_is_no_such_link(client: Client):
    person = make.person("contributor", make.agency())
    person.memberships.all().delete()
    client.force_login(person)
    assert "Khu vực làm việc" not in markup(client.get("/"))
    assert client.get(reverse("work")).status_code == 200


def menu_of(client: Client, path: str) -> str:
    page = markup(client.get(path))
    return page[page.index('<ul role="list">') : page.index("</nav>")]
