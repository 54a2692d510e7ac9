from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _


class Proof(models.TextChoices):
    """By what somebody shows that an account is theirs."""

    PASSWORD = "password", _("mật khẩu khi đăng nhập")
    PASSWORD_AGAIN = "password_again", _("mật khẩu khi xác nhận lại")
    CODE = "code", _("mã xác thực khi đăng nhập")
    CODE_AGAIN = "code_again", _("mã xác thực khi xác nhận lại")
    RECOVERY_CODE = "recovery_code", _("mã dự phòng")
    CLIENT_SECRET = "client_secret", _("khoá bí mật của tài khoản kết nối")


class TrialCount(models.Model):
    """How often in a row a secret of one account was not known, and until when nobody may try again.

    `account`: "person:12", or a digest of an address that is nobody's. `device`: a browser in which the
    person has signed in before, or the session; empty: everybody else together, wherever they are.
    """

    account = models.CharField(max_length=64)
    secret = models.CharField(max_length=10)
    device = models.CharField(max_length=64, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField()

    class Meta:
        verbose_name = _("số lần thử")
        verbose_name_plural = _("số lần thử")
        indexes = [models.Index(fields=["last_at"], name="trial_counts_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "secret", "device"], name="one_count_per_account_and_device"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.secret}: {self.failures}"


class FailedProof(models.Model):
    """Failures of one minute at one account, gathered until they go into the audit trail.

    `object_type`: a model's label, "accounts.person"; empty for an account that does not exist.
    `addresses`: some of those they came from.
    """

    minute = models.DateTimeField()
    proof = models.CharField(max_length=15, choices=Proof)
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.CharField(max_length=40, blank=True)
    agency_key = models.CharField(max_length=20, blank=True)
    count = models.PositiveIntegerField(default=0)
    addresses = ArrayField(models.CharField(max_length=50), default=list)

    class Meta:
        verbose_name = _("tài khoản không có")
        verbose_name_plural = _("tài khoản không có")
        constraints = [
            models.UniqueConstraint(
                fields=["minute", "proof", "object_type", "object_id"], name="failures_of_a_minute"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minute:%Y-%m-%d %H:%M} {self.proof}"
