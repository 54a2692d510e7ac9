"""A period taken back while its dataset stays: every address it had says so, when and why."""

import html
import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from catalog.actions import decision, delivery
from catalog.downloads import Format, download_path
from catalog.models import Release
from catalog.states import ReleaseState
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "Nhầm đơn vị tính {ở cột} <Tỉ lệ>."
SAID = "Nhầm đơn vị tính {ở cột} &lt;Tỉ lệ&gt;."
EARLIER, NEWER = "2026Q1", "2026Q2"
PLACES = 'Mã xã,Vĩ độ,Kinh độ,Số trường\n16681,"18,67","105,66",12\n16690,"18,68","105,74",8\n'


@dataclass
class Withdrawn:
    """A table with one period left, and the one withdrawn."""

    client: Client
    release: Release

    @property
    def page(self) -> str:
        return self.release.resource.dataset.get_absolute_url()

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def take_back(self, release: Release) -> None:
        approver = factories.person("approver", release.resource.dataset.agency)
        decision.withdraw(release=release, reason=REASON, by=approver)


@pytest.fixture
def withdrawn(client: Client) -> Withdrawn:
    table = factories.dataset().resources.get()
    factories.published(of=table, period=EARLIER, content=PLACES)
    table.refresh_from_db()
    newer = factories.published(of=table, period=NEWER, content=PLACES)
    made = Withdrawn(client, newer)
    made.take_back(newer)
    return made


def told(answer: Any) -> None:
    text = answer.content.decode()
    assert answer.status_code == 410
    assert SAID in text
    assert "/2026" in text


@pytest.mark.parametrize("tab", ["", "&xem=bieu-do", "&xem=ban-do", "&xem=api", "&xem=tu-dien"])
def test_its_page_says_why_above_the_newest_one(withdrawn: Withdrawn, tab: str) -> None:
    table = f"{withdrawn.page}/resource/{withdrawn.release.resource_id}"
    for path in (withdrawn.page, table, f"/en{withdrawn.page}"):
        page = withdrawn.get(f"{path}?ky={NEWER}{tab}")
        told(page)
        assert page.context["explorer"].release.period == EARLIER


@pytest.mark.parametrize("format", Format)
def test_its_files_are_gone(withdrawn: Withdrawn, format: Format) -> None:
    told(withdrawn.get(download_path(withdrawn.release, format)))


@pytest.mark.parametrize("name", ["bieu-do.csv", "ban-do.json"])
def test_chart_and_map_are_gone(withdrawn: Withdrawn, name: str) -> None:
    table = f"{withdrawn.page}/resource/{withdrawn.release.resource_id}"
    gone = withdrawn.get(f"{table}/{name}?ky={NEWER}")
    assert gone.status_code == 410
    if name.endswith(".json"):
        assert gone["Content-Type"] == "application/json"
        assert REASON in gone.json()["error"]
    else:
        told(gone)
    assert withdrawn.get(f"{table}/{name}").status_code == 200


@pytest.mark.parametrize("tab", ["bang", "bieu-do", "ban-do"])
def test_frames_are_gone(withdrawn: Withdrawn, tab: str) -> None:
    frame = f"/nhung/{withdrawn.release.resource_id}/{tab}"
    told(withdrawn.get(f"{frame}?ky={NEWER}"))
    assert withdrawn.get(frame).status_code == 200


def test_with_nothing_left_the_page_stands_and_says_why(withdrawn: Withdrawn) -> None:
    withdrawn.take_back(Release.objects.get(period=EARLIER))
    page = withdrawn.get(withdrawn.page)
    assert page.status_code == 200
    assert SAID in page.content.decode()
    told(withdrawn.get(f"{withdrawn.page}?ky={EARLIER}"))


def test_published_anew_it_is_there_again(withdrawn: Withdrawn) -> None:
    table = withdrawn.release.resource
    factories.published(of=table, period=NEWER, content=PLACES)
    page = withdrawn.get(f"{withdrawn.page}?ky={NEWER}")
    assert page.status_code == 200
    assert SAID not in page.content.decode()


def test_what_never_was_public_is_not_told_of(withdrawn: Withdrawn) -> None:
    """A draft that was discarded, a file sent back, a period nobody delivered, what is no period."""
    table = withdrawn.release.resource
    draft = factories.release_at(ReleaseState.READY, of=table, period="2025Q4", content=PLACES)
    delivery.discard(release=draft, by=draft.uploaded_by)
    factories.release_at(ReleaseState.RETURNED, of=table, period="2025Q3", content=PLACES)
    for period in ("2025Q4", "2025Q3", "2024Q1", "2026Q9", "%00"):
        assert withdrawn.get(f"{withdrawn.page}?ky={period}").status_code == 404
        assert withdrawn.get(f"/nhung/{table.pk}/bang?ky={period}").status_code == 404
        rows = withdrawn.get(f"/api/v1/resources/{table.pk}/rows?period={period}")
        assert rows.status_code == 400
    assert withdrawn.get(download_path(draft, Format.CSV)).status_code == 404


def test_data_that_are_not_open_have_no_periods(client: Client) -> None:
    table = factories.dataset(access="shared").resources.get()
    release = factories.published(of=table, period=NEWER)
    page = table.dataset.get_absolute_url()
    before = client.get(f"{page}?ky={NEWER}").status_code
    Withdrawn(client, release).take_back(release)
    answer = client.get(f"{page}?ky={NEWER}")
    assert answer.status_code == before
    assert SAID not in answer.content.decode()


@pytest.mark.parametrize("tab", ["", "&xem=bieu-do", "&xem=api", "&xem=tu-dien"])
def test_no_link_of_the_page_leads_to_it(withdrawn: Withdrawn, tab: str) -> None:
    """Pager, tabs, formats, forms and codes to copy: all of the period that stands there."""
    schools = "".join(f'{code},"18,67","105,66",{code % 7}\n' for code in range(16000, 16060))
    table = withdrawn.release.resource
    factories.published(of=table, period=EARLIER, content=PLACES.splitlines()[0] + "\n" + schools)
    at = f"{withdrawn.page}?ky={NEWER}&page=2&dong=25{tab}"
    page = withdrawn.get(at)
    told(page)
    text = html.unescape(page.content.decode())
    own = set(re.findall(r'(?:href|value|formaction)="([^"]*)"', text)) | set(
        re.findall(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)
    )
    languages = (page.context["vietnamese_path"], page.context["english_path"])
    assert [one for one in own if NEWER in one and not one.endswith(languages)] == []
    links = [one.partition("#")[0] for one in own if one.startswith("?")]
    assert len(links) > 3
    assert {withdrawn.get(withdrawn.page + one).status_code for one in links} == {200}
    if not tab:
        assert any("page=2" in one for one in links)


def test_a_frame_about_a_period_that_never_was_leads_on_in_the_newest(withdrawn: Withdrawn) -> None:
    schools = "".join(f'{code},"18,67","105,66",{code % 7}\n' for code in range(16000, 16060))
    table = withdrawn.release.resource
    factories.published(of=table, period=EARLIER, content=PLACES.splitlines()[0] + "\n" + schools)
    frame = f"/nhung/{table.pk}/bang"
    text = html.unescape(withdrawn.get(f"{frame}?ky=2024Q1").content.decode())
    links = re.findall(r'href="(\?[^"#]*page=[^"#]*)', text)
    assert links
    assert {withdrawn.get(frame + one).status_code for one in links} == {200}
