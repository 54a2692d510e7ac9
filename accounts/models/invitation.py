from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.person import Person
from accounts.roles import ROLES, Role, role_choices
from core import clock


class Invitation(models.Model):
    """An offer of a role by e-mail. The token itself is only in the letter; here is its SHA-256.

    One that `needs_second_person` is a proposal until another person has confirmed it: no letter yet.
    """

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
    needs_second_person = models.BooleanField(default=False, editable=False)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, editable=False)
    refused_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    refused_at = models.DateTimeField(null=True, editable=False)
    refusal_reason = models.TextField(_("lý do không xác nhận"), blank=True)
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
            ),
            models.CheckConstraint(
                condition=Q(needs_second_person=False)
                | Q(accepted_at__isnull=True)
                | Q(confirmed_by__isnull=False),
                name="invitation_of_two_people",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(invited_by__isnull=True)
                | ~Q(confirmed_by=models.F("invited_by")),
                name="invitation_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True)
                | Q(refused_by__isnull=False) & ~Q(refusal_reason=""),
                name="proposal_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} – {self.role.name}"

    @property
    def role(self) -> Role:
        return ROLES[self.role_code]

    @property
    def expires_at(self) -> datetime:
        return (self.confirmed_at or self.invited_at) + timedelta(days=settings.INVITATION_DAYS)

    @property
    def is_open(self) -> bool:
        """The letter has gone and may be answered."""
        return self._is_alive and not self._waits

    @property
    def is_proposal(self) -> bool:
        """A second person may decide on it."""
        return self._is_alive and self._waits

    @property
    def _waits(self) -> bool:
        return self.needs_second_person and self.confirmed_at is None

    @property
    def _is_alive(self) -> bool:
        ends = (self.accepted_at, self.cancelled_at, self.refused_at)
        return not any(ends) and clock.now() <= self.expires_at
