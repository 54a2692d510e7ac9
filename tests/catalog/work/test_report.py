"""Step 2 of 3: the check and its report."""

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.models import Release, Resource
from catalog.states import ReleaseState
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of
from tests.markup import markup


@pytest.fixture
def table(agency: Agency) -> Resource:
    return factories.dataset(at=agency).resources.get()


def page_of(client: Client, release: Release, **query: str) -> str:
    return markup(client.get(reverse("release", args=[release.pk]), query))


def wrong_numbers(table: Resource, rows: int) -> Release:
    """A release in which that many cells of a numeric column are words."""
    factories.published(of=table, period="2025Q4")
    good = "".join(f'{n:05},Xã {n},{n},"1,5",30/09/2026\n' for n in range(1, 2 * rows + 1))
    bad = "".join(f'{n:05},Xã {n},tám,"1,5",30/09/2026\n' for n in range(1, rows + 1))
    header = factories.GOOD_CSV.splitlines()[0]
    return factories.release_at(
        ReleaseState.NEEDS_FIXING, of=table, content=f"{header}\n{good}{bad}"
    )


def test_progress_is_followed_live_and_by_refresh(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.CHECKING, of=table)
    Release.objects.filter(pk=release.pk).update(stage="types", progress=35)
    page = page_of(client, release)
    assert "Bước 2 trong 3: Kiểm tra" in page
    assert "Đang xác định kiểu dữ liệu" in page
    assert 'value="35"' in page
    assert 'role="status"' in page
    assert f'hx-get="{reverse("release_status", args=[release.pk])}"' in page
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "Bạn có thể rời trang này" in page


def test_the_live_region_is_replaced_until_the_check_is_over(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.CHECKING, of=table)
    address = reverse("release_status", args=[release.pk])
    fragment = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert "HX-Refresh" not in fragment.headers

    Release.objects.filter(pk=release.pk).update(state=ReleaseState.READY)
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_live_region_opened_by_itself_leads_to_the_page(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.CHECKING, of=table)
    response = client.get(reverse("release_status", args=[release.pk]))
    assert response["Location"] == reverse("release", args=[release.pk])


def test_a_check_that_was_interrupted_says_the_file_is_kept(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.CHECKING, of=table)
    Release.objects.filter(pk=release.pk).update(attempts=2)
    assert "Lần thử thứ 2" in page_of(client, release)


