"""The approver's list and the decision."""

import re
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, Notice, Person
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState
from deadlines.actions.sweep import sweep
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of
from tests.deadlines.moments import at
from tests.markup import markup

REASON = "Thiếu số liệu của ba xã miền núi."
PUBLISH = {"decision": "publish", "seen": "on"}


@pytest.fixture
def table(agency: Agency) -> Resource:
    return factories.dataset(at=agency).resources.get()


@pytest.fixture
def sender(agency: Agency) -> Person:
    return factories.person("contributor", agency, name="Lê Thị Hà")


@pytest.fixture
def waiting(table: Resource, sender: Person) -> Release:
    return factories.release_at(ReleaseState.SUBMITTED, of=table, by=sender)


def address(release: Release) -> str:
    return reverse("release_decide", args=[release.pk])


def state_of(release: Release) -> str:
    return Release.objects.get(pk=release.pk).state


def test_the_list_holds_what_waits(
    client: Client, agency: Agency, waiting: Release, sign_in: SignIn
) -> None:
    sign_in("approver")
    elsewhere = factories.release_at(ReleaseState.SUBMITTED)
    description = factories.dataset("Danh mục", at=agency, access=Dataset.Access.LISTED)
    page = client.get(reverse("approvals")).content.decode()
    assert "Kỳ dữ liệu chờ duyệt (1)" in page
    assert address(waiting) in page
    assert address(elsewhere) not in page
    assert reverse("dataset_publish_description", args=[description.slug]) in page


def test_an_empty_list_says_so(client: Client, sign_in: SignIn) -> None:
    sign_in("approver")
    page = client.get(reverse("approvals")).content.decode()
    assert "Không có kỳ dữ liệu nào chờ duyệt." in page


