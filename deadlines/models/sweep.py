from django.db import models
from django.utils.translation import gettext_lazy as _


class Doubt(models.TextChoices):
    """Why the clock is not believed. All but the last hold back what time alone would bring about."""

    AHEAD = "ahead", _("Đồng hồ máy chủ nhảy về phía trước")
    AWAY = "away", _("Không có lượt rà soát nào trong thời gian quá dài")
    APART = "apart", _("Đồng hồ máy chủ lệch với đồng hồ cơ sở dữ liệu")
    BACK = "back", _("Đồng hồ máy chủ lùi lại")


HOLDING = frozenset({Doubt.AHEAD, Doubt.AWAY, Doubt.APART})


class Sweep(models.Model):
    """How far the hourly sweep has come: one row, whose lock makes sweeps wait for each other.

    `last_at`: when a sweep last did its work. `known_…`: when the clock was last believed, and what the
    machine said of its own running then (deadlines.witnesses). `tried_at`: when it was last looked at.
    """

    last_at = models.DateTimeField(null=True)
    digested_on = models.DateField(null=True)
    weekly_on = models.DateField(null=True)
    known_at = models.DateTimeField(null=True)
    known_boot = models.CharField(max_length=40, blank=True)
    known_uptime = models.FloatField(default=0)  # seconds
    tried_at = models.DateTimeField(null=True)
    doubt = models.CharField(max_length=10, blank=True, choices=Doubt)
    doubted_since = models.DateTimeField(null=True)  # by the believed clock where there is one

    class Meta:
        verbose_name = _("lượt rà soát thời hạn")
        verbose_name_plural = _("lượt rà soát thời hạn")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="only_one_sweep")]

    def __str__(self) -> str:
        return f"{self.last_at}"

    @property
    def is_held(self) -> bool:
        return self.doubt in HOLDING
