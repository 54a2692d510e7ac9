"""Another rule from a day on: the old row is ended, what it governs from that day is counted anew."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.actions.recount import recount
from deadlines.models import Duty, LegalRule, Round
from deadlines.rules import Start
from deadlines.states import LIVE

CHANGEABLE = ("citation_vi", "number", "counting", "rolls", "active")


@transaction.atomic
def replace(
    *, rule: LegalRule, valid_from: date, by: Person, **facts: str | int | bool
) -> tuple[LegalRule, int]:
    """Follow the rule by one with other `facts` (of CHANGEABLE); the new row, and how many duties moved.

    Live duties and open rounds whose event lies on or after that day go over to it. Raises
    ValidationError for a rule already ended, or a day that is not after its beginning.
    """
    check_permission(by, Permission.DECIDE_DEADLINE)
    rule = LegalRule.objects.select_for_update().get(pk=rule.pk)
    _check(rule, valid_from, facts)
    rule.valid_to = valid_from - timedelta(days=1)
    rule.save(update_fields=["valid_to"])
    new = LegalRule.objects.get(pk=rule.pk)
    new.pk, new.valid_from, new.valid_to, new.created_by = None, valid_from, None, by
    for name, value in facts.items():
        setattr(new, name, value)
    new.as_rule()  # raises ValueError for a way of counting that is not for such a limit
    new._state.adding = True
    new.save(force_insert=True)
    record(
        by=by,
        action="rule.replaced",
        target=new,
        before={name: getattr(rule, name) for name in CHANGEABLE},
        after={name: getattr(new, name) for name in CHANGEABLE}
        | {"valid_from": valid_from.isoformat()},
    )
    Duty.objects.filter(rule=rule, state__in=LIVE, start__gte=valid_from).update(rule=new)
    Round.objects.filter(rule=rule, closed_at=None, start__gte=valid_from).update(rule=new)
    return new, recount()


def _check(rule: LegalRule, valid_from: date, facts: dict[str, str | int | bool]) -> None:
    if rule.start == Start.OWN:
        raise ValidationError(
            _(
                "Thời hạn này do cơ quan tự đặt, không phải quy định; cơ quan sửa ở dịch vụ của mình."
            ),
            code="own",
        )
    if rule.valid_to is not None:
        raise ValidationError(_("Quy định này đã hết hiệu lực, không thay được nữa."), code="ended")
    if valid_from <= rule.valid_from:
        raise ValidationError(
            _("Ngày có hiệu lực phải sau ngày quy định hiện tại bắt đầu (%(day)s).")
            % {"day": f"{rule.valid_from:%d/%m/%Y}"},
            code="valid_from",
        )
    if all(getattr(rule, name) == value for name, value in facts.items()):
        raise ValidationError(_("Nội dung mới giống quy định hiện tại."), code="same")
