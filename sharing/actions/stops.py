"""Planned stops of a service: announced in time, begun and ended by the clock (Đ43 NĐ47)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Person
from accounts.permissions import check_permission, has_permission, people_with
from accounts.reasons import check_reason
from accounts.roles import Permission
from core import clock
from sharing.actions import accounts
from sharing.models import ConnectionAccount, PlannedStop, SharingService
from sharing.policies import earliest_stop
from sharing.states import AccountState, SuspensionReason


@transaction.atomic
def announce(
    *, service: SharingService, begins_on: date, expected_back: date, reason: str, by: Person
) -> PlannedStop:
    """Announce it in public and to those who use the service; on `expected_back` it works again.

    Raises ValidationError naming the earliest day when the notice would be too short.
    """
    service = SharingService.objects.select_for_update().get(pk=service.pk)
    _check_may_stop(service, by)
    check_stoppable(service)
    _check_days(service, begins_on, expected_back)
    stop = PlannedStop.objects.create(
        service=service,
        begins_on=begins_on,
        expected_back=expected_back,
        reason=check_reason(reason),
        announced_by=by,
    )
    _record(stop, "stop.announced", by)
    _tell(stop, "stop.announced", by)
    return stop


@transaction.atomic
def call_off(*, stop: PlannedStop, by: Person) -> PlannedStop:
    """It will not take place. Raises ValidationError once it has begun."""
    stop = _locked(stop.pk)
    _check_may_stop(stop.service, by)
    check_may_call_off(stop)
    stop.cancelled_at = clock.now()
    stop.save(update_fields=["cancelled_at"])
    _record(stop, "stop.called_off", by)
    _tell(stop, "stop.called_off", by)
    return stop


def check_may_call_off(stop: PlannedStop) -> None:
    if stop.began_at or stop.cancelled_at:
        raise ValidationError(_("Đợt tạm dừng này đã bắt đầu hoặc đã huỷ."), code="state")


def check_stoppable(service: SharingService) -> None:
    if service.state != SharingService.State.OFFERED:
        raise ValidationError(_("Chỉ tạm dừng được dịch vụ đang cung cấp."), code="service")


def begin_stops() -> int:
    """Suspend the accounts of the services whose stop begins; how many stops."""
    due = PlannedStop.objects.filter(
        begins_on__lte=clock.today(), began_at__isnull=True, cancelled_at__isnull=True
    )
    return sum(_begin(pk) for pk in list(due.values_list("pk", flat=True)))


def end_stops() -> int:
    """Resume, on the day announced, what the stops suspended; how many stops."""
    over = PlannedStop.objects.filter(
        expected_back__lte=clock.today(), began_at__isnull=False, ended_at__isnull=True
    )
    return sum(_end(pk) for pk in list(over.values_list("pk", flat=True)))


@transaction.atomic
def _begin(pk: int) -> int:
    stop = _locked(pk)
    if stop.began_at or stop.cancelled_at:
        return 0
    stop.began_at = clock.now()
    stop.save(update_fields=["began_at"])
    if stop.expected_back > clock.today():  # one that was slept through stops nobody
        for account in _held(stop).filter(state=AccountState.ACTIVE):
            accounts.suspend_by_plan(account=account, stop=stop)
    return 1


@transaction.atomic
def _end(pk: int) -> int:
    stop = _locked(pk)
    if stop.ended_at:
        return 0
    stop.ended_at = clock.now()
    stop.save(update_fields=["ended_at"])
    for account in _suspended_by(stop):
        accounts.resume_by_plan(account=account)
    return 1


def _suspended_by(stop: PlannedStop) -> QuerySet[ConnectionAccount]:
    """What this stop suspended and nobody has suspended anew, for another reason, since."""
    return _held(stop).filter(
        state=AccountState.SUSPENDED,
        suspension_reason=SuspensionReason.MAINTENANCE,
        suspension_note=stop.reason,
        expected_back=stop.expected_back,
        state_changed_at__gte=stop.began_at,
    )


def _held(stop: PlannedStop) -> QuerySet[ConnectionAccount]:
    """The accounts of the service, as they stand now and until the transaction ends."""
    accounts_ = ConnectionAccount.objects.select_for_update(of=("self",))
    return accounts_.filter(service=stop.service).select_related("agency", "service__owner")


def _check_may_stop(service: SharingService, by: Person) -> None:
    """The data authority for every service, the owner's approver for the owner's."""
    if not has_permission(by, Permission.ISSUE_ACCOUNT):
        check_permission(by, Permission.GIVE_CONSENT, service.owner)


def _check_days(service: SharingService, begins_on: date, expected_back: date) -> None:
    earliest = earliest_stop()
    if begins_on < earliest:
        raise ValidationError(
            _(
                "Phải thông báo trước ít nhất 07 ngày làm việc (Điều 43 Nghị định 47/2020/NĐ-CP): "
                "sớm nhất là ngày %(day)s."
            )
            % {"day": f"{earliest:%d/%m/%Y}"},
            code="begins_on",
        )
    if expected_back <= begins_on:
        raise ValidationError(
            _("Ngày dự kiến khôi phục phải sau ngày bắt đầu dừng."), code="expected_back"
        )
    others = PlannedStop.objects.filter(
        service=service, cancelled_at__isnull=True, ended_at__isnull=True
    )
    if others.filter(begins_on__lt=expected_back, expected_back__gt=begins_on).exists():
        raise ValidationError(
            _("Dịch vụ này đã có một đợt tạm dừng trong những ngày đó."), code="begins_on"
        )


def _locked(pk: int) -> PlannedStop:
    stops = PlannedStop.objects.select_for_update(of=("self",)).select_related("service__owner")
    return stops.get(pk=pk)


def _record(stop: PlannedStop, action: str, by: Person) -> None:
    facts: dict[str, Any] = {
        "service": stop.service.code,
        "begins_on": stop.begins_on.isoformat(),
        "expected_back": stop.expected_back.isoformat(),
        "reason": stop.reason,
    }
    record(by=by, action=action, target=stop, agency=stop.service.owner, after=facts)


def _tell(stop: PlannedStop, kind: str, by: Person) -> None:
    """Those who use the service and those whose data it gives."""
    living = stop.service.accounts.filter(state__in=[AccountState.ACTIVE, AccountState.SUSPENDED])
    people = {one.pk: one for one in people_with(Permission.GIVE_CONSENT, stop.service.owner)}
    for account in living.select_related("agency"):
        users = people_with(Permission.REQUEST_CONNECTION, account.agency)
        people |= {one.pk: one for one in users}
    people.pop(by.pk, None)
    tell(
        people.values(),
        kind=kind,
        facts={
            "service": stop.service.title_vi,
            "owner": stop.service.owner.name_vi,
            "begins": stop.begins_on.isoformat(),
            "back": stop.expected_back.isoformat(),
            "reason": stop.reason,
        },
        path=reverse("connections_register"),
    )