def test_the_page_shows_what_the_decision_needs(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    factories.published(of=table, period="2025Q4")
    factories.published(of=table)
    content = factories.GOOD_CSV + "00126,Quỳ Châu,3,,\n\nTổng,,38,,\n"
    release = factories.release_at(ReleaseState.SUBMITTED, of=table, by=sender, content=content)
    Release.objects.filter(pk=release.pk).update(note="Thêm một xã.")
    page = client.get(address(release)).content.decode()
    assert "Lê Thị Hà" in page
    assert "Thêm một xã." in page
    assert "Thay đổi so với Quý IV/2025" in page
    assert "Thay đổi so với bản Quý III/2026 đã công bố ngày" in page
    assert "phê duyệt bản này sẽ thay thế bản đó" in page
    assert "Dòng tổng ở cuối bảng" in page
    assert '<th scope="row">00123</th>' in page
    assert "Quỳ Châu" in page


def test_publishing(client: Client, waiting: Release, sender: Person, sign_in: SignIn) -> None:
    person = sign_in("approver")
    response = client.post(address(waiting), PUBLISH, follow=True)
    assert response.redirect_chain == [(reverse("approvals"), 302)]
    assert "Đã công bố “Trường học theo xã”, Quý" in response.content.decode()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == ("published", person)
    assert Notice.objects.filter(person=sender, kind="release.published").exists()


def test_nobody_publishes_without_having_looked(
    client: Client, waiting: Release, sign_in: SignIn
) -> None:
    sign_in("approver")
    page = client.post(address(waiting), {"decision": "publish"}).content.decode()
    assert "Hãy xem dữ liệu và đánh dấu xác nhận trước khi công bố." in page
    assert "(không bắt buộc)" not in page
    assert title_of(page).startswith("Lỗi: ")
    assert state_of(waiting) == "submitted"


def test_every_row_can_be_leafed_through(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    lines = "".join(f"00{number},Xã {number},{number}\n" for number in range(100, 160))
    content = f"Mã xã,Tên xã,Số trường\n{lines}"
    release = factories.release_at(ReleaseState.SUBMITTED, of=table, by=sender, content=content)
    page = client.get(address(release)).content.decode()
    assert "Dữ liệu của kỳ này: 60 dòng" in page
    assert '<th scope="row">00100</th>' in page
    assert '<th scope="row">00125</th>' not in page
    assert 'formaction="?page=3#cac-dong"' in page
    last = client.get(f"{address(release)}?page=3").content.decode()
    assert '<th scope="row">00159</th>' in last
    assert "Dòng 51 đến 60 trong 60 dòng" in last
    beyond = client.get(f"{address(release)}?page=99").content.decode()
    assert '<th scope="row">00159</th>' in beyond


def test_leafing_through_the_rows_keeps_what_was_typed_and_ticked(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    """As a browser does it without scripts: the button of the next page belongs to the form."""
    sign_in("approver")
    lines = "".join(f"00{number},Xã {number},{number}\n" for number in range(100, 160))
    release = factories.release_at(
        ReleaseState.SUBMITTED, of=table, by=sender, content=f"Mã xã,Tên xã,Số trường\n{lines}"
    )
    page = markup(client.get(address(release)))
    form = re.search(r'<form[^>]* id="([^"]+)"[^>]*method="post"', page)
    onward = re.search(r'<button type="submit" form="([^"]+)" formaction="([^"]+)"', page)
    assert form
    assert onward
    assert form[1] == onward[1]
    path = onward[2].split("#")[0]
    answer = client.post(address(release) + path, {"reason": REASON, "seen": "on"})
    leafed = markup(answer)
    assert "Dòng 26 đến 50 trong 60 dòng" in leafed
    assert REASON in leafed.split("<textarea")[1]
    assert " checked" in re.search(r'<input[^>]*name="seen"[^>]*>', leafed)[0]
    assert "Lỗi:" not in title_of(answer.content.decode())
    assert state_of(release) == "submitted"


def test_the_list_and_the_page_say_when_it_is_due_and_that_it_came_back(
    client: Client, agency: Agency, sender: Person, sign_in: SignIn
) -> None:
    call_command("load_deadlines", verbosity=0)
    with at("2026-06-15"):
        table = factories.dataset("Chợ", at=agency).resources.get()
    with at("2026-10-01"):
        sweep()
    with at("2026-10-18"):
        for _time in range(2):
            factories.release_at(ReleaseState.RETURNED, of=table, period="2026Q3", by=sender)
        release = factories.release_at(
            ReleaseState.SUBMITTED, of=table, period="2026Q3", by=sender, content=factories.GOOD_CSV
        )
        sign_in("approver")
        listed = markup(client.get(reverse("approvals")))
        page = markup(client.get(address(release)))
    for found in (listed, page):
        assert "16/10/2026" in found
        assert "Quá hạn 2 ngày" in found
        assert "Đã trả lại 2 lần; lý do lần gần nhất: Số liệu chưa khớp" in found
        assert ">Phê duyệt (1)</a>" in found


def test_a_file_that_is_another_periods_is_said_to_everybody_and_confirmed(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    factories.published(of=table, period="2025Q4", by=sender)
    release = factories.release_at(ReleaseState.READY, of=table, by=sender)
    words = "Tệp này giống hệt tệp của Quý IV/2025 đã công bố ngày"
    client.force_login(sender)
    assert words in markup(client.get(reverse("release", args=[release.pk])))
    submit = reverse("release_submit", args=[release.pk])
    page = markup(client.get(submit))
    assert words in page
    assert "Thay đổi so với Quý IV/2025" in page  # the last look shows what the approver will see
    refused = markup(client.post(submit, {"note": "", "seen_warnings": "on"}))
    assert "Hãy xác nhận dữ liệu không thay đổi" in refused
    assert state_of(release) == "ready"
    client.post(submit, {"note": "", "seen_warnings": "on", "unchanged": "on"})
    assert state_of(release) == "submitted"
    sign_in("approver")
    assert words in markup(client.get(address(release)))


def test_a_file_of_its_own_needs_no_such_word(
    client: Client, table: Resource, sender: Person
) -> None:
    factories.published(of=table, period="2025Q4", by=sender)
    content = factories.GOOD_CSV.replace(",8,", ",9,")
    release = factories.release_at(ReleaseState.READY, of=table, by=sender, content=content)
    client.force_login(sender)
    page = markup(client.get(reverse("release_submit", args=[release.pk])))
    assert "giống hệt" not in page
    assert 'name="unchanged"' not in page


def test_notices_about_what_was_replaced_or_decided_are_settled(
    client: Client, table: Resource, sender: Person
) -> None:
    factories.release_at(ReleaseState.NEEDS_FIXING, of=table, by=sender)
    factories.release_at(ReleaseState.RETURNED, of=table, by=sender)
    last = factories.release_at(ReleaseState.READY, of=table, by=sender)
    open_ones = Notice.objects.filter(person=sender, settled_at=None)
    assert [(one.kind, one.path) for one in open_ones] == [
        ("release.ready", reverse("release", args=[last.pk]))
    ]
    client.force_login(sender)
    response = client.get(reverse("notices"))
    assert response.context["me"].unread == 1
    page = markup(response)
    assert page.count("Đã giải quyết") == 3
    assert page.count("Chưa đọc") == 1


def test_what_changed_since_the_last_period(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    factories.published(of=table, period="2025Q4")
    content = (
        "Mã xã,Tên xã,Số trường,Tỉ lệ,Ngày báo cáo,Ghi chú\n"
        '00123,Đô Lương,12,"45,5",31/03/2026,mới\n'
        '00124,Diễn Châu,30,"54,5",31/03/2026,\n'
    )
    release = factories.release_at(ReleaseState.SUBMITTED, of=table, by=sender, content=content)
    cells = table_under(
        client.get(address(release)).content.decode(), "Thay đổi so với Quý IV/2025"
    )
    assert cells == [
        ["Số dòng", "3", "2", "−1 (−33,3 %)"],
        ["Tổng: Số trường", "35", "42", "+7 (+20,0 %)"],
        # A share is never summed up.
        ["Trung bình: Tỉ lệ", "45,25", "50", "+4,75 (+10,5 %)"],
    ]


def test_heights_and_several_units_are_compared_by_their_average(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    heights = "Mã trạm,Đơn vị tính,Chiều cao,Sản lượng\nT1,kg,20,10\nT2,tấn,30,12\n"
    factories.published(of=table, period="2025Q4", content=heights)
    release = factories.release_at(
        ReleaseState.SUBMITTED, of=table, by=sender, content=heights.replace("30", "40")
    )
    page = client.get(address(release)).content.decode()
    compared = table_under(page, "Thay đổi so với Quý IV/2025")
    assert [line[0] for line in compared] == [
        "Số dòng",
        "Trung bình: Chiều cao",
        "Trung bình: Sản lượng",
    ]


def test_new_and_lost_columns_are_named(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    release = factories.release_at(ReleaseState.SUBMITTED, of=table, by=sender)
    first = client.get(address(release)).content.decode()
    assert "chưa có kỳ nào được công bố trước đó để so sánh" in first
    earlier = Release.objects.get(pk=factories.published(of=table, period="2025Q4").pk)
    [*kept, lost] = earlier.reading["columns"]
    earlier.reading["columns"] = [{**kept[0], "name": "ma_cu", "label": "Mã cũ"}, *kept[1:], lost]
    earlier.save(update_fields=["reading"])
    page = client.get(address(release)).content.decode()
    assert "Thêm cột “Mã xã”" in page
    assert "Không còn cột “Mã cũ”" in page


def test_a_large_change_is_pointed_out(
    client: Client, table: Resource, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    factories.published(of=table, period="2025Q4")
    content = factories.GOOD_CSV.replace(",12,", ",1200,")
    release = factories.release_at(ReleaseState.SUBMITTED, of=table, by=sender, content=content)
    page = client.get(address(release)).content.decode()
    assert page.count("Thay đổi lớn") == 1


def table_under(page: str, heading: str) -> list[list[str]]:
    """The texts of the cells of the first table behind the heading, without its head."""
    body = page.split(heading, 1)[1].split("<tbody>", 1)[1].split("</tbody>", 1)[0]
    rows = body.split("<tr>")[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row] for row in cells]


def test_returning_with_a_reason(
    client: Client, waiting: Release, sender: Person, sign_in: SignIn
) -> None:
    sign_in("approver")
    client.post(address(waiting), {"decision": "return", "reason": REASON})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decision_reason) == ("returned", REASON)
    notice = Notice.objects.get(person=sender, kind="release.returned")
    assert notice.facts["reason"] == REASON


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Hãy điền nội dung này."),
        ("  ", "Hãy điền nội dung này."),
        ("sai rồi", "Hãy ghi rõ lý do (ít nhất 10 ký tự)"),
    ],
)
def test_a_return_says_why(
    client: Client, waiting: Release, sign_in: SignIn, reason: str, sentence: str
) -> None:
    sign_in("approver")
    response = client.post(address(waiting), {"decision": "return", "reason": reason})
    page = response.content.decode()
    assert f'href="#id_reason">Lý do trả lại: {sentence}' in page
    assert title_of(page).startswith("Lỗi: ")
    assert state_of(waiting) == "submitted"


def test_an_answer_that_is_neither(client: Client, waiting: Release, sign_in: SignIn) -> None:
    sign_in("approver")
    assert client.post(address(waiting), {"decision": "perhaps"}).status_code == 200
    assert state_of(waiting) == "submitted"


def test_who_submitted_sees_why_he_cannot_decide(
    client: Client, table: Resource, sign_in: SignIn
) -> None:
    person = sign_in("approver")
    person.memberships.create(agency=table.dataset.agency, role_code="contributor")
    release = factories.release_at(ReleaseState.SUBMITTED, of=table, by=person)
    page = client.get(address(release)).content.decode()
    assert "Người nộp không được tự phê duyệt." in page
    assert 'value="publish"' not in page
    page = client.post(address(release), PUBLISH).content.decode()
    assert "Người nộp không được tự phê duyệt." in page
    assert state_of(release) == "submitted"


def test_a_second_click_is_told_where_things_stand(
    client: Client, waiting: Release, sign_in: SignIn
) -> None:
    sign_in("approver")
    client.post(address(waiting), PUBLISH)
    page = client.post(address(waiting), PUBLISH).content.decode()
    assert "đang ở trạng thái “Đã công bố”" in page
    assert Notice.objects.filter(kind="release.published").count() == 1


@pytest.mark.parametrize("state", ["ready", "needs_fixing", "returned", "published"])
def test_only_what_was_submitted_is_decided(
    client: Client, table: Resource, sign_in: SignIn, state: str
) -> None:
    sign_in("approver")
    release = factories.release_at(state, of=table)
    page = client.get(address(release)).content.decode()
    assert "Kỳ dữ liệu này đang ở trạng thái" in page
    assert 'value="publish"' not in page


@pytest.mark.parametrize("releases", [1, 5])
def test_the_number_of_queries_does_not_grow(
    client: Client,
    agency: Agency,
    sign_in: SignIn,
    django_assert_num_queries: Any,
    releases: int,
) -> None:
    sign_in("approver")
    for number in range(releases):
        table = factories.dataset(f"Bộ {number}", at=agency).resources.get()
        factories.release_at(ReleaseState.SUBMITTED, of=table)
    client.get(reverse("approvals"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("approvals"))


QUERIES = 21
