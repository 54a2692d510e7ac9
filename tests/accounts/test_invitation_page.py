"""/loi-moi/…/: what stands behind the link in the letter."""

import pytest
from django.test import Client

from accounts.actions.invitations import cancel, invite
from accounts.models import Agency, Person
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "mat-khau-dau-tien-26"


@pytest.fixture
def agency() -> Agency:
    return factories.agency("Sở Y tế")


def _link(agency: Agency, email: str = "moi@thu.example") -> str:
    invitation = invite(
        email=email, full_name="Nguyễn Văn Mới", agency=agency, role_code="contributor", by=None
    )
    return "/" + invitation.link.split("/", 3)[3]


def test_newcomer_sets_a_password_and_signs_in(client: Client, agency: Agency) -> None:
    link = _link(agency)
    page = client.get(link).content.decode()
    for words in ("Sở Y tế", "Cán bộ cập nhật", "Nguyễn Văn Mới", "Đặt mật khẩu để tạo tài khoản"):
        assert words in page
    answer = client.post(link, {"password": PASSWORD, "password_again": PASSWORD})
    assert answer.url == "/dang-nhap/"
    signed_in = client.post("/dang-nhap/", {"login": "moi@thu.example", "password": PASSWORD})
    assert signed_in.url == "/lam-viec/"
    assert "Cán bộ cập nhật" in client.get("/tai-khoan/").content.decode()


def test_somebody_with_an_account_signs_in_and_accepts(client: Client, agency: Agency) -> None:
    person = factories.person()
    link = _link(agency, person.email)
    assert f"/dang-nhap/?next={link}" in client.get(link).content.decode()
    client.post(
        "/dang-nhap/", {"login": person.email, "password": factories.PASSWORD, "next": link}
    )
    assert "Nhận lời mời" in client.get(link).content.decode()
    assert not person.memberships.exists()  # opening is not accepting
    assert client.post(link).url == "/tai-khoan/"
    assert person.memberships.get().agency == agency


def test_somebody_elses_invitation_is_not_for_me(client: Client, agency: Agency) -> None:
    link = _link(agency)
    me = factories.person()
    client.force_login(me)
    page = client.get(link).content.decode()
    assert f"Bạn đang đăng nhập bằng {me.email}, còn lời mời gửi đến moi@thu.example." in page
    client.post(link, {"password": PASSWORD, "password_again": PASSWORD})
    assert not me.memberships.exists()
    assert not Person.objects.filter(email="moi@thu.example").exists()


def test_posting_does_not_set_the_password_of_an_account(client: Client, agency: Agency) -> None:
    person = factories.person()
    link = _link(agency, person.email)
    client.post(link, {"password": PASSWORD, "password_again": PASSWORD})
    person.refresh_from_db()
    assert person.check_password(factories.PASSWORD)
    assert not person.memberships.exists()


@pytest.mark.parametrize(
    ("password", "again", "sentence"),
    [
        ("", "", "Đặt một mật khẩu."),
        ("ngan", "ngan", "Mật khẩu phải có ít nhất 12 ký tự."),
        (PASSWORD, "khac-han-cai-kia", "Hai lần nhập mật khẩu chưa giống nhau."),
        ("moi@thu.example", "moi@thu.example", "Mật khẩu quá giống với thư điện tử."),
    ],
)
def test_password_that_will_not_do(
    client: Client, agency: Agency, password: str, again: str, sentence: str
) -> None:
    answer = client.post(_link(agency), {"password": password, "password_again": again})
    assert sentence in answer.content.decode()
    assert not Person.objects.filter(email="moi@thu.example").exists()


def test_link_that_is_over_says_what_to_do(client: Client, agency: Agency) -> None:
    admin = factories.person("agency_admin", agency)
    link = _link(agency)
    cancel(invitation=agency.invitations.get(), by=admin)
    for path in (link, "/loi-moi/khong-co-that/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert "Lời mời không còn hiệu lực" in answer.content.decode()


def test_page_is_not_kept_by_the_browser(client: Client, agency: Agency) -> None:
    assert "no-store" in client.get(_link(agency)).headers["Cache-Control"]
