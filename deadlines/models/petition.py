from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from deadlines.models.duty import Duty
from deadlines.states import PetitionState


class Petition(models.Model):
    """What an agency asks about a duty (đề nghị): more time, or that there is nothing to report.

    Only deadlines.actions.petitions changes it.
    """

    class Kind(models.TextChoices):
        NOTHING = "nothing", _("Không phát sinh")
        EXTENSION = "extension", _("Gia hạn")

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="petitions")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(
        max_length=10, choices=PetitionState.choices, default=PetitionState.WAITING
    )
    reason = models.TextField(_("lý do"))
    wanted_until = models.DateField(_("xin gia hạn đến hết ngày"), null=True)
    document = models.CharField(_("số, ký hiệu văn bản"), max_length=100, blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_reason = models.TextField(_("lý do quyết định"), blank=True)
    decision_document = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["asked_at"]
        verbose_name = _("đề nghị")
        verbose_name_plural = _("đề nghị")
        constraints = [
            models.UniqueConstraint(
                fields=["duty"], condition=Q(state=PetitionState.WAITING), name="one_petition_waits"
            ),
            models.CheckConstraint(
                condition=~Q(kind="extension") | Q(wanted_until__isnull=False),
                name="extension_until_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="petition_decided_by_somebody",
            ),
            # Separation of duties, in the database too.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=models.F("asked_by"))
                | Q(state=PetitionState.TAKEN_BACK),
                name="petition_not_decided_by_its_asker",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.duty}"
