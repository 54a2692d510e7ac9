from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from sharing.models.service import SharingService


class PlannedStop(models.Model):
    """A planned stop of a service for everybody, announced in public (Đ43 NĐ47: 7 working days before)."""

    service = models.ForeignKey(SharingService, models.PROTECT, related_name="stops")
    begins_on = models.DateField(_("dừng từ ngày"))
    expected_back = models.DateField(_("dự kiến khôi phục"))
    reason = models.TextField(_("lý do"))
    announced_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(default=clock.now, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)
    began_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-begins_on"]
        verbose_name = _("đợt tạm dừng có kế hoạch")
        verbose_name_plural = _("các đợt tạm dừng có kế hoạch")
        constraints = [
            models.CheckConstraint(
                condition=Q(expected_back__gte=models.F("begins_on")),
                name="stop_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.begins_on:%d/%m/%Y}"
