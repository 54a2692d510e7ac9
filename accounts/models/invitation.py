from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.person import Person
from accounts.roles import ROLES, Role, role_choices
from portal import clock


class Invitation(models.Model):
    """An offer of a role by e-mail. The token itself is only in the letter; here is its SHA-256."""

    link = ""  # set by accounts.actions.invitations.invite, never stored
    email = models.EmailField(_("thư điện tử"))
    full_name = models.CharField(_("họ và tên"), max_length=150)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="invitations", verbose_name=_("cơ quan")
    )
    role_code = models.CharField(_("vai trò"), max_length=30, choices=role_choices)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-invited_at"]
        verbose_name = _("lời mời")
        verbose_name_plural = _("lời mời")
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(
                    accepted_at__isnull=False, accepted_by__isnull=False, cancelled_at__isnull=True
                ),
                name="invitation_accepted_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.role.name}"

    @property
    def role(self) -> Role:
        return ROLES[self.role_code]

    @property
    def expires_at(self) -> datetime:
        return self.invited_at + timedelta(days=settings.INVITATION_DAYS)

    @property
    def is_open(self) -> bool:
        answered = self.accepted_at is not None or self.cancelled_at is not None
        return not answered and clock.now() <= self.expires_at
