"""Parts of the dataset page are drawn once and kept, and never shown after what they show has changed."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client, override_settings

from catalog.actions import dataset, decision, excel
from catalog.models import Release
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> Iterator[None]:
    """What every process of a real installation has."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(CACHES={**settings.CACHES, "template_fragments": memory}):
        caches["template_fragments"].clear()
        yield


def test_a_second_look_asks_only_whether_anything_changed(
    client: Client, django_assert_num_queries: Any
) -> None:
    address = factories.published().resource.dataset.get_absolute_url()
    first = client.get(address).content
    with django_assert_num_queries(1):
        assert client.get(address).content == first


def test_a_new_title_shows_at_once(client: Client) -> None:
    release = factories.published()
    found = release.resource.dataset
    client.get(found.get_absolute_url())
    dataset.change(
        dataset=found,
        facts={"title_vi": "Tên mới của bộ dữ liệu"},
        topics=list(found.topics.all()),
        by=factories.person("contributor", found.agency),
    )
    assert "Tên mới của bộ dữ liệu</h1>" in client.get(found.get_absolute_url()).content.decode()


def test_a_workbook_is_offered_once_it_is_made(client: Client) -> None:
    release = factories.published()
    address = release.resource.dataset.get_absolute_url()
    Release.objects.filter(pk=release.pk).update(excel_size=None)
    assert "đang chuẩn bị" in client.get(address).content.decode()
    excel.prepare(release.pk)
    assert "đang chuẩn bị" not in client.get(address).content.decode()


def test_a_withdrawn_period_is_gone_at_once(client: Client) -> None:
    table = factories.dataset().resources.get()
    older = factories.published(of=table, period="2026Q1")
    newer = factories.published(of=table, period="2026Q2")
    address = table.dataset.get_absolute_url()
    assert "Quý II/2026" in client.get(address).content.decode()
    decision.withdraw(release=newer, reason="Sai số liệu", by=newer.decided_by)
    page = client.get(address).content.decode()
    assert "Quý II/2026" not in page
    assert "Quý I/2026" in page
    assert older.period in page


def test_each_language_has_its_own(client: Client) -> None:
    address = factories.published().resource.dataset.get_absolute_url()
    assert "Cách ghi nguồn" in client.get(address).content.decode()
    english = client.get(f"/en{address}").content.decode()
    assert "How to cite" in english
    assert "Cách ghi nguồn" not in english
