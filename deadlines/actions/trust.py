"""Is the clock to be believed? Asked before anything that time alone brings about and nothing undoes.

Opening, marking, closing, expiring, deleting what has been kept long enough, publishing what was pulled:
none of it happens while the clock has jumped further than can be explained. It is said once, loudly, and
goes on when the clock agrees again, or when an operator says that it is right (docs/adr/0021).
"""

from datetime import datetime

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Membership, Person
from accounts.permissions import check_permission
from accounts.queue import after_commit
from accounts.roles import Permission, roles_with
from core import clock
from deadlines import witnesses
from deadlines.models import HOLDING, Doubt, Sweep

log = structlog.get_logger(__name__)


def may_go_on() -> bool:
    """Whether what the clock brings about may happen now. A clock held by a replay or a test always may."""
    return clock.is_held() or _agrees()


@transaction.atomic
def _agrees() -> bool:
    """Look at the clock and write down what is thought of it; False while that holds everything back."""
    row, now, witness = locked_row(), clock.now(), witnesses.present()
    doubt = witnesses.doubt_about(now, witness, row)
    row.tried_at = now
    if doubt is None:
        row.known_at, row.known_boot, row.known_uptime = now, witness.boot, witness.uptime
    if row.doubt != (doubt or ""):
        _say(row, doubt, now)
    row.save()
    return doubt not in HOLDING


@transaction.atomic
def believe_clock(*, by: Person) -> Sweep:
    """An operator says that the clock is right as it is: what was held back goes on.

    Raises ValidationError where nothing is in doubt, or where two clocks contradict each other, which no
    word settles.
    """
    check_permission(by, Permission.OPERATE)
    row = locked_row()
    check_believable(row)
    record(
        by=by,
        action="sweep.clock_believed",
        target=row,
        before={"doubt": row.doubt},
        after={"clock": _moment(row.tried_at)},
    )
    # What the clock said where it was looked at: this process may run on another machine.
    row.known_at, row.known_boot, row.known_uptime = row.tried_at, "", 0
    row.doubt, row.doubted_since = "", None
    row.save()
    after_commit("deadlines.sweep")
    return row


def check_believable(row: Sweep) -> None:
    """Raises ValidationError where an operator's word would change nothing."""
    if not row.doubt:
        raise ValidationError(_("Đồng hồ đang khớp, không có gì phải xác nhận."), code="nothing")
    if row.doubt == Doubt.APART:
        raise ValidationError(
            _(
                "Đồng hồ của máy chủ và của cơ sở dữ liệu lệch nhau. Hãy chỉnh lại đồng hồ (NTP); rà soát "
                "tự tiếp tục khi hai đồng hồ khớp."
            ),
            code="apart",
        )


def locked_row() -> Sweep:
    """The one row, held until the transaction ends."""
    return Sweep.objects.select_for_update().get_or_create(pk=1)[0]


def _say(row: Sweep, doubt: Doubt | None, now: datetime) -> None:
    """A change of what is thought of the clock: in the log, the audit trail and to the operators."""
    facts = {"clock": _moment(now), "known": _moment(row.known_at or row.last_at)}
    record(
        by=None,
        action="sweep.clock_doubted" if doubt else "sweep.clock_agrees",
        target=row,
        before={"doubt": row.doubt},
        after={"doubt": doubt or "", **facts},
    )
    row.doubt, row.doubted_since = doubt or "", now if doubt else None
    if doubt is None:
        log.warning("clock_agrees_again", **facts)
        return
    log.error("clock_doubted", doubt=str(doubt), held=doubt in HOLDING, **facts)
    told = {
        "clock_doubt": str(doubt),
        "clock_held": "yes" if doubt in HOLDING else "",
        "clock_says": facts["clock"],
        "clock_known": facts["known"],
    }
    tell(_operators(), kind="sweep.clock_doubted", facts=told, path=reverse("operations"))


def _operators() -> list[Person]:
    """Whoever operates; where nobody does, those who decide about deadlines."""
    for permission in (Permission.OPERATE, Permission.DECIDE_DEADLINE):
        codes = [role.code for role in roles_with(permission)]
        held = Membership.objects.current().filter(role_code__in=codes).values("person")
        people = list(Person.objects.filter(is_active=True, pk__in=held))
        if people:
            return people
    return []


def _moment(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
