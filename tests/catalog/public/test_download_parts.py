"""Published files in part: ranges and their conditions, with the test client and with a real server."""

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from catalog import files
from catalog.actions import excel
from catalog.downloads import Format, download_path
from catalog.models import Release, ResourceUsage
from catalog.usage import OPEN, redis
from tests import factories, processes

ROWS = 60_000
KEPT = [Format.CSV, Format.PARQUET, Format.EXCEL, Format.ORIGINAL]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def content_of(release: Release) -> bytes:
    return files.cached(f"{release.folder}/{files.CSV}").read_bytes()


@pytest.mark.django_db
class TestInThisProcess:
    @pytest.fixture
    def release(self) -> Release:
        return factories.published()

    def get(self, client: Client, release: Release, **headers: str) -> Any:
        return client.get(download_path(release, Format.CSV), headers=headers)

    @pytest.mark.parametrize(
        ("asked", "first", "last"),
        [
            ("bytes=0-9", 0, 9),
            ("bytes=10-", 10, None),
            ("bytes=-5", -5, None),
            ("bytes=3-3", 3, 3),
            ("bytes=7-999999", 7, None),
            ("bytes=-999999", 0, None),
            ("Bytes= 2-4 ", 2, 4),
        ],
    )
    def test_a_part(
        self, release: Release, client: Client, asked: str, first: int, last: int | None
    ) -> None:
        whole = content_of(release)
        start = first % len(whole)
        end = len(whole) - 1 if last is None else last
        response = self.get(client, release, range=asked)
        assert response.status_code == 206
        assert body(response) == whole[start : end + 1]
        assert response["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"
        assert int(response["Content-Length"]) == end - start + 1
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert "ETag" in response
        assert "Last-Modified" in response

    @pytest.mark.parametrize("asked", ["bytes=999999-", "bytes=999999-9999999", "bytes=-0"])
    def test_a_part_beyond_the_end(self, release: Release, client: Client, asked: str) -> None:
        response = self.get(client, release, range=asked)
        assert response.status_code == 416
        assert response["Content-Range"] == f"bytes */{len(content_of(release))}"
        assert body(response) == b""

    @pytest.mark.parametrize(
        "asked",
        [
            "bytes=0-1,4-5", "bytes=-", "bytes=5-2", "bytes=a-b", "rows=0-5", "bytes=1-2-3", "bytes", "",
            "bytes=٣-٤", "bytes=0-99999999999999999999999",
        ],
    )  # fmt: skip
    def test_what_is_no_range_or_several_gives_the_whole_file(
        self, release: Release, client: Client, asked: str
    ) -> None:
        response = self.get(client, release, range=asked)
        assert response.status_code == 200
        assert body(response) == content_of(release)
        assert response["Accept-Ranges"] == "bytes"

    @pytest.mark.parametrize("condition", ["ETag", "Last-Modified"])
    def test_a_part_of_what_has_not_changed(
        self, release: Release, client: Client, condition: str
    ) -> None:
        first = self.get(client, release)
        body(first)
        headers = {"range": "bytes=0-3", "if-range": first[condition]}
        part = self.get(client, release, **headers)
        assert (part.status_code, body(part)) == (206, content_of(release)[:4])

    @pytest.mark.parametrize(
        "condition", ['"other"', 'W/"x"', "Mon, 01 Jan 2024 00:00:00 GMT", "?"]
    )
    def test_the_whole_file_when_it_may_have_changed(
        self, release: Release, client: Client, condition: str
    ) -> None:
        response = self.get(client, release, **{"range": "bytes=0-3", "if-range": condition})
        assert (response.status_code, body(response)) == (200, content_of(release))

    def test_unchanged_comes_before_a_part(self, release: Release, client: Client) -> None:
        tag = client.head(download_path(release, Format.CSV))["ETag"]
        headers = {"range": "bytes=0-3", "if-none-match": tag}
        assert self.get(client, release, **headers).status_code == 304
        headers = {"range": "bytes=0-3", "if-match": '"other"'}
        assert self.get(client, release, **headers).status_code == 412

    def test_head_tells_the_size_and_that_parts_can_be_had(
        self, release: Release, client: Client
    ) -> None:
        path = download_path(release, Format.CSV)
        head = client.head(path, headers={"range": "bytes=0-3"})
        assert (head.status_code, head["Accept-Ranges"]) == (200, "bytes")
        assert int(head["Content-Length"]) == len(content_of(release))

    @pytest.mark.parametrize("format", KEPT)
    def test_every_kept_file_can_be_had_in_parts(
        self, release: Release, client: Client, format: Format
    ) -> None:
        excel.prepare(release.pk)
        path = download_path(Release.objects.get(pk=release.pk), format)
        whole = body(client.get(path))
        halves = [
            client.get(path, headers={"range": asked}) for asked in ("bytes=0-99", "bytes=100-")
        ]
        assert b"".join(map(body, halves)) == whole

    def test_rows_written_while_they_are_sent_come_whole(
        self, release: Release, client: Client
    ) -> None:
        path = download_path(release, Format.JSON)
        response = client.get(path, headers={"range": "bytes=0-3"})
        assert (response.status_code, "Accept-Ranges" in response) == (200, False)
        assert len(body(response)) > 4


@pytest.mark.django_db
class TestThroughAProxy:
    """The proxy sends the file the site names; deploy/Caddyfile."""

    @pytest.fixture(autouse=True)
    def proxy(self, settings: Any) -> None:
        settings.FILES_BY_PROXY = "/noi-bo/"

    def test_it_is_told_which_file(self, client: Client, settings: Any) -> None:
        release = factories.published()
        response = client.get(download_path(release, Format.CSV), headers={"range": "bytes=5-9"})
        below = response["X-Accel-Redirect"].removeprefix("/noi-bo/")
        assert (settings.PORTAL_DATA / below).read_bytes() == content_of(release)
        assert (response.status_code, body(response)) == (200, b"")
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert "ETag" in response

    def test_a_file_elsewhere_is_sent_by_the_site(
        self, client: Client, settings: Any, tmp_path: Path
    ) -> None:
        release = factories.published()
        settings.PORTAL_DATA = tmp_path
        response = client.get(download_path(release, Format.CSV))
        assert "X-Accel-Redirect" not in response
        assert body(response) == content_of(release)

    def test_of_a_file_in_pieces_the_first_counts(self, client: Client) -> None:
        release = factories.published()
        for asked in ("bytes=0-3", "bytes=4-7", "bytes=8-"):
            client.get(download_path(release, Format.CSV), headers={"range": asked})
        kind = ResourceUsage.Kind.DOWNLOAD
        fields = {
            name: n for name, n in redis().hgetall(OPEN).items() if str(release.resource_id) in name
        }
        assert [n for name, n in fields.items() if f"|{kind}|csv" in name] == ["1"]


@pytest.mark.django_db(transaction=True)
class TestWithAServer:
    @pytest.fixture
    def release(self) -> Release:
        """Longer than what waits between a server and a client who does not read."""
        rows = "".join(f"{n},Trường số {n} {'x' * 150}\n" for n in range(ROWS))
        return factories.published(content="Số,Tên\n" + rows)

    @pytest.fixture
    def server(self, release: Release, tmp_path: Path) -> Iterator[processes.Running]:
        with processes.web(tmp_path, pages=False) as running:
            yield running

    def test_files_and_rows_arrive(self, release: Release, server: processes.Running) -> None:
        """One start of the server for all that only a server shows."""
        path, whole = download_path(release, Format.CSV), content_of(release)
        assert ask(server, path)[1] == whole
        status, part, headers = ask(server, path, Range="bytes=1000000-1000099")
        assert (status, part) == (206, whole[1_000_000:1_000_100])
        assert headers["content-length"] == "100"
        assert ask(server, path, method="HEAD")[2]["content-length"] == str(len(whole))
        assert ask(server, path, Range="bytes=99999999-")[0] == 416
        address = f"{download_path(release, Format.JSON_LINES)}?sort=-so"
        status, content, _headers = ask(server, address)
        assert status == 200, content.decode()
        lines = content.splitlines()
        assert len(lines) == ROWS
        assert json.loads(lines[0])["so"] == ROWS - 1
        self._readers_who_go_away_keep_nothing(server, download_path(release, Format.JSON))

    def _readers_who_go_away_keep_nothing(self, server: processes.Running, path: str) -> None:
        """More of them than there are places and threads; who stays is served."""
        for _time in range(6):
            begin_and_leave(server, path)
            processes.wait_for(lambda: ask(server, path)[0] == 200, "a place", patience=10)


def ask(
    server: processes.Running, path: str, method: str = "GET", **headers: str
) -> tuple[int, bytes, dict[str, str]]:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=30)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    answer = response.status, response.read(), {k.lower(): v for k, v in response.getheaders()}
    connection.close()
    return answer


def begin_and_leave(server: processes.Running, path: str) -> None:
    at = urlsplit(server.address)
    with socket.create_connection((at.hostname, at.port), timeout=30) as line:
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n".encode())
        assert line.recv(12) == b"HTTP/1.1 200"
