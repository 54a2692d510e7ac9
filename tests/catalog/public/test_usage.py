"""What counts as a use, what does not, what is kept of it, and where a page shows it."""

import os
import subprocess
import sys
import time
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
import structlog
from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.test import Client, RequestFactory, override_settings
from redis import ConnectionError as NoRedis

from catalog import usage
from catalog.actions.usage import store_counts
from catalog.models import Release, ResourceUsage
from core import clock
from tests import factories

pytestmark = pytest.mark.django_db
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture(autouse=True)
def _nothing_counted() -> None:
    for key in usage.redis().scan_iter(match="usage:*"):
        usage.redis().delete(key)


@pytest.fixture
def release(db: None) -> Release:
    return factories.published()


@pytest.fixture
def page(release: Release) -> str:
    return release.resource.dataset.get_absolute_url()


@pytest.fixture
def csv_file(release: Release, page: str) -> str:
    name = f"{release.resource.dataset.slug}_{release.period}.csv"
    return f"{page}/resource/{release.resource_id}/download/{name}"


def counted() -> dict[str, int]:
    """ "kind format" → number, of what Redis has gathered."""
    fields = usage.redis().hgetall(usage.OPEN)
    return {" ".join(name.split("|")[2:]).strip(): int(n) for name, n in fields.items()}


def taken(answer: Any) -> Any:
    """The answer, read to its end as a client does."""
    if answer.streaming:
        list(answer.streaming_content)
    return answer


def test_a_page_counts_as_a_view(client: Client, release: Release, page: str) -> None:
    client.get(page, headers={"User-Agent": BROWSER})
    client.get(f"{page}?xem=tu-dien")
    client.get(f"{page}/resource/{release.resource_id}")
    assert counted() == {"view": 3}


def test_a_file_counts_by_its_format(client: Client, csv_file: str) -> None:
    for name in (csv_file, csv_file.replace(".csv", ".json"), csv_file.replace(".csv", "_goc.csv")):
        taken(client.get(name))
    assert counted() == {"download csv": 1, "download json": 1, "download goc": 1}


def test_chosen_rows_count_as_a_download(client: Client, csv_file: str) -> None:
    taken(client.get(csv_file, {"cot": "so_truong", "phep": "ge", "gia_tri": "10"}))
    assert counted() == {"download csv": 1}


def test_answers_of_the_api_count(client: Client, release: Release) -> None:
    for name in ("rows", "profile", "schema"):
        client.get(f"/api/v1/resources/{release.resource_id}/{name}")
    assert counted() == {"api json": 3}


def test_a_frame_of_another_site_counts(client: Client, release: Release) -> None:
    assert client.get(f"/nhung/{release.resource_id}/bang").status_code == 200
    assert client.get(f"/nhung/{release.resource_id}/khong-co").status_code == 404
    assert counted() == {"embed": 1}


def test_what_was_not_sent_does_not_count(client: Client, page: str, csv_file: str) -> None:
    etag = taken(client.get(csv_file)).headers["ETag"]
    assert client.get(csv_file, headers={"If-None-Match": etag}).status_code == 304
    assert client.head(csv_file).status_code == 200
    assert client.head(page).status_code == 200
    assert counted() == {"download csv": 1}


def test_a_file_taken_in_pieces_counts_once(rf: RequestFactory) -> None:
    for first in (0, 500, 1000):
        headers = {"Content-Range": f"bytes {first}-{first + 499}/1500"}
        piece = HttpResponse(b"x" * 500, status=206, headers=headers)
        usage.counted(rf.get("/"), piece, uuid4(), usage.Kind.DOWNLOAD, "csv").close()
    assert counted() == {"download csv": 1}


def test_refusals_do_not_count(client: Client, page: str, csv_file: str) -> None:
    assert client.get(f"{page}?page=0").status_code == 400
    assert client.get(f"{page}?ky=1999").status_code == 404
    assert client.get(csv_file, {"cot": "khong_co"}).status_code == 400
    assert counted() == {}


