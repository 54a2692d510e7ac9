"""MAP_TILES_URL: what may stand there, and which origin pictures may then come from."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.map_tiles import tiles_origins

WHOSE = "© Bản đồ mẫu"


def test_without_tiles_no_origin_is_let_in():
    assert tiles_origins("", "") == []


def test_the_origin_of_the_tiles_is_let_in_and_nothing_more():
    assert tiles_origins("https://tiles.example:8443/vn/{z}/{x}/{y}.png?key=1", WHOSE) == [
        "https://tiles.example:8443"
    ]


def test_tiles_of_this_site_need_no_origin():
    assert tiles_origins("/tiles/{z}/{x}/{y}.png", WHOSE) == []


@pytest.mark.parametrize(
    ("url", "attribution", "sentence"),
    [
        ("https://tiles.example/", WHOSE, "must hold {z}, {x} and {y}"),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", WHOSE, "behind the host's name"),
        ("ftp://tiles.example/{z}/{x}/{y}.png", WHOSE, "must begin with https://"),
        ("tiles.example/{z}/{x}/{y}.png", WHOSE, "must begin with https://"),
        ("//tiles.example/{z}/{x}/{y}.png", WHOSE, "must begin with https://"),
        ("https://tiles.example/{z}/{x}/{y}.png", "", "MAP_TILES_ATTRIBUTION must say"),
    ],
)
def test_what_gives_no_tiles_is_refused_in_words(url: str, attribution: str, sentence: str):
    with pytest.raises(
        ImproperlyConfigured, match=sentence.replace("{", r"\{").replace("}", r"\}")
    ):
        tiles_origins(url, attribution)
