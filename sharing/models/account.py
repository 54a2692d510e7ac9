from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import Application

from accounts.models import Agency, Person
from core import clock
from sharing.models.request import ConnectionRequest
from sharing.models.service import SharingService
from sharing.states import AccountState, SuspensionReason


class ConnectionAccount(models.Model):
    """Credentials with scope, quota, term and addresses (tài khoản kết nối).

    Only sharing.actions.accounts changes it. `scope` as in Consent; a call may come from `networks` only
    (empty: from anywhere). `valid_to` is the last day, to its end.
    """

    code = models.SlugField(_("mã tài khoản"), max_length=60, unique=True)
    request = models.ForeignKey(ConnectionRequest, models.PROTECT, related_name="accounts")
    service = models.ForeignKey(SharingService, models.PROTECT, related_name="accounts")
    agency = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="connection_accounts",
        verbose_name=_("cơ quan sử dụng"),
    )
    purpose = models.TextField(_("mục đích"))
    system_name = models.CharField(_("hệ thống kết nối"), max_length=200)
    ground = models.CharField(_("căn cứ"), max_length=300)
    scope = models.JSONField(default=dict)
    networks = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    daily_quota = models.PositiveIntegerField(_("số lượt gọi mỗi ngày"))
    per_minute = models.PositiveIntegerField(_("số lượt gọi mỗi phút"))
    valid_from = models.DateField(_("từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=AccountState.choices, default=AccountState.ACTIVE
    )
    state_changed_at = models.DateTimeField(default=clock.now, editable=False)
    suspension_reason = models.CharField(
        max_length=15, blank=True, choices=SuspensionReason.choices
    )
    suspension_note = models.TextField(blank=True)
    expected_back = models.DateField(_("dự kiến khôi phục"), null=True, blank=True)
    end_reason = models.TextField(blank=True)
    warned_days = models.PositiveSmallIntegerField(null=True, editable=False)
    issued_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(default=clock.now, editable=False)
    last_used_at = models.DateTimeField(_("dùng lần cuối"), null=True, editable=False)

    class Meta:
        ordering = ["-issued_at"]
        verbose_name = _("tài khoản kết nối")
        verbose_name_plural = _("tài khoản kết nối")
        constraints = [
            models.UniqueConstraint(
                fields=["request"],
                condition=~Q(state="ended"),
                name="one_living_account_per_request",
            ),
            models.CheckConstraint(
                condition=Q(state="suspended") & ~Q(suspension_reason="")
                | ~Q(state="suspended") & Q(suspension_reason=""),
                name="account_suspended_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | ~Q(end_reason=""), name="account_ended_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from")),
                name="account_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("connection_account", args=[self.code])

    @property
    def last_day(self) -> date | None:
        """The day it was ended, else the last of its term; none without a term."""
        ended = self.state == AccountState.ENDED
        return localtime(self.state_changed_at).date() if ended else self.valid_to


class Credential(models.Model):
    """One pair of client id and secret of an account; the secret is kept hashed by the OAuth2 library.

    Rotation makes a second one beside the first, which then ends some days later.
    """

    account = models.ForeignKey(ConnectionAccount, models.CASCADE, related_name="credentials")
    application = models.OneToOneField(Application, models.PROTECT, related_name="credential")
    hint = models.CharField(max_length=8)  # the secret's first letters, to tell two apart
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    ends_at = models.DateTimeField(_("hết hiệu lực"), null=True)
    last_used_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("thông tin xác thực")
        verbose_name_plural = _("thông tin xác thực")

    def __str__(self) -> str:
        return f"{self.account}: {self.hint}…"

    @property
    def has_ended(self) -> bool:
        return self.ends_at is not None and self.ends_at <= clock.now()
