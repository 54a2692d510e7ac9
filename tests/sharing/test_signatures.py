"""What a signature is worth: each case that was seen with real signatures, made anew here."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from core import clock
from sharing import signatures
from sharing.signatures import Trust, Verdict, verdict_of
from tests.sharing import signing
from tests.sharing.signing import Certificate, certificate, signed_pdf

OFFICE = "Sở Thử nghiệm tỉnh Nghệ An"


@pytest.fixture(scope="module")
def root() -> Certificate:
    return signing.root()


@pytest.fixture(scope="module")
def middle(root: Certificate) -> Certificate:
    return certificate("CA cấp dưới thử nghiệm", issuer=root, is_authority=True)


@pytest.fixture(scope="module")
def office(middle: Certificate) -> Certificate:
    return certificate(OFFICE, issuer=middle)


def judged(document: bytes, *roots: Certificate, moment=None, between=()) -> Verdict:
    trust = Trust(tuple(one.pem for one in roots), tuple(one.pem for one in between))
    # In a thread of its own: a browser of other tests may run an event loop in this one.
    with ThreadPoolExecutor(1) as apart:
        asked = apart.submit(verdict_of, io.BytesIO(document), trust, moment or clock.now())
        return asked.result()


def test_a_good_signature_with_signer_time_and_coverage(root, middle, office):
    verdict = judged(signed_pdf(office, middle), root)
    assert verdict.code == "valid"
    [signer] = verdict.signers
    assert signer.name == OFFICE
    assert signer.serial == f"{office.certificate.serial_number:x}"
    assert signer.at
    assert "sha256" in signer.algorithm
    assert (signer.coverage, signer.changes, signer.problem) == ("entire_file", "none", "")


def test_the_certificate_between_may_come_from_the_administrator(root, middle, office):
    assert judged(signed_pdf(office), root).code == "untrusted"
    assert judged(signed_pdf(office), root, between=[middle]).code == "valid"


def test_a_certificate_between_alone_is_no_root(middle, office):
    assert judged(signed_pdf(office), between=[middle]).code == "untrusted"


def test_without_its_root_it_is_intact_but_not_trusted(middle, office):
    stranger = signing.root("CA khác")
    for roots in ((), (stranger,)):
        verdict = judged(signed_pdf(office, middle), *roots)
        assert verdict.code == "untrusted"
        assert verdict.signers[0].problem == "no_root"
        assert verdict.signers[0].changes == "none"


def test_one_byte_changed(root, middle, office):
    document = bytearray(signed_pdf(office, middle))
    place = document.index(b"Van ban")
    document[place] = ord("B")
    assert judged(bytes(document), root).code == "changed"


def test_no_signature(root):
    verdict = judged(signing.plain_pdf(), root)
    assert (verdict.code, verdict.signers) == ("unsigned", ())


def test_a_page_changed_by_a_later_revision(root, middle, office):
    verdict = judged(signing.with_changed_page(signed_pdf(office, middle)), root)
    assert verdict.code == "changed"
    [signer] = verdict.signers
    assert (signer.coverage, signer.changes) == ("entire_revision", "other")


def test_a_second_signature_is_no_change(root, middle, office):
    leader = certificate("Nguyễn Văn Ký", issuer=middle)
    twice = signed_pdf(leader, middle, of=signed_pdf(office, middle), field="Thu-hai")
    verdict = judged(twice, root)
    assert verdict.code == "valid"
    assert [one.name for one in verdict.signers] == [OFFICE, "Nguyễn Văn Ký"]


def test_the_worst_signature_decides(root, middle, office):
    stranger = certificate("Người lạ", issuer=signing.root("CA khác"))
    verdict = judged(signed_pdf(stranger, of=signed_pdf(office, middle), field="La"), root)
    assert verdict.code == "untrusted"
    assert [one.code for one in verdict.signers] == ["valid", "untrusted"]


def test_an_old_algorithm(root, middle, office):
    verdict = judged(signed_pdf(office, middle, digest="sha1", pades=False), root)
    assert verdict.code == "weak"
    assert "sha1" in verdict.signers[0].algorithm


def test_an_old_algorithm_does_not_hide_a_change(root, middle, office):
    document = signed_pdf(office, middle, digest="sha1", pades=False)
    assert judged(signing.with_changed_page(document), root).code == "changed"


def test_the_moment_of_receipt_counts_not_today(root, middle):
    now = clock.now()
    brief = certificate("Hết hạn", issuer=middle, until=now - timedelta(days=1))
    document = signed_pdf(brief, middle)
    late = judged(document, root)
    assert (late.code, late.signers[0].problem) == ("untrusted", "expired")
    assert judged(document, root, moment=now - timedelta(days=2)).code == "valid"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b"", "broken"),
        (b"khong phai PDF", "broken"),
        (b"%PDF-1.7\n" + b"\0" * 5000, "broken"),
        (signing.encrypted_pdf(), "encrypted"),
    ],
)
def test_what_cannot_be_checked(root, document, problem):
    verdict = judged(document, root)
    assert (verdict.code, verdict.problem) == ("unreadable", problem)


def test_too_much_is_not_checked(root, middle, office, monkeypatch):
    document = signed_pdf(office, middle, of=signing.plain_pdf(pages=3))
    monkeypatch.setattr(signatures, "MOST_PAGES", 2)
    assert judged(document, root).problem == "too_long"
    monkeypatch.setattr(signatures, "MOST_BYTES", len(document) - 1)
    assert judged(document, root).problem == "too_large"


def test_a_cut_off_file_is_never_valid(root, middle, office):
    document = signed_pdf(office, middle)
    for share in (0.2, 0.5, 0.8, 0.99):
        assert judged(document[: int(len(document) * share)], root).code != "valid"


def test_bad_signatures_do_not_fill_the_log(root, middle, office, caplog):
    with caplog.at_level(logging.DEBUG):
        judged(signed_pdf(office, middle))
        judged(b"%PDF-1.7", root)
    assert not [line for line in caplog.records if line.name.startswith("pyhanko")]


def test_the_verdict_as_kept(root, middle, office):
    kept = judged(signed_pdf(office, middle), root).as_json()
    assert kept["code"] == "valid"
    assert kept["signers"][0]["name"] == OFFICE
    assert kept["checked_at"].startswith("20")
