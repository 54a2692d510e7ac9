"""/organization/: the agencies by kind, those of the past, and one agency's page."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import Agency
from deadlines.models import Round
from tests import factories
from tests.catalog.public.conftest import MakePublic
from tests.deadlines.moments import at
from tests.deadlines.rounds import nothing_to_report, opened, registered
from tests.markup import markup

pytestmark = pytest.mark.django_db
# The agency; its predecessors; its datasets, how many, how many open; its closed quarters; who is in
# charge.
ORGANIZATION_QUERIES = 7


def former(name: str, successor: Agency) -> Agency:
    return factories.agency(name, valid_to=date(2025, 2, 28), successor=successor)


def test_agencies_stand_under_their_kind_with_counts(client: Client, public: MakePublic) -> None:
    health = factories.agency("Sở Y tế")
    factories.agency("Trung tâm Công nghệ thông tin", kind=Agency.Kind.SERVICE_UNIT)
    public("Trạm y tế", at=health)
    page = client.get("/organization/")
    kinds = {
        kind: [(a.name, a.public_count) for a in listed] for kind, listed in page.context["groups"]
    }
    assert kinds == {
        "Sở": [("Sở Y tế", 1)],
        "Đơn vị sự nghiệp": [("Trung tâm Công nghệ thông tin", 0)],
    }


def test_agencies_are_in_the_order_of_a_vietnamese_dictionary(client: Client) -> None:
    for name in ("Sở Y tế", "Sở Đối ngoại", "Sở Du lịch", "Sở Công Thương"):
        factories.agency(name)
    ((_kind, listed),) = client.get("/organization/").context["groups"]
    assert [a.name for a in listed] == ["Sở Công Thương", "Sở Du lịch", "Sở Đối ngoại", "Sở Y tế"]


def test_agencies_of_the_past_lead_to_their_successor(client: Client) -> None:
    new = factories.agency("Sở Khoa học và Công nghệ")
    old = former("Sở Thông tin và Truyền thông", new)
    text = client.get("/organization/").content.decode()
    assert "Cơ quan trước đây" in text
    assert "28/02/2025" in text
    page = client.get(f"/organization/{old.slug}").content.decode()
    assert "Không còn hoạt động" in page
    assert f"/organization/{new.slug}" in page
    assert old.name in client.get(f"/organization/{new.slug}").content.decode()


def test_an_agency_shows_its_contact_and_its_datasets(client: Client, public: MakePublic) -> None:
    agency = factories.agency(
        "Sở Y tế", contact_email="lienhe@syt.example", function_vi="Chăm lo sức khoẻ."
    )
    public("Trạm y tế", at=agency)
    public("Của sở khác")
    text = client.get(f"/organization/{agency.slug}").content.decode()
    assert "Chăm lo sức khoẻ." in text
    assert "lienhe@syt.example" in text
    assert "Trạm y tế" in text
    assert "Của sở khác" not in text


def test_an_agency_that_kept_its_name_is_not_called_its_own_successor(client: Client) -> None:
    new = factories.agency("Sở Tài chính", name_en="")
    old = former("Sở Tài chính", new)
    text = markup(client.get("/organization/"))
    assert "nay là" not in text
    assert f'giữ nguyên tên:<a href="/organization/{new.slug}">xem cơ quan hiện nay' in text
    page = markup(client.get(f"/organization/{old.slug}"))
    assert f'giữ nguyên tên:<a href="/organization/{new.slug}">xem cơ quan hiện nay' in page
    assert "đến hết<time" in markup(client.get(f"/organization/{new.slug}"))


@pytest.mark.parametrize("verified", [False, True])
def test_a_symbol_stands_there_once_it_is_verified(client: Client, verified: bool) -> None:
    agency = factories.agency(document_symbol="STN-X", symbol_verified=verified)
    text = client.get(f"/organization/{agency.slug}").content.decode()
    assert ("STN-X" in text) is verified
    assert "chưa xác minh" not in text


def test_drafts_are_not_listed(client: Client) -> None:
    agency = factories.agency()
    factories.dataset("Bản nháp", at=agency)
    text = client.get(f"/organization/{agency.slug}").content.decode()
    assert "Bản nháp" not in text
    assert "chưa công bố bộ dữ liệu nào" in text


def test_twenty_datasets_a_page(client: Client, public: MakePublic) -> None:
    agency, by = factories.agency(), factories.person("contributor")
    by.memberships.update(agency=agency)
    for number in range(21):
        public(f"Bộ {number}", at=agency, by=by)
    address = f"/organization/{agency.slug}"
    assert len(client.get(address).context["page"].object_list) == 20
    assert len(client.get(address, {"page": "2"}).context["page"].object_list) == 1
    assert client.get(address, {"page": "x"}).status_code == 200


def test_an_unknown_agency_is_404_and_the_vietnamese_address_redirects(client: Client) -> None:
    assert client.get("/organization/khong-co").status_code == 404
    agency = factories.agency()
    answer = client.get(f"/co-quan/{agency.slug}")
    assert (answer.status_code, answer["Location"]) == (301, f"/organization/{agency.slug}")


def test_the_queries_do_not_grow_with_the_agencies(
    client: Client, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        factories.agency(f"Sở {number}")
    with django_assert_num_queries(2):  # the agencies; who is in charge
        client.get("/organization/")
    for number in range(5):
        former(f"Sở cũ {number}", factories.agency(f"Sở mới {number}"))
    with django_assert_num_queries(2):
        client.get("/organization/")


def test_an_agency_shows_its_last_closed_quarters(client: Client) -> None:
    call_command("load_deadlines", verbosity=0)
    agency = factories.agency("Sở Y tế")
    first, second, _missing = registered(agency, ["A", "B", "C"], on="2024-06-15")
    opened("2026-10-01")
    nothing_to_report(first, "2026-10-05")
    nothing_to_report(second, "2026-10-20")
    opened("2026-11-16")
    with at("2026-11-20"):
        page = client.get(f"/organization/{agency.slug}")
    words = [(round_.period, words) for round_, words, _part in page.context["record"]]
    assert len(words) == 8
    assert words[0] == ("2026Q3", "1/3 bộ dữ liệu đúng hạn, 1 muộn, 1 quá hạn")
    assert words[7] == ("2024Q4", "0/3 bộ dữ liệu đúng hạn, 3 quá hạn")
    assert f'href="/tien-do/2026Q3/{agency.slug}/"' in page.content.decode()


def test_the_record_is_one_query(client: Client, django_assert_num_queries: Any) -> None:
    call_command("load_deadlines", verbosity=0)
    agency = factories.agency("Sở Y tế")
    for on, closed in (("2026-06-15", 1), ("2024-06-15", 8)):
        registered(agency, [f"Từ {on}"], on=on)
        Round.objects.filter(duties__isnull=True).delete()
        opened("2026-11-16" if closed == 1 else "2026-11-17")
        with at("2026-11-20"), django_assert_num_queries(ORGANIZATION_QUERIES):
            assert client.get(f"/organization/{agency.slug}").status_code == 200
