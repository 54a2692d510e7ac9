"""The time an owner gives itself to answer a request: a duty of the owner, counted in working days.

The law sets no limit for the owner's answer (Đ11), so there is a duty only where the service names one,
and its words say that it is the owner's own. It counts from the day the request was received; while the
requester has to add something it stands still.
"""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from deadlines.actions import duties, opening
from deadlines.actions.own_limits import OwnLimit, rule_of
from deadlines.kinds import Owed, kind_of
from deadlines.models import Duty
from deadlines.states import DutyState
from sharing.actions.running import resume
from sharing.models import ConnectionRequest
from sharing.states import ClockEffect

OWNER_ANSWER = "owner_answer"
# In the law's language, as every rule is; the duty's page marks it as Vietnamese.
LIMIT = OwnLimit(
    code=OWNER_ANSWER,
    title_vi="Chủ quản trả lời yêu cầu kết nối",
    title_en="The owner's answer to a connection request",
    ground_vi="cam kết của cơ quan chủ quản (tự đặt cho dịch vụ; pháp luật không quy định thời hạn này)",
)


def follow(request: ConnectionRequest, effect: ClockEffect, *, by: Person) -> None:
    """Do to the owner's duty what the step does; the request itself is saved by the caller."""
    if effect == ClockEffect.START:
        request.answer_duty = _opened(request, by)
        return
    duty = request.answer_duty
    if duty is None:
        return
    match effect:
        case ClockEffect.PAUSE if duty.is_live:
            duties.pause(duty=duty, by=by)
        case ClockEffect.RESUME if duty.state == DutyState.PAUSED:
            resume(duty, localtime(duty.state_changed_at).date(), by)
        case ClockEffect.STOP:
            duties.fulfil_one(duty=duty, how=Duty.How.DONE, by=by)
        case ClockEffect.DROP:
            duties.void_one(duty=duty, by=by, reason=_("Yêu cầu không còn chờ chủ quản trả lời."))
    duty.refresh_from_db()


def subject_of(request: ConnectionRequest) -> str:
    """The request and how often it has been sent before: one opened again asks for another answer."""
    sent = request.events.filter(step__in=("submit", "keyed_in"))
    return f"{request.pk.hex}-{sent.count()}"


def _opened(request: ConnectionRequest, by: Person) -> Duty | None:
    service = request.service
    if not service.answer_days:
        return None
    owed = Owed(
        agency_id=service.owner_id,
        subject=subject_of(request),
        title_vi=f"{request.number} {service.title_vi}",
        title_en=f"{request.number} {service.title_en or service.title_vi}",
    )
    return opening.open_for_event(
        kind=kind_of(OWNER_ANSWER),
        rule_code=rule_of(LIMIT, service.answer_days),
        since=request.received_on or clock.today(),
        owed=owed,
        by=by,
    )
