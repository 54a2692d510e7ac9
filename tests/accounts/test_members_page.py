"""/lam-viec/co-quan/…/thanh-vien/: members, invitations, ending a role."""

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Agency, Invitation, Membership, Notice, OutboxMessage, Person
from core import clock
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return factories.agency("Sở Y tế")


@pytest.fixture
def admin(client: Client, agency: Agency) -> Person:
    somebody = factories.person("agency_admin", agency, name="Lê Thị Quản")
    client.force_login(somebody)
    return somebody


def _page(agency: Agency) -> str:
    return f"/lam-viec/co-quan/{agency.slug}/thanh-vien/"


def _invite(client: Client, agency: Agency, **changed: str) -> HttpResponse:
    typed = {"full_name": "Nguyễn Văn Mới", "email": "moi@thu.example", "role_code": "contributor"}
    return client.post(_page(agency), {**typed, **changed})


def test_members_are_listed_with_role_and_dates(
    client: Client, agency: Agency, admin: Person
) -> None:
    factories.person("approver", agency, name="Trần Văn Duyệt")
    factories.person("approver", name="Người cơ quan khác")
    page = client.get(_page(agency)).content.decode()
    for words in ("Thành viên Sở Y tế", "Trần Văn Duyệt", "Lãnh đạo duyệt", "10/10/2023"):
        assert words in page
    assert "Người cơ quan khác" not in page


def test_invitation_is_sent_and_listed(client: Client, agency: Agency, admin: Person) -> None:
    assert _invite(client, agency).url == _page(agency)
    assert OutboxMessage.objects.get().to == "moi@thu.example"
    page = client.get(_page(agency)).content.decode()
    assert "Đã gửi lời mời đến moi@thu.example." in page
    assert "Lời mời chưa trả lời" in page


def test_role_is_ended_after_asking_once_more(
    client: Client, agency: Agency, admin: Person
) -> None:
    membership = factories.person("contributor", agency, name="Phạm Cũ").memberships.get()
    path = f"{_page(agency)}{membership.pk}/thu-hoi/"
    assert path in client.get(_page(agency)).content.decode()
    assert "Thu hồi vai trò?" in client.get(path).content.decode()
    assert Membership.objects.current().filter(pk=membership.pk).exists()
    assert "Lỗi: " in markup(client.post(path, {"reason": ""}))
    assert Membership.objects.current().filter(pk=membership.pk).exists()
    assert client.post(path, {"reason": "Chuyển công tác từ tháng này."}).url == _page(agency)
    assert not Membership.objects.current().filter(pk=membership.pk).exists()
    page = client.get(_page(agency)).content.decode()
    assert "Vai trò đã kết thúc" in page
    assert f"{admin.full_name} thu hồi: Chuyển công tác từ tháng này." in page
    notice = Notice.objects.get(person=membership.person, kind="membership.ended")
    assert notice.facts["reason"] == "Chuyển công tác từ tháng này."
    assert client.get(path).status_code == 404


def test_invitation_is_cancelled_after_asking_once_more(
    client: Client, agency: Agency, admin: Person
) -> None:
    _invite(client, agency)
    invitation = Invitation.objects.get()
    path = f"/lam-viec/co-quan/{agency.slug}/loi-moi/{invitation.pk}/huy/"
    assert "Huỷ lời mời?" in client.get(path).content.decode()
    invitation.refresh_from_db()
    assert invitation.is_open
    client.post(path)
    invitation.refresh_from_db()
    assert not invitation.is_open


def test_an_invitation_accepted_meanwhile_is_not_said_to_be_cancelled(
    client: Client, agency: Agency, admin: Person
) -> None:
    _invite(client, agency)
    invitation = Invitation.objects.get()
    accepted = factories.person("contributor", agency)
    Invitation.objects.update(accepted_at=clock.now(), accepted_by=accepted)
    path = f"/lam-viec/co-quan/{agency.slug}/loi-moi/{invitation.pk}/huy/"
    page = client.post(path, follow=True).content.decode()
    assert "Lời mời này đã được nhận." in page
    assert "Đã huỷ lời mời" not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"full_name": ""}, "Nhập họ và tên."),
        ({"email": ""}, "Nhập thư điện tử."),
        ({"email": "khong-phai-thu"}, "Nhập thư điện tử đúng dạng"),
        ({"role_code": ""}, "Chọn một vai trò."),
        ({"role_code": "ict_leader"}, "ict_leader"),
    ],
)
def test_form_says_what_is_missing(
    client: Client, agency: Agency, admin: Person, typed: dict[str, str], sentence: str
) -> None:
    answer = _invite(client, agency, **typed)
    page = markup(answer)
    assert sentence in page
    assert "<title>Lỗi: " in page
    assert not Invitation.objects.exists()


def test_refusal_of_the_rules_stands_on_the_page(
    client: Client, agency: Agency, admin: Person
) -> None:
    page = _invite(client, agency, email=admin.email).content.decode()
    assert "Bạn không thể tự cấp vai trò cho mình." in page


def test_own_admin_role_offers_no_ending(client: Client, agency: Agency, admin: Person) -> None:
    mine = admin.memberships.get()
    path = f"{_page(agency)}{mine.pk}/thu-hoi/"
    assert path not in client.get(_page(agency)).content.decode()
    assert "không thể tự thu hồi" in client.post(path).content.decode()
    assert Membership.objects.current().filter(pk=mine.pk).exists()


@pytest.mark.parametrize("path", ["", "1/thu-hoi/"])
def test_visitor_signs_in_first(client: Client, agency: Agency, path: str) -> None:
    answer = client.get(_page(agency) + path)
    assert answer.url == f"/dang-nhap/?next={_page(agency)}{path}"


def test_colleague_without_the_role_is_told_which(client: Client, agency: Agency) -> None:
    client.force_login(factories.person("contributor", agency))
    assert client.get(_page(agency)).status_code == 403


def test_stranger_learns_nothing(client: Client, agency: Agency) -> None:
    client.force_login(factories.person("agency_admin"))
    membership = factories.person("contributor", agency).memberships.get()
    for path in (_page(agency), f"{_page(agency)}{membership.pk}/thu-hoi/"):
        assert client.get(path).status_code == 404


def test_member_of_another_agency_is_not_reached_through_ones_own(
    client: Client, agency: Agency, admin: Person
) -> None:
    other = factories.person("contributor").memberships.get()
    assert client.post(f"{_page(agency)}{other.pk}/thu-hoi/").status_code == 404
    assert Membership.objects.current().filter(pk=other.pk).exists()


def test_unknown_agency_is_not_found(client: Client, admin: Person) -> None:
    assert client.get("/lam-viec/co-quan/khong-co/thanh-vien/").status_code == 404
