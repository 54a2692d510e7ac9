from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Person
from core import clock
from deadlines.models.legal_rule import LegalRule
from deadlines.periods import Period


class Round(models.Model):
    """Everybody's duties of one kind for one period (đợt): opened together, closed together.

    `closing_on`: the day from which the result is frozen in standings.
    """

    kind = models.CharField(max_length=30)
    period = models.CharField(_("kỳ"), max_length=10)
    period_end = models.DateField()
    rule = models.ForeignKey(LegalRule, models.PROTECT, related_name="+")
    start = models.DateField()
    due = models.DateField(_("hạn"))
    closing_on = models.DateField()
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    closed_at = models.DateTimeField(_("chốt lúc"), null=True, editable=False)

    class Meta:
        ordering = ["-period_end", "kind"]
        verbose_name = _("đợt cập nhật")
        verbose_name_plural = _("đợt cập nhật")
        constraints = [
            models.UniqueConstraint(fields=["kind", "period"], name="one_round_per_period"),
            models.CheckConstraint(condition=Q(due__gte=F("start") - 1), name="round_due_after"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"

    def get_absolute_url(self) -> str:
        return reverse("progress", args=[self.period])

    @property
    def as_period(self) -> Period:
        return Period.parse(self.period)


class Standing(models.Model):
    """How one agency stood when the round was closed; never changed afterwards.

    owed = on_time + late + missing: what was waived, fell away or was extended beyond the closing is
    not owed.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="standings")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="standings")
    owed = models.PositiveIntegerField()
    on_time = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()
    waived = models.PositiveIntegerField()
    extended = models.PositiveIntegerField()
    nothing = models.PositiveIntegerField()  # of those done: nothing to report
    pulled = models.PositiveIntegerField()  # of those done: by API
    rank = models.PositiveIntegerField(null=True)  # none for an agency with few duties

    class Meta:
        ordering = ["agency__name_sort"]
        verbose_name = _("kết quả đã chốt")
        verbose_name_plural = _("kết quả đã chốt")
        constraints = [
            models.UniqueConstraint(fields=["round", "agency"], name="one_standing_per_agency"),
            models.CheckConstraint(
                condition=Q(owed=F("on_time") + F("late") + F("missing")), name="standing_adds_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round}: {self.agency}"


class Correction(models.Model):
    """What happened to a duty after its round was closed: the result stands, this tells the rest."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="corrections")
    duty = models.ForeignKey("deadlines.Duty", models.PROTECT, related_name="+")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=20)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("thay đổi sau khi chốt")
        verbose_name_plural = _("thay đổi sau khi chốt")

    def __str__(self) -> str:
        return f"{self.round}: {self.step}"
