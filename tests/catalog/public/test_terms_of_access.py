"""Terms of open data stand on open data only; other data say how to ask for them."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from catalog.models import Dataset
from tests import factories
from tests.catalog.public.conftest import MakePublic
from tests.markup import markup

pytestmark = pytest.mark.django_db
TERMS = "Điều khoản sử dụng dữ liệu mở"
CLOSED = [Dataset.Access.SHARED, Dataset.Access.LISTED]


def main(page: Any) -> str:
    return markup(page).split("<main")[1].split("</main>")[0]


def descriptions(client: Client, dataset: Dataset) -> list[Any]:
    """What programs are told of it: in the page, beside it, by the API."""
    page = client.get(dataset.get_absolute_url()).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    others = ("datapackage.json", "croissant.json")
    return [
        json.loads(block[1]),
        *(client.get(f"/dataset/{dataset.slug}/{name}").json() for name in others),
        client.get(f"/api/v1/datasets/{dataset.slug}/").json(),
    ]


def licence_of(description: dict[str, Any]) -> Any:
    names = ("license", "licenses", "licence")
    return next((description[name] for name in names if name in description), None)


def test_open_data_name_their_terms(client: Client) -> None:
    dataset = factories.published().resource.dataset
    assert main(client.get(dataset.get_absolute_url())).count(TERMS) == 2
    assert all(map(licence_of, descriptions(client, dataset)))


@pytest.mark.parametrize("access", CLOSED)
def test_other_data_have_none(client: Client, public: MakePublic, access: str) -> None:
    dataset = public("Hồ sơ bệnh án điện tử", access=access)
    page = main(client.get(dataset.get_absolute_url()))
    assert TERMS not in page
    assert "Điều khoản sử dụng" not in page
    assert not any(map(licence_of, descriptions(client, dataset)))


@pytest.mark.parametrize("access", CLOSED)
def test_they_say_how_to_ask(client: Client, public: MakePublic, access: str) -> None:
    dataset = public("Hồ sơ bệnh án điện tử", access=access, contact_email="dau-moi@thu.example")
    page = main(client.get(dataset.get_absolute_url()))
    notice = page.split('id="khai-thac"')[1].split("</div>")[0]
    assert page.count('href="#khai-thac"') == 2
    assert "mailto:dau-moi@thu.example" in notice
    assert ('href="/dich-vu-chia-se/"' in notice) == (access == Dataset.Access.SHARED)
