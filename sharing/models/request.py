import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Person
from core import clock
from deadlines.models import Duty
from sharing.models.request_form import FormVersion
from sharing.models.service import SharingService
from sharing.states import FINAL, RequestState


class ConnectionRequest(models.Model):
    """An agency asks for a connection account to a service (yêu cầu kết nối; Đ11.1).

    Only sharing.actions.states changes `state`. `answers`: {field key: value} of the form version.
    `number` is given when it is submitted: YC-2026-0147.
    """

    class Origin(models.TextChoices):
        PORTAL = "portal", _("Gửi qua Kho dữ liệu")
        KEYED_IN = "keyed_in", _("Nhận qua hệ thống quản lý văn bản")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("mã yêu cầu"), max_length=20, blank=True)
    service = models.ForeignKey(SharingService, models.PROTECT, related_name="requests")
    requester = models.ForeignKey(
        Agency,
        models.PROTECT,
        related_name="connection_requests",
        verbose_name=_("cơ quan yêu cầu"),
    )
    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    state = models.CharField(
        _("trạng thái"), max_length=15, choices=RequestState.choices, default=RequestState.DRAFT
    )
    state_changed_at = models.DateTimeField(default=clock.now, editable=False)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.PORTAL)
    # The document that carries the request: as written, and as read (sharing.document_numbers).
    document_number = models.CharField(_("số, ký hiệu văn bản"), max_length=100, blank=True)
    document_key = models.CharField(max_length=120, blank=True, editable=False)
    document_date = models.DateField(_("ngày văn bản"), null=True, blank=True)
    received_on = models.DateField(_("ngày nhận yêu cầu"), null=True)
    consented_on = models.DateField(_("ngày nhận văn bản chấp thuận"), null=True)
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    # The owner's answer, where the owner has given itself a limit (SharingService.answer_days).
    answer_duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    paused_on = models.DateField(null=True)
    officer = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("người xử lý")
    )
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_reason = models.TextField(_("lý do"), blank=True)
    legal_ground = models.CharField(_("căn cứ pháp lý"), max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("yêu cầu kết nối")
        verbose_name_plural = _("yêu cầu kết nối")
        indexes = [models.Index(fields=["state"], name="request_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="one_request_per_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "keying", "withdrawn", "discarded"])
                | Q(submitted_at__isnull=False, received_on__isnull=False) & ~Q(number=""),
                name="request_submitted_with_a_number",
            ),
            models.CheckConstraint(
                condition=~Q(state="keying") | Q(origin="keyed_in", number=""),
                name="request_keyed_in_once",
            ),
            # Đ11.1, NĐ47 chương IV: a refusal states its reason and its legal ground.
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "owner_refused"])
                | ~Q(decision_reason="") & ~Q(legal_ground=""),
                name="refused_with_reason_and_ground",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("submitted_by")),
                name="request_not_decided_by_its_asker",
            ),
        ]

    def __str__(self) -> str:
        if self.is_being_keyed_in:
            return str(_("Yêu cầu đang nhập"))
        return self.number or str(_("Yêu cầu chưa gửi"))

    def get_absolute_url(self) -> str:
        return reverse("connection_request", args=[self.pk])

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    @property
    def is_being_keyed_in(self) -> bool:
        return self.state == RequestState.KEYING

    @property
    def is_the_officers_alone(self) -> bool:
        """Came on paper and was not entered, or never will be."""
        return self.origin == self.Origin.KEYED_IN and not self.number


class RequestEvent(models.Model):
    """One line of the case's timeline; `clock`: what it did to the clock (states.ClockEffect).

    `said`: where it sent the request, what the request said then: {answers, document_number,
    document_date as ISO text}.
    """

    request = models.ForeignKey(ConnectionRequest, models.CASCADE, related_name="events")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=30)
    state = models.CharField(max_length=15, choices=RequestState.choices)
    note = models.TextField(blank=True)
    clock = models.CharField(max_length=6, blank=True)
    due = models.DateField(null=True)
    said = models.JSONField(null=True, editable=False)
    internal = models.BooleanField(_("nội bộ"), default=False)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("diễn biến")
        verbose_name_plural = _("diễn biến")

    def __str__(self) -> str:
        return f"{self.request} {self.step}"
