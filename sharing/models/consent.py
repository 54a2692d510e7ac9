from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from sharing.models.request import ConnectionRequest


class Consent(models.Model):
    """The owner's decision on a request (văn bản chấp thuận; Đ11.1, Đ15.1).

    `scope` is all that is given, frozen when the consent was: {resource id: {"columns": [names], "rows":
    [[column, operator, value], …]}}. What the service changes later is not in it.
    """

    request = models.ForeignKey(ConnectionRequest, models.CASCADE, related_name="consents")
    given = models.BooleanField(_("chấp thuận"))
    scope = models.JSONField(default=dict)
    valid_until = models.DateField(_("cho đến hết ngày"), null=True, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    legal_ground = models.CharField(_("căn cứ pháp lý"), max_length=300, blank=True)
    document_number = models.CharField(_("số, ký hiệu văn bản"), max_length=100)
    document_date = models.DateField(_("ngày văn bản"))
    received_on = models.DateField(_("ngày nhận văn bản"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("văn bản chấp thuận")
        verbose_name_plural = _("văn bản chấp thuận")
        constraints = [
            models.CheckConstraint(
                condition=Q(given=True) | ~Q(reason="") & ~Q(legal_ground=""),
                name="consent_refused_with_reason_and_ground",
            )
        ]

    def __str__(self) -> str:
        return self.document_number
