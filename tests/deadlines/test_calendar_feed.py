"""Due dates for calendar programs: what the feed holds, who gets it, RFC 5545."""

import re
from datetime import date

import icalendar
import pytest
from django.core.signing import Signer
from django.test import Client
from django.urls import reverse

from accounts.actions import memberships, people
from accounts.models import Agency
from deadlines.actions.sweep import sweep
from deadlines.icalendar_feed import SALT, feed_path
from tests import factories as make
from tests.deadlines.moments import at
from tests.deadlines.scene import Office, open_office

pytestmark = pytest.mark.django_db
LONG = "Cơ sở bán lẻ thuốc đạt chuẩn; kho, quầy và tủ thuốc của trạm y tế xã trên địa bàn tỉnh"


@pytest.fixture
def office(agency: Agency) -> Office:
    return open_office(agency, LONG)


def address(office: Office) -> str:
    return feed_path(office.agency, office.contributor)


def fetch(client: Client, path: str, day: str = "2026-10-06"):
    with at(day):
        return client.get(path)


def events(content: bytes) -> dict[str, tuple[date, str]]:
    """UID → (day, title), as an independent reader of the file sees them."""
    calendar = icalendar.Calendar.from_ical(content)
    return {
        str(event["uid"]): (event.decoded("dtstart"), str(event["summary"]))
        for event in calendar.walk("VEVENT")
    }


def test_duties_and_dates_to_come_are_days_with_titles(client: Client, office: Office):
    response = fetch(client, address(office))
    found = sorted(events(response.content).values())
    assert found == [
        (date(2026, 10, 16), f"Hạn: {LONG}, Quý III/2026"),
        (date(2026, 12, 15), "Hạn: Rà soát danh mục dữ liệu mở"),
        (date(2026, 12, 30), "Hạn: Tự kiểm tra, đánh giá dữ liệu hằng năm, Năm 2026"),
        (date(2027, 1, 18), "Hạn: Cập nhật dữ liệu, Quý IV/2026"),
    ]
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_before_the_sweep_a_period_that_ended_is_in_it(client: Client, agency: Agency):
    office = open_office(agency, LONG)
    day = "2027-01-01 00:02"  # the year's last quarter ended two minutes ago
    found = events(fetch(client, address(office), day).content)
    assert (date(2027, 1, 18), "Hạn: Cập nhật dữ liệu, Quý IV/2026") in found.values()
    the_day_before = events(fetch(client, address(office), "2026-12-31").content)
    assert f"dataset_update-2026Q4-{agency.key}@localhost" in {*found} & {*the_day_before}


def test_nobody_has_to_sign_in_and_nothing_else_is_told(client: Client, office: Office):
    office.says_nothing()
    text = fetch(client, address(office)).content.decode()
    assert office.contributor.full_name not in text
    assert "giấy phép" not in text


def test_the_file_is_written_as_the_standard_says(client: Client, office: Office):
    content = fetch(client, address(office)).content
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert "DTSTART;VALUE=DATE:20261016" in unfolded
    assert "đạt chuẩn\\; kho\\, quầy" in unfolded
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in unfolded
    assert f"X-WR-CALNAME:Thời hạn dữ liệu: {office.agency.name_vi}" in unfolded


def test_an_event_keeps_its_number_when_its_day_moves(client: Client, office: Office):
    uid = f"duty-{office.duty.pk}@localhost"
    assert uid in events(fetch(client, address(office)).content)
    duty = office.duty
    duty.extended_to = duty.due = date(2026, 10, 30)
    duty.save()
    content = fetch(client, address(office), "2026-10-20").content
    assert events(content)[uid][0] == date(2026, 10, 30)
    moved = content.replace(b"\r\n ", b"").decode()
    assert "Hạn ban đầu 16/10/2026\\, gia hạn đến 30/10/2026." in moved


def test_what_is_done_is_no_longer_in_it(client: Client, office: Office):
    with at("2026-10-05"):
        make.published(of=make.Resource.objects.get(), period="2026Q3", by=office.contributor)
    titles = [title for _, title in events(fetch(client, address(office)).content).values()]
    assert f"Hạn: {LONG}, Quý III/2026" not in titles


def test_a_period_becomes_duties_once_it_is_over(client: Client, office: Office):
    with at("2027-01-02"):
        sweep()
    found = events(fetch(client, address(office), "2027-01-02").content)
    titles = [title for _, title in found.values()]
    assert f"Hạn: {LONG}, Quý IV/2026" in titles
    assert "Hạn: Cập nhật dữ liệu, Quý IV/2026" not in titles
    assert "Hạn: Cập nhật dữ liệu, Quý I/2027" in titles


def test_an_address_cannot_be_guessed(client: Client, office: Office):
    token = address(office).removeprefix("/lich-nghia-vu/").removesuffix(".ics")
    named, person = f"{office.contributor.pk}-{office.agency.key}", office.contributor.pk
    ours, others = Signer(salt=SALT, sep="."), Signer(salt="another", sep=".")
    made_up = [ours.sign(f"{person}-KHONGCO"), ours.sign(f"0-{office.agency.key}")]
    made_up += [ours.sign(office.agency.key), ours.sign(f"x-{office.agency.key}")]
    for wrong in (named, token[:-1], f"1{token}", others.sign(named), *made_up):
        path = reverse("duty_calendar_feed", args=[wrong])
        assert fetch(client, path).status_code == 404


def shown_to(client: Client, office: Office) -> str:
    """The address as the page prints it."""
    client.force_login(office.contributor)
    page = fetch(client, reverse("work")).content.decode()
    client.logout()
    return re.search(r"/lich-nghia-vu/\S+?\.ics", page)[0]  # type: ignore[index]


def test_it_ends_with_the_role(client: Client, office: Office):
    path = shown_to(client, office)
    assert fetch(client, path).status_code == 200
    held = office.contributor.memberships.get()
    admin = make.person("agency_admin", office.agency)
    with at("2026-10-06"):
        memberships.end(membership=held, reason="Chuyển công tác.", by=admin)
    assert fetch(client, path).status_code == 404
    of_another = feed_path(office.agency, admin)
    assert fetch(client, of_another).status_code == 200


def test_it_is_shut_while_the_person_is_disabled(client: Client, office: Office):
    path = shown_to(client, office)
    admin = make.person("agency_admin", office.agency)
    how = {"person": office.contributor, "agency": office.agency, "by": admin}
    people.disable(**how, reason="Thôi việc.")
    assert fetch(client, path).status_code == 404
    people.enable(**how, reason="Đi làm lại.")
    assert fetch(client, path).status_code == 200


def test_the_address_stays_the_same(office: Office):
    with at("2026-10-06"):
        before = address(office)
    with at("2027-10-06"):
        assert address(office) == before


def test_members_take_the_same_home_as_a_file(client: Client, office: Office):
    client.force_login(office.contributor)
    response = fetch(client, reverse("duty_calendar", args=[office.agency.slug]))
    assert f'filename="lich-{office.agency.slug}.ics"' in response.headers["Content-Disposition"]
    assert len(events(response.content)) == 4


def test_others_do_not(client: Client, office: Office):
    client.force_login(make.person("contributor", make.agency("Sở Khác")))
    assert client.get(reverse("duty_calendar", args=[office.agency.slug])).status_code == 404


def test_only_members_are_shown_the_address(client: Client, office: Office):
    client.force_login(office.contributor)
    assert address(office) in fetch(client, reverse("work")).content.decode()
