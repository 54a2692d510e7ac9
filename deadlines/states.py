"""The life of a duty and of a petition, as data.

deadlines.actions.duties and deadlines.actions.petitions apply the tables; docs/duty-states.md is
printed from them.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission


class DutyState(models.TextChoices):
    OPEN = "open", _("Đang thực hiện")
    OVERDUE = "overdue", _("Quá hạn")
    PAUSED = "paused", _("Tạm dừng tính hạn")
    FULFILLED = "fulfilled", _("Đã thực hiện")
    WAIVED = "waived", _("Được miễn")
    VOID = "void", _("Không còn phải thực hiện")


class PetitionState(models.TextChoices):
    WAITING = "waiting", _("Chờ quyết định")
    ACCEPTED = "accepted", _("Được chấp thuận")
    REFUSED = "refused", _("Không được chấp thuận")
    TAKEN_BACK = "taken_back", _("Đã rút lại")


D = DutyState
P = PetitionState
# Still to be done.
LIVE = (D.OPEN, D.OVERDUE)


@dataclass(frozen=True)
class DutyStep:
    """One permitted step; `permission` None: the portal takes it, for a deed judged elsewhere."""

    name: str
    sources: tuple[DutyState, ...]
    target: DutyState | None  # None: the state stays, another fact changes
    permission: Permission | None = None

    @property
    def audit_action(self) -> str:
        return f"duty.{self.name}"


DUTY_STEPS: tuple[DutyStep, ...] = (
    DutyStep("fulfil", (*LIVE, D.PAUSED), D.FULFILLED),
    DutyStep("reopen", (D.FULFILLED,), D.OPEN),
    DutyStep("pass_due", (D.OPEN,), D.OVERDUE),
    DutyStep("extend", LIVE, D.OPEN, Permission.DECIDE_DEADLINE),
    DutyStep("waive", LIVE, D.WAIVED, Permission.DECIDE_DEADLINE),
    DutyStep("void", (*LIVE, D.PAUSED), D.VOID),
    DutyStep("pause", LIVE, D.PAUSED),  # whoever it waits for is not the one who owes
    DutyStep("resume", (D.PAUSED,), D.OPEN),
    DutyStep("recount", LIVE, None),
    DutyStep("give_back", (D.OVERDUE,), D.OPEN),  # a later day, counted anew
    DutyStep("pass_on", LIVE, None),
)


def duty_step(name: str) -> DutyStep:
    """The step of that name. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME = {step.name: step for step in DUTY_STEPS}


@dataclass(frozen=True)
class PetitionStep:
    """One way out of WAITING; `decided`: taken by whom DECIDERS names, else by the agency that asked."""

    name: str
    target: PetitionState
    decided: bool = True
    notice: str = ""

    @property
    def audit_action(self) -> str:
        return f"petition.{self.name}"


# Petition kind → the permission that decides: the agency's own approver signs that there is nothing,
# more time is given by the data authority.
DECIDERS = {"nothing": Permission.DECIDE_RELEASE, "extension": Permission.DECIDE_DEADLINE}
PETITION_STEPS = {
    step.name: step
    for step in (
        PetitionStep("accept", P.ACCEPTED, notice="petition.accepted"),
        PetitionStep("refuse", P.REFUSED, notice="petition.refused"),
        PetitionStep("take_back", P.TAKEN_BACK, decided=False),
    )
}