@pytest.mark.parametrize(
    "header",
    [
        {"Sec-Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
        {"User-Agent": "facebookexternalhit/1.1"},
    ],
)
def test_nobody_asked(client: Client, page: str, header: dict[str, str]) -> None:
    assert client.get(page, headers=header).status_code == 200
    assert counted() == {}


@pytest.mark.parametrize("program", ["curl/8.14.1", "python-requests/2.32", "R (4.5.1)", ""])
def test_programs_of_people_count(client: Client, csv_file: str, program: str) -> None:
    taken(client.get(csv_file, headers={"User-Agent": program}))
    assert counted() == {"download csv": 1}


def test_nothing_about_the_caller_is_kept(client: Client, page: str, release: Release) -> None:
    client.get(page, headers={"User-Agent": BROWSER, "X-Forwarded-For": "203.0.113.7"})
    [field] = usage.redis().hgetall(usage.OPEN)
    assert field == f"{clock.today().isoformat()}|{release.resource_id}|view|"
    store_counts()
    names = {field.name for field in ResourceUsage._meta.get_fields()}
    assert names == {"id", "resource", "day", "kind", "format", "count"}


def test_without_redis_pages_and_files_are_sent(
    client: Client, page: str, csv_file: str, monkeypatch: Any
) -> None:
    """The first loss is logged, and the end of the outage with what it cost."""
    monkeypatch.setattr(usage, "_outage", usage._Outage())
    with structlog.testing.capture_logs() as told, monkeypatch.context() as down:
        down.setattr(type(usage.redis()), "hincrby", _no_redis)
        assert client.get(page).status_code == 200
        assert taken(client.get(csv_file)).status_code == 200
    monkeypatch.setattr(usage._outage, "until", 0.0)
    with structlog.testing.capture_logs() as told_later:
        client.get(page)
    assert [one["event"] for one in told if "usage" in one["event"]] == ["usage_not_counted"]
    ended = [one for one in told_later if "usage" in one["event"]]
    assert [(one["event"], one["lost"]) for one in ended] == [("usage_counted_again", 2)]
    assert counted() == {"view": 1}


def test_a_redis_that_failed_is_left_alone_for_a_while(
    client: Client, page: str, monkeypatch: Any
) -> None:
    """A Redis that hangs would cost every answer a quarter of a second of the server."""
    monkeypatch.setattr(usage, "_outage", usage._Outage())
    asked = []
    monkeypatch.setattr(
        type(usage.redis()), "hincrby", lambda *_args: asked.append(1) or _no_redis()
    )
    for _ in range(3):
        client.get(page)
    assert len(asked) == 1


def test_a_page_without_uses_says_so(client: Client, page: str) -> None:
    text = client.get(page).content.decode()
    assert "Chưa ghi nhận lượt sử dụng nào của bảng này trong 12 tháng qua." in text


def test_a_page_shows_the_last_twelve_months(client: Client, release: Release, page: str) -> None:
    today = clock.today()
    year_ago = date(today.year - 1, today.month, 1)
    for day, kind, count in (
        (today, "download", 1234), (today, "view", 4), (today, "api", 2), (year_ago, "view", 90),
    ):  # fmt: skip
        ResourceUsage.objects.create(
            resource=release.resource, day=day, kind=kind, format="", count=count
        )
    text = client.get(page).content.decode()
    assert "4 lượt xem, 1.234 lượt tải, 2 lượt gọi API, 0 lượt xem ở trang khác" in text
    months = text.split("Xem theo tháng")[1].split("</table>")[0]
    assert months.count('<th scope="row">') == 12
    assert f"Tháng {today.month}/{today.year}" in months
    assert f"Tháng {today.month}/{today.year - 1}" not in months
    assert '<meter class="use" min="0" max="1234" value="1234"' in " ".join(months.split())


def test_the_facts_count_downloads_of_all_tables(
    client: Client, release: Release, page: str
) -> None:
    other = factories.resource(release.resource.dataset, title="Phụ lục")
    for table in (release.resource, other):
        ResourceUsage.objects.create(
            resource=table, day=clock.today(), kind="download", format="csv", count=21
        )
    text = client.get(page).content.decode()
    facts = text.split("Lượt tải 12 tháng")[1].split("</dl>")[0]
    assert "42" in facts


def test_a_look_at_a_kept_page_asks_nothing_about_use(
    client: Client, page: str, django_assert_num_queries: Any
) -> None:
    """Drawn parts expire after minutes; what they show of use is kept until the hour is over."""
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    with override_settings(CACHES={**settings.CACHES, "template_fragments": memory}):
        caches["template_fragments"].clear()
        client.get(page)
        with django_assert_num_queries(1):
            client.get(page)


def _no_redis(*_args: Any) -> None:
    raise NoRedis


def test_uses_gather_for_a_moment(monkeypatch: Any) -> None:
    monkeypatch.setattr(usage, "SECONDS_GATHERED", 0.2)
    for _ in range(3):
        usage.count(uuid4(), usage.Kind.VIEW)
    assert counted() == {}
    until = time.monotonic() + 10
    while not counted() and time.monotonic() < until:
        time.sleep(0.02)
    assert counted() == {"view": 1}
    assert usage.redis().hlen(usage.OPEN) == 3


def test_a_process_that_ends_sends_what_it_gathered() -> None:
    """In order, as a web server's process does when it is stopped."""
    program = (
        "import django; django.setup(); from uuid import uuid4; from catalog import usage;"
        "usage.count(uuid4(), usage.Kind.DOWNLOAD, 'csv')"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    assert counted() == {"download csv": 1}


def test_how_late_counts_are_is_said_alike(client: Client, settings: Any) -> None:
    """The page, the developers' page and the caching of the API speak of the same minutes."""
    said = "ở API và tệp CSV chậm hơn thực tế tới 5 phút."
    release = factories.published()
    assert settings.CELERY_BEAT_SCHEDULE["store-usage"]["schedule"] == 5 * 60
    assert said in client.get(release.resource.dataset.get_absolute_url()).content.decode()
    assert said in client.get("/nha-phat-trien/").content.decode()
    assert client.get("/api/v1/usage")["Cache-Control"] == "public, max-age=300"