def test_errors_are_summed_up_and_shown_cell_by_cell(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = wrong_numbers(table, 8)
    page = page_of(client, release)
    assert title_of(page).startswith("Lỗi: ")
    assert "Chưa nộp được: 8 lỗi phải sửa" in page
    assert 'href="#loi-wrong_type"' in page
    assert 'id="loi-wrong_type"' in page
    assert "Cách sửa: Sửa từng ô cho đúng kiểu" in page
    assert page.count("<span>tám</span>") == 5
    assert ">Dòng 18</th>" in page
    assert "Dòng 18, cột “Số trường”: “tám” không phải là số nguyên." in page
    assert "Xem đủ 8 chỗ" in page
    assert reverse("release_submit", args=[release.pk]) not in page


def test_all_places_of_one_rule_have_pages(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = wrong_numbers(table, 60)
    first = page_of(client, release, loi="wrong_type")
    assert first.count("<span>tám</span>") == 25
    assert "Liệt kê 50 chỗ đầu tiên trong 60 chỗ" in first
    second = page_of(client, release, loi="wrong_type", page="2")
    assert second.count("<span>tám</span>") == 25


def test_a_rule_that_found_nothing(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    release = wrong_numbers(table, 2)
    response = client.get(reverse("release", args=[release.pk]), {"loi": "long_row"})
    assert response.status_code == 404


def test_a_file_that_cannot_be_read_says_why_in_one_sentence(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.NEEDS_FIXING, of=table)
    page = page_of(client, release)
    assert "Không đọc được tệp" in page
    assert "Tệp chỉ có dòng tiêu đề, không có dòng dữ liệu nào." in page


def test_a_clean_file_leads_on(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.READY, of=table)
    page = page_of(client, release)
    assert "Tệp không có lỗi." in page
    assert reverse("release_submit", args=[release.pk]) in page
    assert "UTF-8" in page
    assert "so_truong" in page
    assert "30/09/2026" in page


def test_warnings_do_not_stand_in_the_way(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    content = factories.GOOD_CSV + "\nTổng,,35,,\n"
    release = factories.release_at(ReleaseState.READY, of=table, content=content)
    page = page_of(client, release)
    assert release.warning_count > 0
    assert "Cảnh báo (không chặn việc nộp)" in page
    assert reverse("release_submit", args=[release.pk]) in page


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("submitted", "đang chờ lãnh đạo duyệt"),
        ("returned", "Số liệu chưa khớp báo cáo quý."),
        ("published", "đã phê duyệt và công bố"),
        ("withdrawn", "Đã rút khỏi công bố"),
        ("discarded", "chưa từng được công bố"),
    ],
)
def test_every_state_says_where_it_stands(
    client: Client, table: Resource, sign_in: SignIn, state: str, sentence: str
) -> None:
    sign_in("auditor")
    release = factories.release_at(state, of=table)
    assert sentence in page_of(client, release)


def test_a_replaced_release_says_so(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    old = factories.published(of=table)
    factories.published(of=table, content=factories.GOOD_CSV.replace(",12,", ",13,"))
    assert "đã được thay thế" in page_of(client, old)


@pytest.mark.parametrize(
    ("role", "state", "offered"),
    [
        ("contributor", "submitted", {"release_recall"}),
        ("contributor", "needs_fixing", {"release_discard"}),
        ("contributor", "ready", {"release_discard", "release_submit"}),
        ("contributor", "published", set()),
        ("approver", "submitted", {"release_decide"}),
        ("approver", "published", {"release_withdraw"}),
        ("auditor", "submitted", set()),
    ],
)
def test_steps_are_offered_by_role_and_state(
    client: Client, table: Resource, sign_in: SignIn, role: str, state: str, offered: set[str]
) -> None:
    sign_in(role)
    release = factories.release_at(state, of=table)
    page = page_of(client, release)
    steps = (
        "release_recall",
        "release_discard",
        "release_submit",
        "release_decide",
        "release_withdraw",
    )
    assert {name for name in steps if reverse(name, args=[release.pk]) in page} == offered


def test_the_uploaded_file_comes_back_as_it_was(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("auditor")
    release = factories.release_at(ReleaseState.READY, of=table, name="trường học.csv")
    response: Any = client.get(reverse("release_file", args=[release.pk]))
    assert response.streaming
    assert b"".join(response.streaming_content) == factories.GOOD_CSV.encode()
    assert "attachment" in response["Content-Disposition"]
    assert "tr%C6%B0%E1%BB%9Dng" in response["Content-Disposition"]


def test_the_page_is_translated(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    release = factories.release_at(ReleaseState.READY, of=table)
    response = client.get(f"/en{reverse('release', args=[release.pk])}")
    assert '<html lang="en"' in response.content.decode()


@pytest.mark.parametrize("rows", [2, 40])
def test_the_number_of_queries_does_not_grow(
    client: Client, table: Resource, sign_in: SignIn, django_assert_num_queries: Any, rows: int
) -> None:
    sign_in("contributor")
    release = wrong_numbers(table, rows)
    page_of(client, release)
    with django_assert_num_queries(QUERIES):
        page_of(client, release)


QUERIES = 8


def test_a_cell_of_a_workbook_is_named_by_its_address(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    """One cell among the data and one right of the headings, behind a title row."""
    sign_in("contributor")
    factories.published(of=table, period="2025Q4")
    book = openpyxl.Workbook()
    rows = [["Danh sách trường"], [], factories.GOOD_CSV.splitlines()[0].split(",")]
    rows += [[f"{n:05}", f"Xã {n}", n, 1.5, "30/09/2026"] for n in range(1, 8)]
    for row in rows:
        book.active.append(row)
    book.active["C6"] = "tám"
    book.active["G8"] = "ghi chú thừa"
    content = io.BytesIO()
    book.save(content)
    release = factories.release_at(
        ReleaseState.NEEDS_FIXING, of=table, content=content.getvalue(), name="truong.xlsx"
    )
    page = page_of(client, release)
    assert ">Ô C6<" in page
    assert ">Ô G8<" in page
    assert "Dòng 6<" not in page


def test_missing_columns_are_named_in_the_order_of_the_table(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    sign_in("contributor")
    labels = [f"Chỉ tiêu {n}" for n in "HDKBGAE"]
    line = ",".join(str(n) for n in range(1, len(labels) + 2))
    factories.published(of=table, period="2025Q4", content=f"Mã,{','.join(labels)}\n{line}\n")
    release = factories.release_at(ReleaseState.NEEDS_FIXING, of=table, content="Mã\n1\n2\n")
    page = page_of(client, release)
    summary = page.split("Chưa nộp được")[1].split("</ul>")[0]
    assert f"({', '.join(labels)})" in summary
