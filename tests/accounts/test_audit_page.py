"""/dieu-hanh/nhat-ky/: filters, pages, CSV."""

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation

from accounts.actions.audit import record
from accounts.models import Agency, AuditEvent, Person
from core import clock
from sharing.models import ConnectionRequest
from tests import factories

pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/nhat-ky/"


@pytest.fixture
def auditor(client: Client) -> Person:
    somebody = factories.person("auditor", factories.agency(data_authority=True))
    client.force_login(somebody)
    return somebody


def _record(
    action: str = "dataset.renamed",
    *,
    by: Person | None = None,
    agency: Agency | None = None,
    at: datetime | None = None,
) -> None:
    target = agency or factories.agency()
    with transaction.atomic(), clock.set_to(at or clock.now()):
        record(
            by=by,
            action=action,
            target=target,
            agency=agency,
            before={"slug": "cu"},
            after={"slug": "moi"},
        )


def _rows(client: Client, **filters: str) -> int:
    return client.get(PAGE, filters).content.decode().count('<tr role="row">') - 1


def _table(client: Client, **filters: str) -> list[dict[str, str]]:
    answer = client.get(f"{PAGE}tai/", filters)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(io.StringIO(text)))


def test_events_read_as_words(client: Client, auditor: Person) -> None:
    agency = factories.agency("Sở Y tế")
    _record(by=factories.person(name="Trần Thị Hoa"), agency=agency)
    _record(action="release.pass")
    page = client.get(PAGE).content.decode()
    for words in (
        "Đổi địa chỉ bộ dữ liệu",
        "Trần Thị Hoa",
        "Sở Y tế",
        "Hệ thống",
        "Địa chỉ",
        "moi",
    ):
        assert words in page
    assert "<del>cu</del>" in page
    assert "2 việc" in page


def test_filters_narrow_together(client: Client, auditor: Person) -> None:
    health = factories.agency("Sở Y tế")
    hoa = factories.person(name="Trần Thị Hòa")
    day = datetime(2026, 10, 9, 3, tzinfo=UTC)
    _record(by=hoa, agency=health, at=day)
    _record("dataset.published", by=hoa, agency=health, at=day)
    _record(by=factories.person(), at=day)
    assert _rows(client) == 3
    assert _rows(client, co_quan=health.key) == 2
    assert _rows(client, viec="dataset.renamed") == 2
    assert _rows(client, nguoi="tran thi hoa") == 2
    assert _rows(client, nguoi=hoa.email) == 2
    assert _rows(client, co_quan=health.key, viec="dataset.renamed", nguoi="hòa") == 1
    assert "Không có việc nào phù hợp." in client.get(PAGE, {"nguoi": "ai đó"}).content.decode()


@pytest.mark.parametrize(
    ("begin", "end", "rows"),
    [
        ("2026-10-10", "2026-10-10", 1),
        ("10/10/2026", "", 1),
        ("2026-10-11", "", 0),
        ("", "2026-10-09", 0),
        ("", "2026-10-10", 1),
    ],
)
def test_days_are_days_in_nghe_an(
    client: Client, auditor: Person, begin: str, end: str, rows: int
) -> None:
    _record(at=datetime(2026, 10, 9, 17, 30, tzinfo=UTC))  # 00:30 on the 10th there
    assert _rows(client, tu=begin, den=end) == (rows if rows else -1)


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"tu": "hôm qua"}, "Nhập ngày đúng dạng, ví dụ 16/10/2026."),
        ({"tu": "2026-10-10", "den": "2026-10-09"}, "“Đến ngày” phải sau “Từ ngày”."),
    ],
)
def test_filter_not_understood_is_said(
    client: Client, auditor: Person, filters: dict[str, str], sentence: str
) -> None:
    _record()
    page = client.get(PAGE, filters).content.decode()
    assert sentence in page
    assert "Đổi địa chỉ bộ dữ liệu</b>" not in page


def test_no_file_for_a_filter_not_understood_but_what_is_wrong(
    client: Client, auditor: Person
) -> None:
    answer = client.get(f"{PAGE}tai/", {"tu": "mai", "nguoi": "Lan"})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert "Nhập ngày đúng dạng" in text
    assert 'value="mai"' in text
    assert 'value="Lan"' in text


