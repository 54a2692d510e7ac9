from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.person import Person
from accounts.roles import ROLES, Role, role_choices
from core import clock


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self, on: date | None = None) -> "MembershipQuerySet":
        day = on or clock.today()
        return self.filter(valid_from__lte=day).filter(
            Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        )


class Membership(models.Model):
    """A person's role in one agency, from one day to another, and who granted it."""

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="memberships", verbose_name=_("người dùng")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="memberships", verbose_name=_("cơ quan")
    )
    role_code = models.CharField(_("vai trò"), max_length=30, choices=role_choices)
    valid_from = models.DateField(_("từ ngày"), default=clock.today)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    granted_by = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("người cấp")
    )
    ended_by = models.ForeignKey(
        Person, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("người thu hồi"),
    )  # fmt: skip
    end_reason = models.TextField(_("lý do thu hồi"), blank=True, editable=False)
    granted_at = models.DateTimeField(_("thời điểm cấp"), default=clock.now, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["agency__name_sort", "person__full_name", "role_code"]
        verbose_name = _("vai trò")
        verbose_name_plural = _("vai trò")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=models.F("valid_from") - 1),
                name="membership_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["person", "agency", "role_code"],
                condition=Q(valid_to__isnull=True),
                name="one_open_membership_per_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} – {self.role.name} – {self.agency}"

    @property
    def role(self) -> Role:
        return ROLES[self.role_code]
