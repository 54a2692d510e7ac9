from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from core import clock
from deadlines.counting import Counting, FixedDate, Limit, Unit
from deadlines.periods import Kind
from deadlines.rules import Rule, Start


class LegalRule(models.Model):
    """A time limit as the law sets it, from one day to another (quy định thời hạn).

    The row behind deadlines.rules.Rule. A record keeps the row it was made under, so a row is ended
    and followed by another, never rewritten.
    """

    class CountingWords(models.TextChoices):
        CIVIL_CODE = Counting.CIVIL_CODE, _("Không tính ngày đầu (Điều 147 Bộ luật Dân sự)")
        INCLUSIVE = Counting.INCLUSIVE, _("Tính cả ngày đầu")
        STRICT_BEFORE = Counting.STRICT_BEFORE, _("Xong trước ngày đã định")
        ON_OR_BEFORE = Counting.ON_OR_BEFORE, _("Xong chậm nhất trong ngày đã định")

    code = models.SlugField(_("mã"), max_length=40)
    title_vi = models.CharField(_("tên"), max_length=200)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    citation_vi = models.CharField(_("căn cứ"), max_length=300)
    start = models.CharField(max_length=10, choices=[(one, one) for one in Start])
    period_kind = models.CharField(max_length=8, blank=True, choices=[(one, one) for one in Kind])
    number = models.PositiveSmallIntegerField(_("số lượng"), null=True)
    unit = models.CharField(
        _("đơn vị"), max_length=12, blank=True, choices=[(one, one) for one in Unit]
    )
    month = models.PositiveSmallIntegerField(_("tháng"), null=True)
    day = models.PositiveSmallIntegerField(_("ngày"), null=True)
    counting = models.CharField(_("cách đếm"), max_length=15, choices=CountingWords)
    rolls = models.BooleanField(_("dời qua ngày nghỉ"))
    valid_from = models.DateField(_("có hiệu lực từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    active = models.BooleanField(_("đang áp dụng"), default=True)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["code", "valid_from"]
        verbose_name = _("quy định thời hạn")
        verbose_name_plural = _("quy định thời hạn")
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_rule_from_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="one_open_rule"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from") - 1),
                name="rule_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(start=Start.YEAR, month__isnull=False, day__isnull=False)
                | ~Q(start=Start.YEAR) & Q(number__isnull=False) & ~Q(unit=""),
                name="rule_has_its_limit",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_vi

    def as_rule(self) -> Rule:
        return Rule(
            code=self.code,
            title_vi=self.title_vi,
            title_en=self.title_en,
            citation_vi=self.citation_vi,
            start=Start(self.start),
            period_kind=Kind(self.period_kind) if self.period_kind else None,
            limit=self._limit(),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            active=self.active,
        )

    def _limit(self) -> Limit | FixedDate:
        counting = Counting(self.counting)
        if self.month is not None and self.day is not None:
            return FixedDate(self.month, self.day, counting)
        return Limit(self.number or 0, Unit(self.unit), counting, self.rolls)