def test_list_is_paged_and_pages_keep_the_filter(client: Client, auditor: Person) -> None:
    agency = factories.agency()
    for _n in range(51):
        _record(agency=agency)
    page = client.get(PAGE, {"viec": "dataset.renamed"}).content.decode()
    assert re.search(r'href="\?page=2&amp;viec=dataset\.renamed" rel="next"', page)
    assert _rows(client, viec="dataset.renamed", page="2") == 1


def test_csv_holds_what_the_filter_shows(client: Client, auditor: Person) -> None:
    hoa = factories.person(name="Trần Thị Hoa")
    _record(by=hoa, at=datetime(2026, 10, 9, 3, tzinfo=UTC))
    _record()
    [row] = _table(client, nguoi="hoa")
    assert row["Thời điểm"] == "09/10/2026 10:00:00"
    assert row["Người thực hiện"] == "Trần Thị Hoa"
    assert row["Việc"] == "Đổi địa chỉ bộ dữ liệu"
    assert row["Thay đổi"] == "địa chỉ: cu → moi"


def test_csv_is_streamed_for_excel(client: Client, auditor: Person) -> None:
    _record()
    answer = client.get(f"{PAGE}tai/")
    assert answer.streaming
    assert answer.headers["Content-Disposition"] == 'attachment; filename="nhat-ky.csv"'
    assert next(iter(answer.streaming_content)) == "\ufeff".encode()


def test_csv_cell_is_no_formula(client: Client, auditor: Person) -> None:
    _record(by=factories.person(name='=HYPERLINK("http://x")'))
    [row] = _table(client, viec="dataset.renamed")
    assert row["Người thực hiện"].startswith("'=")


@pytest.mark.parametrize("role", ["auditor", "ict_leader"])
def test_who_may_see_it(client: Client, role: str) -> None:
    client.force_login(factories.person(role, factories.agency(data_authority=True)))
    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize(
    "role",
    ["contributor", "approver", "agency_admin", "ict_officer", "operator", "province_leader"],
)
@pytest.mark.parametrize("path", [PAGE, f"{PAGE}tai/"])
def test_who_may_not(client: Client, role: str, path: str) -> None:
    client.force_login(factories.person(role))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}tai/"])
def test_visitor_signs_in_first(client: Client, path: str) -> None:
    assert client.get(path).url == f"/dang-nhap/?next={path}"


def test_a_name_like_the_portal_s_hides_nobody(client: Client, auditor: Person) -> None:
    somebody = factories.person(name="Hệ thống")
    record(by=somebody, action="person.signed_in", target=somebody)
    assert somebody.email in client.get(PAGE).content.decode()
    assert _table(client, nguoi=somebody.email)[0]["Thư điện tử"] == somebody.email


def test_what_happened_to_one_object(client: Client, auditor: Person) -> None:
    """By its name or its key; a part of a key finds nothing."""
    health = factories.agency("Sở Y tế")
    _record(agency=health)
    _record(agency=factories.agency("Sở Xây dựng"))
    assert _rows(client) == 2
    assert _rows(client, doi_tuong="y tế") == 1
    assert _rows(client, doi_tuong=str(health.pk)) == 1
    assert _rows(client, doi_tuong="Sở Nội vụ") <= 0
    assert [row["Đối tượng"] for row in _table(client, doi_tuong="y tế")] == ["Sở Y tế"]


def test_taking_the_trail_home_is_in_it(client: Client, auditor: Person) -> None:
    _record()
    _table(client, viec="dataset.renamed", tu="2026-01-01")
    exported = AuditEvent.objects.get(action="audit.exported")
    assert exported.actor_id == auditor.pk
    assert exported.after == {"action_asked": "dataset.renamed", "from_day": "2026-01-01"}
    page = client.get(PAGE, {"viec": "audit.exported"}).content.decode()
    assert "Tải nhật ký" in page
    assert "Đổi địa chỉ bộ dữ liệu" in page


def test_the_reader_s_language_is_not_the_actor_s(client: Client, auditor: Person) -> None:
    """What was recorded on an English page is named in Vietnamese, like the rest."""
    with translation.override("en"), transaction.atomic():
        record(by=None, action="request.begun", target=ConnectionRequest())
    assert "Yêu cầu chưa gửi" in client.get(PAGE).content.decode()
