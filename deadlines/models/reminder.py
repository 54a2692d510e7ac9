from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Person
from core import clock
from deadlines.models.round import Round


class Reminder(models.Model):
    """An officer reminded an agency by hand (nhắc); what the sweep sends is not kept here."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="reminders")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)
    on = models.DateField(default=clock.today, editable=False)
    note = models.TextField(_("lời nhắn"), blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("lần nhắc")
        verbose_name_plural = _("các lần nhắc")
        constraints = [
            models.UniqueConstraint(fields=["round", "agency", "on"], name="one_reminder_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.agency}"
