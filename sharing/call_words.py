"""What became of a call through the gateway, in words."""

from http import HTTPStatus

from django.utils.translation import gettext as _

from catalog.api.problems import KINDS
from sharing.actions.calls import BROKEN_OFF
from sharing.models import CallRecord

REFUSED = 400  # statuses from here on


def outcome_words(status: int, problem: str) -> str:
    """ "Thành công", or the title of the refusal as the API gives it; the status where only that is known."""
    if status < REFUSED:
        return _("Không đổi") if status == HTTPStatus.NOT_MODIFIED else _("Thành công")
    if problem == BROKEN_OFF:
        return _("Bị ngắt giữa chừng")
    kind = KINDS.get(problem)
    return str(kind.title) if kind else _("Mã lỗi %(status)s") % {"status": status}


def outcome_of(call: CallRecord) -> str:
    return outcome_words(call.status, call.problem)
