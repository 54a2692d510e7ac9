"""An officer keeps the calendar, by the notices that decide it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from accounts.turns import take_turn
from core import clock
from deadlines.actions.recount import recount
from deadlines.calendar import SATURDAY, Certainty, DayKind
from deadlines.models import CalendarDay

FACTS = ("kind", "name_vi", "certainty", "document")


@transaction.atomic
def set_day(
    *, day: date, kind: str, name_vi: str, certainty: int, document: str, by: Person
) -> int:
    """Enter or change one day; how many duties got another day by it.

    Raises ValidationError for a certain day without a notice, or a working Saturday on a weekday.
    """
    check_permission(by, Permission.EDIT_CALENDAR)
    document = document.strip()
    _check(day, kind, certainty, document)
    take_turn(f"calendar day {day}")
    known = CalendarDay.objects.select_for_update().filter(day=day).first()
    before = _facts(known) if known else {}
    row = known or CalendarDay(day=day)
    row.kind, row.name_vi, row.certainty = kind, name_vi.strip(), certainty
    row.document, row.changed_by, row.changed_at = document, by, clock.now()
    row.save()
    record(by=by, action="calendar.set", target=row, before=before, after=_facts(row))
    return recount()


@transaction.atomic
def remove_day(*, day: date, document: str, by: Person) -> int:
    """Make it an ordinary day again; how many duties got another day by it."""
    check_permission(by, Permission.EDIT_CALENDAR)
    row = CalendarDay.objects.select_for_update().filter(day=day).first()
    if row is None:
        return 0
    record(
        by=by,
        action="calendar.removed",
        target=row,
        before=_facts(row),
        after={"document": document.strip()},
    )
    row.delete()
    return recount()


def _check(day: date, kind: str, certainty: int, document: str) -> None:
    if certainty == Certainty.HIGH and not document:
        raise ValidationError(
            _("Hãy ghi số, ký hiệu thông báo, hoặc chọn “Dự kiến” nếu chưa có thông báo."),
            code="document",
        )
    if kind == DayKind.SWAP_WORK and day.weekday() < SATURDAY:
        raise ValidationError(
            _("Ngày làm bù phải là thứ Bảy hoặc Chủ nhật: các ngày khác vốn là ngày làm việc."),
            code="kind",
        )


def _facts(row: CalendarDay) -> dict[str, str | int]:
    return {name: getattr(row, name) for name in FACTS}
