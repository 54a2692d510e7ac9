"""The life of a connection request and of a connection account, as data (Đ11, Đ16 QĐ 22/2023).

sharing.actions.states and sharing.actions.accounts apply the tables.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission


class RequestState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    KEYING = "keying", _("Đang nhập từ văn bản")  # by officers; nobody else knows of it
    SUBMITTED = "submitted", _("Mới gửi")
    WAITING_CONSENT = "waiting_consent", _("Chờ chấp thuận")
    NEEDS_SUPPLEMENT = "supplement", _("Cần bổ sung")
    OWNER_REFUSED = "owner_refused", _("Chủ quản không chấp thuận")
    CONSENTED = "consented", _("Đã chấp thuận, chờ xử lý")
    PROCESSING = "processing", _("Đang xử lý")
    ISSUED = "issued", _("Đã cấp tài khoản")
    REFUSED = "refused", _("Từ chối")
    WITHDRAWN = "withdrawn", _("Đã rút lại")
    DISCARDED = "discarded", _("Bản nháp đã huỷ")  # it was with nobody, so it was not taken back


class Side(StrEnum):
    """On whose side somebody acts; the permission is asked for that side's agency."""

    REQUESTER = "requester"
    OWNER = "owner"
    AUTHORITY = "authority"  # the data authority: its roles reach every agency


class ClockEffect(StrEnum):
    """What a step does to a clock."""

    NONE = ""
    START = "start"  # both documents are in
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"  # answered
    DROP = "drop"  # nothing to answer any more


S = RequestState
P = Permission
MAY = {
    Side.REQUESTER: P.REQUEST_CONNECTION,
    Side.OWNER: P.GIVE_CONSENT,
    Side.AUTHORITY: P.ISSUE_ACCOUNT,
}


@dataclass(frozen=True)
class Transition:
    """One permitted step. `sides` may take it; `tells` are the sides that get the notice.

    `clock`: what it does to the 5-working-day clock (Đ11.1); `owner_clock`: to the time the owner gave
    itself to answer. `sends`: what the request says goes to the others with it.
    """

    name: str
    sources: tuple[RequestState, ...]
    target: RequestState
    sides: tuple[Side, ...]
    tells: tuple[Side, ...] = ()
    clock: ClockEffect = ClockEffect.NONE
    owner_clock: ClockEffect = ClockEffect.NONE
    needs_reason: bool = False
    sends: bool = False

    @property
    def audit_action(self) -> str:
        return f"request.{self.name}"

    @property
    def notice(self) -> str:
        return f"request.{self.name}" if self.tells else ""


BEFORE_CONSENT = (S.SUBMITTED, S.WAITING_CONSENT)
RUNNING = (S.CONSENTED, S.PROCESSING)
ASKER, OWNER, AUTHORITY = Side.REQUESTER, Side.OWNER, Side.AUTHORITY
C = ClockEffect

TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        "submit",
        (S.DRAFT,),
        S.SUBMITTED,
        (ASKER,),
        tells=(OWNER, AUTHORITY),
        owner_clock=C.START,
        sends=True,
    ),
    Transition(
        "keyed_in",
        (S.KEYING,),
        S.SUBMITTED,
        (AUTHORITY,),
        tells=(ASKER, OWNER, AUTHORITY),
        owner_clock=C.START,
        sends=True,
    ),
    Transition("discard", (S.KEYING,), S.DISCARDED, (AUTHORITY,)),
    Transition("give_up", (S.DRAFT,), S.DISCARDED, (ASKER,)),
    Transition("receive", (S.SUBMITTED,), S.WAITING_CONSENT, (AUTHORITY,)),
    Transition(
        "ask_supplement",
        BEFORE_CONSENT,
        S.NEEDS_SUPPLEMENT,
        (OWNER, AUTHORITY),
        tells=(ASKER,),
        owner_clock=C.PAUSE,
        needs_reason=True,
    ),
    Transition(
        "ask_supplement_running",
        RUNNING,
        S.NEEDS_SUPPLEMENT,
        (AUTHORITY,),
        tells=(ASKER, OWNER),
        clock=C.PAUSE,
        needs_reason=True,
    ),
    Transition(
        "supplement",
        (S.NEEDS_SUPPLEMENT,),
        S.SUBMITTED,
        (ASKER,),
        tells=(OWNER, AUTHORITY),
        owner_clock=C.RESUME,
        sends=True,
    ),
    Transition(
        "supplement_running",
        (S.NEEDS_SUPPLEMENT,),
        S.PROCESSING,
        (ASKER,),
        tells=(AUTHORITY,),
        clock=C.RESUME,
        sends=True,
    ),
    Transition(
        "consent",
        BEFORE_CONSENT,
        S.CONSENTED,
        (OWNER,),
        tells=(ASKER, AUTHORITY),
        clock=C.START,
        owner_clock=C.STOP,
    ),
    Transition(
        "owner_refuse",
        BEFORE_CONSENT,
        S.OWNER_REFUSED,
        (OWNER,),
        tells=(ASKER, AUTHORITY),
        owner_clock=C.STOP,
        needs_reason=True,
    ),
    Transition("take", (S.CONSENTED,), S.PROCESSING, (AUTHORITY,)),
    Transition("issue", RUNNING, S.ISSUED, (AUTHORITY,), tells=(ASKER, OWNER), clock=C.STOP),
    Transition(
        "refuse",
        (*BEFORE_CONSENT, *RUNNING),
        S.REFUSED,
        (AUTHORITY,),
        tells=(ASKER, OWNER),
        clock=C.STOP,
        owner_clock=C.DROP,
        needs_reason=True,
    ),
    Transition(
        "withdraw",
        (*BEFORE_CONSENT, S.NEEDS_SUPPLEMENT, *RUNNING),
        S.WITHDRAWN,
        (ASKER,),
        tells=(OWNER, AUTHORITY),
        clock=C.DROP,
        owner_clock=C.DROP,
    ),
    Transition(
        "reopen", (S.ISSUED, S.REFUSED, S.OWNER_REFUSED), S.DRAFT, (ASKER,), needs_reason=True
    ),
)
# Nothing more is to be done about it, unless it is opened again.
FINAL = frozenset({S.OWNER_REFUSED, S.ISSUED, S.REFUSED, S.WITHDRAWN, S.DISCARDED})


def transition(name: str) -> Transition:
    """The step of that name. Raises KeyError."""
    return _BY_NAME[name]


_BY_NAME = {step.name: step for step in TRANSITIONS}


class AccountState(models.TextChoices):
    ACTIVE = "active", _("Đang hoạt động")
    SUSPENDED = "suspended", _("Tạm dừng")
    ENDED = "ended", _("Đã chấm dứt")
    EXPIRED = "expired", _("Hết hạn")


class SuspensionReason(models.TextChoices):
    """Đ43 NĐ47: for everybody (maintenance, force majeure), for some (breach, security)."""

    MAINTENANCE = "maintenance", _("Nâng cấp, bảo trì")
    FORCE_MAJEURE = "force_majeure", _("Sự kiện bất khả kháng")
    BREACH = "breach", _("Vi phạm quy chế khai thác")
    SECURITY = "security", _("Nguy cơ mất an toàn thông tin")


@dataclass(frozen=True)
class AccountStep:
    """One permitted step of an account; no permission: the portal takes it."""

    name: str
    sources: tuple[AccountState, ...]
    target: AccountState
    permission: Permission | None

    @property
    def audit_action(self) -> str:
        return f"account.{self.name}"


N = AccountState
ACCOUNT_STEPS = {
    step.name: step
    for step in (
        AccountStep("suspend", (N.ACTIVE,), N.SUSPENDED, P.ISSUE_ACCOUNT),
        AccountStep("resume", (N.SUSPENDED,), N.ACTIVE, P.ISSUE_ACCOUNT),
        AccountStep("end", (N.ACTIVE, N.SUSPENDED, N.EXPIRED), N.ENDED, P.ISSUE_ACCOUNT),
        AccountStep("expire", (N.ACTIVE, N.SUSPENDED), N.EXPIRED, None),
    )
}
