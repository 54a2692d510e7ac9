from django.db import models
from django.utils.translation import gettext_lazy as _


class Sweep(models.Model):
    """How far the hourly sweep has come: one row, whose lock makes sweeps wait for each other."""

    last_at = models.DateTimeField(null=True)
    digested_on = models.DateField(null=True)
    weekly_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("lượt rà soát thời hạn")
        verbose_name_plural = _("lượt rà soát thời hạn")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_sweep")]

    def __str__(self) -> str:
        return f"{self.last_at}"
