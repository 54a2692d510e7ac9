from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from sharing.models.request import ConnectionRequest


class Agreement(models.Model):
    """The agreement for sharing on special request (văn bản thống nhất; Đ13, Đ38 NĐ47).

    `headings`: {key: text} of the eleven headings of Đ38 (sharing.agreement_headings). A new version
    replaces the one before; both sides approve each version.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Đang soạn")
        AGREED = "agreed", _("Đã thống nhất")
        REPLACED = "replaced", _("Đã thay bằng bản mới")

    request = models.ForeignKey(ConnectionRequest, models.PROTECT, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    headings = models.JSONField(default=dict)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    requester_approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    requester_approved_at = models.DateTimeField(null=True, editable=False)
    owner_approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    owner_approved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-version"]
        verbose_name = _("văn bản thống nhất")
        verbose_name_plural = _("văn bản thống nhất")
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="one_agreement_version"),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(requester_approved_by__isnull=False, owner_approved_by__isnull=False),
                name="agreed_by_both_sides",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request} – {self.version}"
