"""The pages about a table's API: set up, try, approve, switch off, look at the attempts."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from catalog.actions import checking, pulls, sources
from catalog.models import Pull, Release, Source
from tests import factories as make
from tests.deadlines.moments import at
from tests.pulling.conftest import PERIOD, SECRET, Office

pytestmark = pytest.mark.django_db
# A page of attempts costs the same however many there are.
QUERIES = 20


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(office: Office, name: str = "source") -> str:
    return reverse(name, args=[office.table.pk])


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def answers(office: Office, **changed: str) -> dict[str, str]:
    given = {"url": office.api.url("/so-lieu?ky={period}"), "format": "auto", "rows_path": "",
             "header_name": "X-API-Key", "header_value": SECRET, "every_hours": "24",
             "from_hour": "1"}  # fmt: skip
    return {**given, **changed}


def test_from_nothing_to_a_table_that_publishes_by_itself(office: Office):
    staff, head = signed_in(office.staff), signed_in(office.head)
    office.api.gives(make.GOOD_CSV)
    with at("2026-10-02"):
        dataset = page(staff, reverse("work_dataset", args=[office.table.dataset.slug]))
        assert address(office) in dataset
        assert "Thiết lập API" in page(staff, address(office))
        done = staff.post(address(office, "source_edit"), answers(office), follow=True)
        assert "Đã lưu thiết lập." in done.content.decode()

        asked = staff.post(address(office, "source_pull"), {"period": "2026Q2"}, follow=True)
        pull = Pull.objects.get()
        assert asked.redirect_chain[0][0] == reverse("pull", args=[pull.pk])
        assert "Đang chờ đến lượt" in asked.content.decode()
        pulls.run(pull.source_id)
        assert "đúng dữ liệu đã lấy trước đó" in page(staff, reverse("pull", args=[pull.pk]))

        before = page(head, address(office, "source_approve"))
        assert "Lần lấy đạt kiểm tra gần nhất" in before
        seen = Source.objects.get().configured_at.isoformat()
        assert seen in before.replace("&#x2B;", "+")
        done = head.post(address(office, "source_approve"), {"seen": seen}, follow=True)
        assert "Đã phê duyệt." in done.content.decode()
        assert "đã phê duyệt tự công bố lúc" in done.content.decode()
    public = page(Client(), reverse("dataset", args=[office.table.dataset.slug]))
    assert "Tự động qua API của cơ quan" in public


def test_a_new_source_is_asked_at_night_once_a_day_unless_said_otherwise(office: Office):
    form = page(signed_in(office.staff), address(office, "source_edit"))
    assert '<option value="24" selected>' in form
    assert '<option value="1" selected>01:00' in form


def test_the_secret_is_never_shown(office: Office):
    office.configure(header_name="X-API-Key", secret=SECRET)
    staff = signed_in(office.staff)
    pages = [
        page(staff, address(office, name)) for name in ("source", "source_edit", "source_pull")
    ]
    pages.append(
        staff.post(address(office, "source_edit"), answers(office, url="x")).content.decode()
    )
    assert SECRET not in "".join(pages)
    assert "Để trống nếu giữ nguyên" in pages[1]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"url": ""}, "Hãy điền nội dung này."),
        ({"url": "http://csdl.gov.vn:81/"}, "Không được phép kết nối tới cổng 81"),
        ({"url": "https://csdl.gov.vn/?token=1"}, "Hãy đặt khoá vào tiêu đề"),
        ({"url": "https://csdl.gov.vn/{ky}"}, "chỉ dùng được {period}, {from} và {to}"),
        ({"header_name": "Host"}, "Tên tiêu đề không hợp lệ"),
        ({"header_value": ""}, "Hãy nhập giá trị của tiêu đề"),
        ({"rows_path": "a..b"}, "cách nhau bằng dấu chấm"),
    ],
)
def test_refusals_stand_beside_their_field(office: Office, changed: dict[str, str], sentence: str):
    told = signed_in(office.staff).post(address(office, "source_edit"), answers(office, **changed))
    text = told.content.decode()
    assert sentence in text
    assert 'class="errors' in text or "error-summary" in text
    assert not Source.objects.exists()


def test_an_attempt_while_it_is_checked_and_after(office: Office):
    staff = signed_in(office.staff)
    with at("2026-10-02"):
        source = office.configure()
        office.api.gives(make.BAD_CSV)
        pull = pulls.ask(source=source, period_code=PERIOD, by=office.staff)
        pulls.run(source.pk)
        here, status = (reverse(name, args=[pull.pk]) for name in ("pull", "pull_status"))
        assert status in page(staff, here)
        assert staff.get(status).status_code == 302
        live = staff.get(status, headers={"HX-Request": "true"})
        assert "Tiến độ kiểm tra" in live.content.decode()
        checking.check(Release.objects.get(source=source).pk)
        over = staff.get(status, headers={"HX-Request": "true"})
        assert over.headers["HX-Refresh"] == "true"
        assert "lỗi phải sửa ở cơ sở dữ liệu nguồn" in page(staff, here)
        release = page(staff, reverse("release", args=[Release.objects.get(source=source).pk]))
        assert "Lấy qua API" in release
        assert "Dữ liệu lấy qua API ngày" in page(staff, reverse("work"))


def test_attempts_are_paged_and_say_why(office: Office, django_assert_max_num_queries):
    with at("2026-10-02"):
        source = office.configure()
    for hour in range(23):
        with at(f"2026-10-03 {hour:02}:00"):
            Pull.objects.create(
                source=source, period=PERIOD, state="failed", code="not_found",
                params={"number": 404}, status_code=404, ended_at=source.configured_at,
            )  # fmt: skip
    client = signed_in(office.staff)
    client.get(address(office))
    with django_assert_max_num_queries(QUERIES):
        first = page(client, address(office))
    assert first.count("API không có dữ liệu ở địa chỉ này (mã 404)") == 20
    assert "22:00 03/10/2026" in first
    assert page(client, f"{address(office)}?page=2").count("mã 404") == 3


def test_switch_off_on_and_revoke(office: Office):
    with at("2026-09-20"):
        office.approved()
    staff, head = signed_in(office.staff), signed_in(office.head)
    for on, said in (("0", "Đã tắt"), ("1", "Đã bật")):
        done = staff.post(address(office, "source_switch"), {"bat": on}, follow=True)
        assert said in done.content.decode()
        assert Source.objects.get().enabled == (on == "1")
    assert Source.objects.get().approved_at is not None
    short = head.post(address(office, "source_revoke"), {"reason": "x"})
    assert "ít nhất 10 ký tự" in short.content.decode()
    head.post(address(office, "source_revoke"), {"reason": "Nguồn cần rà soát lại."})
    assert Source.objects.get().approved_at is None


def test_a_published_pull_on_the_pages_of_its_people(office: Office):
    with at("2026-09-20"):
        source = office.approved()
    office.api.gives(make.GOOD_CSV.replace(",12,", ",13,"))
    with at("2026-10-01 01:05"):
        release = office.pull_on_schedule(source).release
    with at("2026-10-02"):
        staff = signed_in(office.staff)
        assert "tự công bố ngày <time" in page(staff, reverse("release", args=[release.pk]))
        assert "</time> từ API của cơ quan, 3 dòng" in page(staff, reverse("work"))
        assert staff.get(reverse("release_receipt", args=[release.pk])).status_code == 404
        history = page(staff, reverse("work_dataset", args=[office.table.dataset.slug]))
        assert "Tự công bố dữ liệu lấy qua API" in history
        assert "Phê duyệt tự công bố" in history


def test_a_table_without_an_api_has_none_of_the_other_pages(office: Office):
    for name in ("source_pull", "source_switch"):
        assert signed_in(office.staff).get(address(office, name)).status_code == 404
    assert signed_in(office.head).get(address(office, "source_approve")).status_code == 404
    assert "cơ quan nộp tệp" in page(signed_in(office.head), address(office))


def test_the_schedule_of_an_approved_source_is_kept_when_only_hours_change(office: Office):
    with at("2026-09-20"):
        office.approved(header_name="X-API-Key", secret=SECRET)
        staff = signed_in(office.staff)
        staff.post(
            address(office, "source_edit"), answers(office, header_value="", every_hours="6")
        )
    source = Source.objects.get()
    assert (source.every_hours, source.approved_by) == (6, office.head)
    with at("2026-09-21"):
        told = staff.post(
            address(office, "source_edit"),
            answers(office, url=office.api.url("/khac")),
            follow=True,
        )
    assert "Lãnh đạo cần phê duyệt lại" in told.content.decode()
    with pytest.raises(Exception, match="Thiết lập vừa được thay đổi"):
        sources.approve(source=source, seen=source.configured_at, by=office.head)
