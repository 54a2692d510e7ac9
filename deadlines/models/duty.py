from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from core import clock
from deadlines.models.legal_rule import LegalRule
from deadlines.models.round import Round
from deadlines.states import LIVE, DutyState


class Duty(models.Model):
    """One agency must do one thing by one date (nghĩa vụ). Only deadlines.actions.duties changes it.

    `subject` is a key inside the kind (a dataset's id, an agency's key); `due` is the last day, to
    its end: the rule's own, or the day it was extended to. `reminded` and `escalated` say how far
    reminding has gone: the least number of days before, the greatest number of days after.
    """

    class How(models.TextChoices):
        RELEASE = "release", _("Đã công bố dữ liệu")
        NOTHING = "nothing", _("Không phát sinh")
        PULL = "pull", _("Tự động qua API")
        DONE = "done", _("Đã thực hiện")

    kind = models.CharField(max_length=30)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="duties")
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="duties", verbose_name=_("cơ quan")
    )
    subject = models.CharField(max_length=40)
    title_vi = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    period = models.CharField(_("kỳ"), max_length=10, blank=True)
    rule = models.ForeignKey(LegalRule, models.PROTECT, related_name="+")
    start = models.DateField()
    counted_due = models.DateField()
    extended_to = models.DateField(_("gia hạn đến"), null=True)
    due = models.DateField(_("hạn"))
    certainty = models.PositiveSmallIntegerField()
    state = models.CharField(
        _("trạng thái"), max_length=10, choices=DutyState.choices, default=DutyState.OPEN
    )
    state_changed_at = models.DateTimeField(default=clock.now, editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    how = models.CharField(max_length=10, blank=True, choices=How)
    fulfilled_at = models.DateTimeField(null=True, editable=False)
    fulfilled_on = models.DateField(null=True, editable=False)  # the date in Nghệ An
    reminded = models.PositiveSmallIntegerField(null=True, editable=False)
    escalated = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        ordering = ["due", "title_vi"]
        verbose_name = _("nghĩa vụ")
        verbose_name_plural = _("nghĩa vụ")
        indexes = [
            # What the sweep asks: of many thousand duties, those that live are few.
            models.Index(fields=["due"], condition=Q(state__in=LIVE), name="duty_live_by_due"),
            models.Index(fields=["subject", "period"], name="duty_of_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "period", "start"], name="one_duty_per_subject"
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DutyState.FULFILLED,
                    fulfilled_at__isnull=False,
                    fulfilled_on__isnull=False,
                )
                & ~Q(how="")
                | ~Q(state=DutyState.FULFILLED)
                & Q(fulfilled_at__isnull=True, fulfilled_on__isnull=True, how=""),
                name="duty_fulfilled_somehow",
            ),
            models.CheckConstraint(
                condition=Q(extended_to__isnull=True, due=F("counted_due"))
                | Q(extended_to__isnull=False, due=F("extended_to")),
                name="duty_due_as_counted_or_extended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title_vi} {self.period}".strip()

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_vi

    @property
    def is_live(self) -> bool:
        """Still to be done, late or not."""
        return self.state in LIVE

    @property
    def was_on_time(self) -> bool:
        return self.fulfilled_on is not None and self.fulfilled_on <= self.due

    def days_left(self, today: date) -> int:
        """Whole days until the last day; less than nothing once it has passed."""
        return (self.due - today).days
