"""The front page."""

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from catalog.models import Dataset
from tests import factories
from tests.deadlines.moments import at
from tests.deadlines.rounds import nothing_to_report, opened, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _password_is_enough(settings: Any) -> None:
    settings.REQUIRE_2FA = False


def test_search_topics_and_what_is_new(client: Client) -> None:
    table = factories.dataset("Trường học", topics=[factories.topic("Giáo dục")]).resources.get()
    factories.published(of=table)
    factories.topic("Du lịch")
    page = client.get("/")
    text = page.content.decode()
    assert page.status_code == 200
    assert 'role="search"' in text
    assert [t.title for t in page.context["topics"]] == ["Giáo dục"]
    assert [d.title for d in page.context["newest"]] == ["Trường học"]
    counts = page.context["counts"]
    assert (counts.datasets, counts.open_datasets, counts.agencies) == (1, 1, 1)


def test_an_empty_portal_leads_to_the_agencies(client: Client) -> None:
    text = client.get("/").content.decode()
    assert "Chưa có bộ dữ liệu nào được công bố" in text
    assert "/organization/" in text


def test_drafts_and_withdrawn_are_not_shown(client: Client) -> None:
    factories.dataset("Bản nháp")
    assert "Bản nháp" not in client.get("/").content.decode()


def test_five_queries_however_many_datasets(client: Client, django_assert_num_queries: Any) -> None:
    agency, by = factories.agency(), factories.person("contributor")
    by.memberships.update(agency=agency)
    for number in range(8):
        made = factories.dataset(f"Bộ {number}", at=agency, by=by)
        Dataset.objects.filter(pk=made.pk).update(
            state=Dataset.State.PUBLISHED, first_published_at=made.created_at
        )
        if number in (0, 7):
            with django_assert_num_queries(5):  # quarter, counts, topics, newest, who is in charge
                client.get("/")


def test_the_quarter_in_one_sentence(client: Client, django_assert_num_queries: Any) -> None:
    call_command("load_deadlines", verbosity=0)
    done, *_others = registered(factories.agency("Sở Y tế"), ["A", "B", "C"])
    opened()
    nothing_to_report(done, "2026-10-05")
    with at("2026-10-10"), django_assert_num_queries(6):  # and the figures of the quarter
        text = client.get("/").content.decode()
    assert "0/1 cơ quan đủ, 1/3 bộ dữ liệu, còn 6 ngày." in text
    assert 'href="/tien-do/2026Q3/"' in text
    assert '<progress max="3"' in text


def test_english_stands_under_en(client: Client) -> None:
    page = client.get("/en/")
    assert page["Content-Language"] == "en"
    assert '<html lang="en"' in page.content.decode()
    assert 'hreflang="vi"' in page.content.decode()
