"""A path that climbs out of its place leads nowhere, whatever address it stands in and however written."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from catalog.models import Release
from tests import factories as make

pytestmark = pytest.mark.django_db
CLIMBING = (
    "../../../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%252e%252e%252fetc%252fpasswd",
    "..%5c..%5cwindows%5cwin.ini",
    "%2fetc%2fpasswd",
    "a%00.csv",
)
PART = re.compile(r"<(?:\w+:)?(\w+)>")
# A link of a letter that no longer works leads to the page that sends another.
LED_BACK = ("/tai-khoan/xac-thuc/thu/",)
BESIDE = ("static/<path>", "media/<path>", "<path>", "en/<path>")
LEAST_PLACES = 90


def addresses(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every address of the portal that has a part to be filled in, machine's and people's."""
    for entry in resolver.url_patterns:
        path = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, path)
        elif isinstance(entry, URLPattern) and PART.search(path) and "(?P" not in path:
            yield path


def filled(address: str, known: dict[str, str], climbing: str) -> Iterator[str]:
    """The address with the climbing path for one part after the other, the rest as they should be."""
    for part in PART.findall(address):
        values = {**known, part: climbing}
        yield "/" + PART.sub(lambda found, v=values: v.get(found[1], "1"), address)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_no_address_leads_out():
    release = make.published()
    table = release.resource
    known = {
        "slug": table.dataset.slug,
        "resource_id": str(table.pk),
        "release_id": str(release.pk),
        "period": release.period,
    }
    client = Client(raise_request_exception=False)
    client.force_login(make.person("contributor", table.dataset.agency))
    places = [*BESIDE, *addresses(get_resolver())]
    assert len(places) >= LEAST_PLACES
    wrong = {}
    for climbing in CLIMBING:
        for path in (one for place in places for one in filled(place, known, climbing)):
            answer = client.get(path)
            where = answer.headers.get("Location")
            refused = answer.status_code in (400, 403, 404, 405) or where in LED_BACK
            if not refused or b"root:" in body(answer):
                wrong[path] = (answer.status_code, where)
    assert wrong == {}


@pytest.mark.parametrize("name", ["../../x.csv", "..\\..\\x.csv", "/etc/x.csv", "a\r\nX: y.csv"])
def test_the_name_of_a_file_is_no_path_and_no_header(name: str):
    release: Release = make.published(name=name)
    assert default_storage.exists(release.file_key)
    assert not {"..", "x.csv", "\\"} & set(re.split(r"(\.\.|/|\\)", release.file_key))
    slug, table = release.resource.dataset.slug, release.resource_id
    pattern = rf'/dataset/{slug}/resource/{table}/download/[^"?]+'
    client = Client()
    found = set(re.findall(pattern, client.get(f"/dataset/{slug}").content.decode()))
    assert found
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200
        disposition = answer.headers.get("Content-Disposition", "")
        assert not re.search(r"\.\.|[/\\\r\n]", disposition.replace("UTF-8''", ""))
        body(answer)
