"""/group/: the topics, and the datasets of one."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.catalog.public.conftest import MakePublic

pytestmark = pytest.mark.django_db


def test_every_topic_has_its_count(client: Client, public: MakePublic) -> None:
    public("Trạm y tế", topics=[factories.topic("Y tế")])
    factories.topic("Du lịch")
    page = client.get("/group/")
    assert {t.title: t.public_count for t in page.context["topics"]} == {"Y tế": 1, "Du lịch": 0}


def test_topics_keep_their_order(client: Client) -> None:
    for position, title in ((2, "An sinh"), (1, "Y tế"), (3, "Biển")):
        topic = factories.topic(title)
        topic.position = position
        topic.save()
    assert [t.title for t in client.get("/group/").context["topics"]] == ["Y tế", "An sinh", "Biển"]


def test_a_topic_lists_its_public_datasets(client: Client, public: MakePublic) -> None:
    health = factories.topic("Y tế")
    public("Trạm y tế", topics=[health])
    public("Trường học", topics=[factories.topic("Giáo dục")])
    factories.dataset("Bản nháp", topics=[health])
    page = client.get("/group/y-te")
    assert [d.title for d in page.context["page"]] == ["Trạm y tế"]


def test_an_empty_topic_says_so(client: Client) -> None:
    factories.topic("Du lịch")
    assert "chưa có bộ dữ liệu nào" in client.get("/group/du-lich").content.decode()


def test_an_unknown_topic_is_404(client: Client) -> None:
    assert client.get("/group/khong-co").status_code == 404


def test_the_queries_do_not_grow(
    client: Client, public: MakePublic, django_assert_num_queries: Any
) -> None:
    topic, agency, by = factories.topic("Y tế"), factories.agency(), factories.person("contributor")
    by.memberships.update(agency=agency)
    for number in range(20):
        public(f"Bộ {number}", at=agency, by=by, topics=[topic])
        if number in (0, 19):
            with django_assert_num_queries(4):  # topic, count, datasets, who is in charge
                client.get("/group/y-te")
