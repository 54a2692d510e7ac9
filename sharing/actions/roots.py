"""The certificates that signatures of documents are checked against: none is shipped, people add them."""

from datetime import datetime

from asn1crypto import pem, x509
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from accounts.turns import take_turn
from core import clock
from sharing.models import TrustedRoot
from sharing.signatures import Trust

MOST_BYTES = 64 * 1024


def trust() -> Trust:
    """Every certificate kept, as signatures are checked against them."""
    kept = list(TrustedRoot.objects.all())
    return Trust(
        roots=tuple(one.certificate for one in kept if not one.is_intermediate),
        intermediates=tuple(one.certificate for one in kept if one.is_intermediate),
    )


@transaction.atomic
def add(*, content: bytes, by: Person) -> TrustedRoot:
    """Trust a certificate of an authority, PEM or DER; one that another issued only completes chains.

    Raises ValidationError for what is no certificate of an authority, has ended or is known already.
    """
    check_permission(by, Permission.TRUST_ROOTS)
    certificate = check_certificate(content)
    fingerprint = certificate.sha256.hex()
    take_turn("trusted roots")
    if TrustedRoot.objects.filter(fingerprint=fingerprint).exists():
        raise ValidationError(_("Chứng thư này đã có trong danh sách."), code="known")
    root = TrustedRoot.objects.create(
        name=_subject(certificate)[:300],
        fingerprint=fingerprint,
        certificate=pem.armor("CERTIFICATE", certificate.dump()).decode(),
        valid_from=certificate.not_valid_before,
        valid_to=certificate.not_valid_after,
        is_intermediate=not _is_self_issued(certificate),
        added_by=by,
    )
    _record(root, "root.added", by)
    return root


@transaction.atomic
def remove(*, root: TrustedRoot, by: Person) -> None:
    """Trust it no longer; verdicts made before stay as they were made.

    Raises ValidationError when somebody has removed it meanwhile.
    """
    check_permission(by, Permission.TRUST_ROOTS)
    if not TrustedRoot.objects.select_for_update().filter(pk=root.pk).exists():
        raise ValidationError(_("Chứng thư này đã được bỏ khỏi danh sách."), code="gone")
    _record(root, "root.removed", by)
    root.delete()


def check_certificate(content: bytes) -> x509.Certificate:
    """The one certificate in the file. Raises ValidationError."""
    if b"PRIVATE KEY" in content:
        raise ValidationError(
            _("Tệp có chứa khoá riêng. Chỉ tải lên chứng thư; không gửi khoá riêng cho ai."),
            code="file",
        )
    certificate = _parsed(content)
    if not certificate.ca:
        raise ValidationError(
            _("Đây không phải chứng thư của tổ chức chứng thực (CA)."), code="file"
        )
    ends: datetime = certificate.not_valid_after
    if ends <= clock.now():
        day = formats.date_format(localtime(ends), "SHORT_DATE_FORMAT")
        raise ValidationError(_("Chứng thư đã hết hạn ngày %(day)s.") % {"day": day}, code="file")
    return certificate


def _parsed(content: bytes) -> x509.Certificate:
    try:
        if pem.detect(content):
            blocks = [part[2] for part in pem.unarmor(content, multiple=True)]
        else:
            blocks = [content]
        found = [x509.Certificate.load(body, strict=True) for body in blocks]
        for one in found:
            one.native  # noqa: B018  parsed lazily: what is broken inside shows here
    except (ValueError, TypeError, KeyError):
        found = []
    if len(found) != 1:
        raise ValidationError(_not_one(len(found)), code="file")
    return found[0]


def _not_one(count: int) -> str:
    if count:
        return _("Tệp có nhiều chứng thư. Hãy tải lên từng chứng thư một.")
    return _("Không đọc được chứng thư trong tệp. Hãy dùng tệp PEM hoặc DER (.crt, .cer, .pem).")


def _subject(certificate: x509.Certificate) -> str:
    """Its names from the most to the least special: "CA gốc, Ban Cơ yếu Chính phủ, VN"."""
    names = certificate.subject.native
    first = {"common_name": names["common_name"]} if "common_name" in names else {}
    said = {**first, **dict(reversed(names.items()))}
    return ", ".join(
        one if isinstance(one, str) else ", ".join(map(str, one)) for one in said.values()
    )


def _is_self_issued(certificate: x509.Certificate) -> bool:
    return certificate.self_signed in ("yes", "maybe")


def _record(root: TrustedRoot, action: str, by: Person) -> None:
    after = {
        "subject": root.name,
        "fingerprint": root.fingerprint,
        "valid_until": root.valid_to.isoformat(),
    }
    record(by=by, action=action, target=root, after=after)
