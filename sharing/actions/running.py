"""The 5-working-day clock of a request: a duty of the data authority (Đ11.1).

It exists only once the request and the owner's consent are both in, and counts from the later day.
Asking for a supplement while it runs stops it; the working days already used stay used.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Agency, Person
from core import clock
from deadlines import law
from deadlines.actions import duties, opening
from deadlines.counting import Limit, Unit, count, working_days
from deadlines.kinds import Owed, kind_of
from deadlines.models import Duty
from sharing.models import ConnectionRequest, SharingService
from sharing.states import ClockEffect

CONNECTION_ACCOUNT = "connection_account"


def follow(request: ConnectionRequest, effect: ClockEffect, *, by: Person) -> None:
    """Do to the clock what the step does; the request itself is saved by the caller."""
    match effect:
        case ClockEffect.START:
            request.duty = _started(request, by)
        case ClockEffect.PAUSE if request.duty is not None and request.duty.is_live:
            duties.pause(duty=request.duty, by=by)
            request.paused_on = clock.today()
        case ClockEffect.RESUME if request.duty is not None:
            resume(request.duty, request.paused_on or clock.today(), by)
            request.paused_on = None
        case ClockEffect.STOP if request.duty is not None:
            duties.fulfil_one(duty=request.duty, how=Duty.How.DONE, by=by)
        case ClockEffect.DROP if request.duty is not None:
            duties.void_one(duty=request.duty, by=by, reason=_("Yêu cầu đã rút lại."))
    if request.duty is not None:
        request.duty.refresh_from_db()


def _started(request: ConnectionRequest, by: Person) -> Duty | None:
    """For sharing on special request the law sets no limit, so there is none (Đ13)."""
    if request.service.form == SharingService.Form.SPECIAL:
        return None
    authority = Agency.objects.current().filter(is_data_authority=True).first()
    if authority is None:
        raise ValidationError(_("Chưa có cơ quan đầu mối, chưa thể tính thời hạn xử lý."))
    since = max(day for day in (request.received_on, request.consented_on) if day)
    owed = Owed(
        agency_id=authority.pk,
        subject=str(request.pk),
        title_vi=f"{request.number} {request.service.title_vi}",
        title_en=f"{request.number} {request.service.title_en or request.service.title_vi}",
    )
    return opening.open_for_event(
        kind=kind_of(CONNECTION_ACCOUNT),
        rule_code=CONNECTION_ACCOUNT,
        since=since,
        owed=owed,
        by=by,
    )


def resume(duty: Duty, paused_on: date, by: Person) -> None:
    """The working days left when it was paused begin to count on the day after the supplement came."""
    today, calendar = clock.today(), law.calendar()
    left = max(1, working_days(paused_on, duty.due, calendar))
    due = count(Limit(left, Unit.WORKING_DAY), today, calendar).due
    duties.resume(duty=duty, due=max(due, duty.counted_due), by=by)
