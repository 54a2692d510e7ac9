"""Certificates that signatures are checked against: added and removed by name, none shipped."""

from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Person
from core import clock
from sharing.actions import roots
from sharing.models import TrustedRoot
from tests import factories as make
from tests.markup import markup
from tests.sharing import signing

pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/chung-thu/"


@pytest.fixture(scope="module")
def root() -> signing.Certificate:
    return signing.root()


@pytest.fixture
def leader() -> Person:
    return make.person("ict_leader", make.agency(data_authority=True))


def upload(client: Client, by: Person, content: bytes, name: str = "goc.crt") -> Any:
    client.force_login(by)
    return client.post(PAGE, {"certificate": SimpleUploadedFile(name, content)}, follow=True)


def refusal(response: Any) -> str:
    return " ".join(response.context["form"].errors["certificate"])


def test_none_is_shipped(client: Client, leader: Person):
    client.force_login(leader)
    assert "Chưa có chứng thư nào" in markup(client.get(PAGE))


@pytest.mark.parametrize("form", ["pem", "der"])
def test_added_with_subject_fingerprint_and_validity(
    client: Client, leader: Person, root: signing.Certificate, form: str
):
    page = upload(client, leader, root.pem.encode() if form == "pem" else root.der)
    kept = TrustedRoot.objects.get()
    assert kept.fingerprint == root.certificate.fingerprint(hashes.SHA256()).hex()
    assert not kept.is_intermediate
    assert kept.certificate.replace("\r", "").strip() == root.pem.strip()
    text = markup(page)
    assert "CA gốc thử nghiệm" in text
    assert kept.fingerprint[:4].upper() + " " in text
    assert f"{kept.valid_to:%Y}" in text
    [event] = AuditEvent.objects.filter(action="root.added")
    assert event.after["fingerprint"] == kept.fingerprint
    assert event.actor_id == leader.pk


def test_one_that_another_issued_only_completes_chains(
    client: Client, leader: Person, root: signing.Certificate
):
    middle = signing.certificate("CA cấp dưới", issuer=root, is_authority=True)
    page = upload(client, leader, middle.der)
    assert TrustedRoot.objects.get().is_intermediate
    assert "Chứng thư trung gian" in markup(page)
    assert roots.trust().roots == ()
    assert len(roots.trust().intermediates) == 1


def test_known_already(client: Client, leader: Person, root: signing.Certificate):
    upload(client, leader, root.der)
    assert "đã có trong danh sách" in refusal(upload(client, leader, root.pem.encode()))
    assert TrustedRoot.objects.count() == 1


def test_what_is_no_certificate_of_an_authority(
    client: Client, leader: Person, root: signing.Certificate
):
    now = clock.now()
    person = signing.certificate("Nguyễn Văn A", issuer=root)
    ended = signing.certificate("CA cũ", is_authority=True, until=now - timedelta(days=1))
    both = (root.pem + person.pem).encode()
    key = b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
    for content, sentence in (
        (b"", "Không đọc được chứng thư"),
        (b"khong phai", "Không đọc được chứng thư"),
        (root.der[:-9], "Không đọc được chứng thư"),
        (b"-----BEGIN CERTIFICATE-----\n", "Không đọc được chứng thư"),
        (person.der, "không phải chứng thư của tổ chức chứng thực"),
        (ended.der, "đã hết hạn ngày"),
        (both, "từng chứng thư một"),
        (key, "khoá riêng"),
        (b"0" * 70_000, "quá lớn"),
    ):
        assert sentence in refusal(upload(client, leader, content)), sentence
    client.force_login(leader)
    assert "Hãy chọn tệp chứng thư." in refusal(client.post(PAGE))
    assert not TrustedRoot.objects.exists()


def test_removed_after_asking(client: Client, leader: Person, root: signing.Certificate):
    upload(client, leader, root.der)
    kept = TrustedRoot.objects.get()
    address = reverse("trusted_root_remove", args=[kept.pk])
    assert "sẽ được ghi là chưa tin cậy" in markup(client.get(address))
    assert TrustedRoot.objects.exists()
    client.post(address)
    assert not TrustedRoot.objects.exists()
    assert AuditEvent.objects.filter(action="root.removed").count() == 1
    assert client.get(address).status_code == 404


def test_officers_do_not_decide_whom_to_trust(
    client: Client, leader: Person, root: signing.Certificate
):
    officer = make.person("ict_officer")
    assert upload(client, officer, root.der).status_code == 403
    assert not TrustedRoot.objects.exists()
