"""The duties of sharing: the connection account, the review of the default list, the owner's answer."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Min
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from accounts.roles import Permission
from deadlines.actions.duties import last_done
from deadlines.kinds import DutyKind, Owed, register
from deadlines.models import Duty
from sharing.actions.answering import OWNER_ANSWER
from sharing.actions.running import CONNECTION_ACCOUNT
from sharing.models import SharingService

DEFAULT_LIST_REVIEW = "default_list_review"


def _reviews_owed() -> Iterable[tuple[date, Owed]]:
    """Agencies that share by default: from their last review, else from their first service (Đ11.2)."""
    done = last_done(DEFAULT_LIST_REVIEW)
    offered = SharingService.objects.offered().filter(form=SharingService.Form.DEFAULT)
    first = offered.order_by().values_list("owner").annotate(Min("offered_at"))
    agencies = Agency.objects.in_bulk([owner for owner, _at in first])
    for owner, at in first:
        agency = agencies[owner]
        since = done.get(agency.key) or localtime(at).date()
        yield since, Owed(agency.pk, agency.key, agency.name_vi, agency.name_en)


def _request_addresses(duties: Sequence[Duty]) -> dict[int, str]:
    return {duty.pk: reverse("connection_request", args=[duty.subject]) for duty in duties}


def _answer_addresses(duties: Sequence[Duty]) -> dict[int, str]:
    """`subject` as sharing.actions.answering.subject_of."""
    ids = {duty.pk: UUID(duty.subject.partition("-")[0]) for duty in duties}
    return {pk: reverse("connection_request", args=[request]) for pk, request in ids.items()}


register(
    DutyKind(
        code=CONNECTION_ACCOUNT,
        title=_("Cấp tài khoản kết nối"),
        rules=("connection_account",),
        doers=(Permission.ISSUE_ACCOUNT,),
        heads=(Permission.DECIDE_DEADLINE,),
        addresses=_request_addresses,
        stands_still=True,
    )
)
register(
    DutyKind(
        code=DEFAULT_LIST_REVIEW,
        title=_("Rà soát danh mục dữ liệu chia sẻ mặc định"),
        rules=("default_list_review",),
        doers=(Permission.GIVE_CONSENT,),
        heads=(Permission.GIVE_CONSENT,),
        recurring=_reviews_owed,
        public_titles=lambda duties: {duty.pk for duty in duties},
        done_by=Permission.GIVE_CONSENT,
    )
)
register(
    DutyKind(
        code=OWNER_ANSWER,
        title=_("Trả lời yêu cầu kết nối"),
        rules=(),  # each service's own length: deadlines.actions.own_limits
        doers=(Permission.GIVE_CONSENT,),
        heads=(Permission.GIVE_CONSENT,),
        addresses=_answer_addresses,
        stands_still=True,
    )
)
