from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from deadlines.calendar import Certainty, DayKind, SpecialDay


class CalendarDay(models.Model):
    """A day off, or a Saturday to work on, as a notice says (lịch nghỉ)."""

    class Kind(models.TextChoices):
        HOLIDAY = DayKind.HOLIDAY, _("Nghỉ lễ, tết")
        IN_LIEU_OFF = DayKind.IN_LIEU_OFF, _("Nghỉ bù")
        SWAP_OFF = DayKind.SWAP_OFF, _("Nghỉ hoán đổi")
        SWAP_WORK = DayKind.SWAP_WORK, _("Làm bù")

    class Sureness(models.IntegerChoices):
        PROVISIONAL = Certainty.PROVISIONAL, _("Dự kiến")
        COMPUTED = Certainty.COMPUTED, _("Tính theo luật")
        HIGH = Certainty.HIGH, _("Theo thông báo chính thức")

    day = models.DateField(_("ngày"), unique=True)
    kind = models.CharField(_("loại ngày"), max_length=12, choices=Kind)
    name_vi = models.CharField(_("tên gọi"), max_length=100)
    certainty = models.PositiveSmallIntegerField(_("mức chắc chắn"), choices=Sureness)
    document = models.CharField(_("số, ký hiệu thông báo"), max_length=100, blank=True)
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["day"]
        verbose_name = _("ngày trong lịch nghỉ")
        verbose_name_plural = _("lịch nghỉ")
        constraints = [
            models.CheckConstraint(
                # Without a notice nobody can be that sure; what ships with the portal has no editor.
                condition=models.Q(changed_by__isnull=True)
                | ~models.Q(certainty=Certainty.HIGH)
                | ~models.Q(document=""),
                name="sure_by_a_notice",
            )
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name_vi}"

    def as_special_day(self) -> SpecialDay:
        return SpecialDay(self.day, DayKind(self.kind), self.name_vi, Certainty(self.certainty))
