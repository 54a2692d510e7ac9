"""Pages about one duty: what it is, nothing to report, more time, done."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, AuditEvent, Person
from deadlines.actions import duties
from deadlines.models import Duty, Petition
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.scene import Office, open_office
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "Trong quý không cấp giấy phép nào."


@pytest.fixture
def office(agency: Agency) -> Office:
    return open_office(agency)


def page_of(client: Client, name: str, duty: Duty, person: Person) -> str:
    client.force_login(person)
    with at("2026-10-06"):
        return markup(client.get(reverse(name, args=[duty.pk])))


def send(client: Client, name: str, duty: Duty, person: Person, facts: dict[str, str]):
    client.force_login(person)
    with at("2026-10-06"):
        return client.post(reverse(name, args=[duty.pk]), facts)


def test_the_page_says_what_by_when_and_how_the_day_was_counted(client: Client, office: Office):
    page = page_of(client, "duty", office.duty, office.contributor)
    assert "Trường học, Quý III/2026" in page
    assert "16/10/2026</time>(thứ Sáu)" in page
    assert "Còn 10 ngày" in page
    assert 'Đề nghị hoàn thành trong ngày<time datetime="2026-10-15">' in page
    assert "điểm b khoản 1 Điều 4" in page
    assert "thứ Năm 01/10/2026: ngày bắt đầu, không tính" in page
    assert "Giao nghĩa vụ" in page
    for name in ("duty_nothing", "duty_ask_extension"):
        assert reverse(name, args=[office.duty.pk]) in page


def test_who_only_approves_is_offered_nothing_to_ask(client: Client, office: Office):
    page = page_of(client, "duty", office.duty, office.approver)
    assert reverse("duty_nothing", args=[office.duty.pk]) not in page
    assert reverse("duty_ask_extension", args=[office.duty.pk]) not in page


def test_what_was_asked_and_done_is_on_the_page(client: Client, office: Office):
    petition = office.says_nothing()
    page = page_of(client, "duty", office.duty, office.contributor)
    assert reverse("petition", args=[petition.pk]) in page
    assert "Khai không phát sinh" in page
    assert reverse("duty_nothing", args=[office.duty.pk]) not in page


def test_a_done_duty_says_how_early(client: Client, office: Office):
    with at("2026-10-05"):
        make.published(of=make.Resource.objects.get(), period="2026Q3", by=office.contributor)
    page = page_of(client, "duty", office.duty, office.contributor)
    assert "Đúng hạn, trước hạn 11 ngày" in page


def test_nothing_to_report_goes_to_be_signed(client: Client, office: Office):
    response = send(client, "duty_nothing", office.duty, office.contributor, {"reason": REASON})
    petition = Petition.objects.get()
    assert response.headers["Location"] == reverse("petition", args=[petition.pk])
    assert (petition.kind, petition.reason) == ("nothing", REASON)


@pytest.mark.parametrize(
    ("reason", "sentence"), [("", "Hãy điền nội dung này."), ("không có", "ít nhất 10 ký tự")]
)
def test_a_reason_that_says_nothing_is_refused_in_the_form(
    client: Client, office: Office, reason: str, sentence: str
):
    response = send(client, "duty_nothing", office.duty, office.contributor, {"reason": reason})
    assert sentence in response.content.decode()
    assert not Petition.objects.exists()


def test_more_time_is_asked_for(client: Client, office: Office):
    facts = {"until": "2026-10-30", "reason": "Phần mềm đang nâng cấp.", "document": "12/SYT-VP"}
    send(client, "duty_ask_extension", office.duty, office.contributor, facts)
    petition = Petition.objects.get()
    assert (petition.kind, petition.wanted_until) == ("extension", date(2026, 10, 30))
    assert petition.document == "12/SYT-VP"


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2026-10-16", "phải sau hạn hiện tại"),
        ("16 tháng 10", "Hãy ghi ngày theo dạng"),
        ("", "Hãy điền nội dung này."),
    ],
)
def test_a_day_that_gives_no_time_is_refused_in_the_form(
    client: Client, office: Office, until: str, sentence: str
):
    facts = {"until": until, "reason": "Phần mềm đang nâng cấp."}
    response = send(client, "duty_ask_extension", office.duty, office.contributor, facts)
    assert sentence in response.content.decode()
    assert not Petition.objects.exists()


@pytest.mark.parametrize("name", ["duty_nothing", "duty_ask_extension"])
def test_a_second_petition_is_not_even_offered(client: Client, office: Office, name: str):
    office.says_nothing()
    page = page_of(client, name, office.duty, office.contributor)
    assert "Hãy rút lại trước khi gửi đề nghị khác" in page
    assert "<textarea" not in page


def test_a_review_cannot_be_nothing(client: Client, office: Office):
    page = page_of(client, "duty_nothing", office.review, office.contributor)
    assert "không thể khai “không phát sinh”" in page


def test_a_review_that_changed_nothing_is_one_click(client: Client, office: Office):
    review = office.review
    send(client, "duty_done", review, office.approver, {"unchanged": "1"})
    review.refresh_from_db()
    assert (review.state, review.how) == ("fulfilled", "done")
    page = page_of(client, "duty", review, office.approver).lower()
    assert "đã thực hiện</dd>" in page
    assert "đã thực hiện: đã thực hiện" not in page
    event = AuditEvent.objects.get(action="duty.fulfil", object_id=str(review.pk))
    assert event.after["note"] == "Đã rà soát, danh mục dữ liệu mở không thay đổi."


def test_a_review_with_changes_needs_words(client: Client, office: Office):
    review = office.review
    response = send(client, "duty_done", review, office.approver, {"note": ""})
    assert "Hãy điền nội dung này." in response.content.decode()
    facts = {"note": "Bổ sung 2 bộ dữ liệu mở.", "document": "88/BC-SYT"}
    send(client, "duty_done", review, office.approver, facts)
    event = AuditEvent.objects.get(action="duty.fulfil", object_id=str(review.pk))
    assert (event.after["note"], event.after["document"]) == (facts["note"], facts["document"])


def test_a_review_already_done_is_not_done_again(client: Client, office: Office):
    review = office.review
    with at("2026-10-05"):
        duties.declare_done(duty=review, note="Không đổi.", by=office.approver)
    page = page_of(client, "duty_done", review, office.approver)
    assert "không thể thực hiện" in page
    assert "<textarea" not in page


def test_data_are_delivered_not_declared_done(client: Client, office: Office):
    client.force_login(office.approver)
    assert client.get(reverse("duty_done", args=[office.duty.pk])).status_code == 404


def test_a_contributor_does_not_declare_the_review_done(client: Client, office: Office):
    response = send(client, "duty_done", office.review, office.contributor, {"unchanged": "1"})
    assert response.status_code == 403
    assert office.review.is_live


def test_a_duty_of_nobody_is_not_found(client: Client, office: Office):
    client.force_login(office.contributor)
    assert client.get(reverse("duty", args=[0])).status_code == 404
