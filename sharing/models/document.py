import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from sharing.models.request import ConnectionRequest


class Document(models.Model):
    """A PDF that carries a request, a consent or a supplement, and what its signature is worth.

    `verdict` as sharing.signatures gives it: {code, signers: [{name, at, …}], …}, empty until a worker has
    looked; then it is kept. It counts the moment of receipt, never the signer's own.
    """

    class Role(models.TextChoices):
        REQUEST = "request", _("Văn bản yêu cầu")
        CONSENT = "consent", _("Văn bản trả lời của cơ quan chủ quản")
        SUPPLEMENT = "supplement", _("Văn bản bổ sung")

    class Verdict(models.TextChoices):
        CHECKING = "checking", _("Đang kiểm tra chữ ký số")
        VALID = "valid", _("Chữ ký số hợp lệ")
        UNTRUSTED = "untrusted", _("Toàn vẹn nhưng chưa tin cậy")
        CHANGED = "changed", _("Đã bị sửa sau khi ký")
        WEAK = "weak", _("Thuật toán ký đã cũ")
        UNSIGNED = "unsigned", _("Không có chữ ký số")
        UNREADABLE = "unreadable", _("Không kiểm tra được")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    request = models.ForeignKey(ConnectionRequest, models.CASCADE, related_name="documents")
    role = models.CharField(max_length=10, choices=Role)
    file_name = models.CharField(max_length=255)
    file_key = models.CharField(max_length=300, editable=False)
    file_size = models.BigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    verdict_code = models.CharField(max_length=10, choices=Verdict, default=Verdict.CHECKING)
    verdict = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    uploaded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-uploaded_at"]
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_being_checked(self) -> bool:
        return self.verdict_code == self.Verdict.CHECKING


class TrustedRoot(models.Model):
    """A root certificate that an administrator trusts for signatures; none is shipped."""

    name = models.CharField(_("chủ thể"), max_length=300)
    fingerprint = models.CharField(_("vân tay SHA-256"), max_length=64, unique=True)
    certificate = models.TextField()  # PEM
    valid_from = models.DateTimeField()
    valid_to = models.DateTimeField()
    is_intermediate = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("chứng thư gốc tin cậy")
        verbose_name_plural = _("chứng thư gốc tin cậy")

    def __str__(self) -> str:
        return self.name
