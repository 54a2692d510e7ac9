"""/giay-phep/: the terms of use, in force and ended."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from catalog.models import Licence
from tests import factories

pytestmark = pytest.mark.django_db
TEXTS = settings.BASE_DIR / "catalog" / "reference" / "licences"


def test_terms_in_force_are_shown_in_full(client: Client) -> None:
    licence = factories.licence()
    Licence.objects.filter(pk=licence.pk).update(terms_vi="### Phải làm gì\n\n1. **Ghi nguồn.**")
    text = client.get("/giay-phep/").content.decode()
    assert 'id="nghe-an-mo"' in text
    assert "<strong>Ghi nguồn.</strong>" in text
    assert "10/10/2023" in text


def test_ended_terms_stay_readable_with_their_last_day(client: Client) -> None:
    licence = factories.licence()
    Licence.objects.filter(pk=licence.pk).update(valid_to=date(2025, 10, 21))
    text = client.get("/giay-phep/").content.decode()
    assert "Điều khoản đã hết hiệu lực" in text
    assert "21/10/2025" in text


def test_no_terms_yet(client: Client) -> None:
    assert "Chưa có điều khoản nào" in client.get("/giay-phep/").content.decode()


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            "nghe-an-mo.vi.md",
            ["Ghi nguồn", "Không bán", "miễn phí", "thương mại", "không chịu trách nhiệm"],
        ),
        ("nghe-an-mo.en.md", ["Cite", "Do not sell", "free of charge", "commercial", "not liable"]),
    ],
)
def test_the_texts_hold_every_term_of_the_decree(file: str, words: list[str]) -> None:
    text = Path(TEXTS / file).read_text(encoding="utf-8")
    for word in words:
        assert word in text
