"""What every address of the gateway does alike: who calls, may he, how often; the answer, the record."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.origin import current_origin
from catalog.api.gate import METHODS, accepted_language, answered
from catalog.api.problems import Problem
from catalog.models import Dataset
from catalog.selectors.publication import table_at
from sharing.gateway import quotas
from sharing.gateway.admission import check_admitted
from sharing.gateway.call_log import Call
from sharing.gateway.callers import Caller, caller_of

View = Callable[..., HttpResponseBase]
RETRY_AFTER = 10  # seconds, while nobody counts
# An answer is one account's: it may keep it, and asks each time whether it still may have it.
USUAL = {"Cache-Control": "private, no-cache"}


def for_accounts(view: View) -> View:
    """A view of the gateway: read-only, called with the Call whose `caller` has been let in.

    Problems come out as problem details in the caller's language; every call of a known account is recorded.
    """

    @wraps(view)
    def answer(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers={"Allow": ", ".join(METHODS)})
        call = Call(request, kwargs.get("resource_id"))
        try:
            with translation.override(accepted_language(request)):
                response = answered(
                    request, lambda: _let_in(call), lambda: view(request, call, **kwargs)
                )
                language = translation.get_language() or "vi"
        except Exception:
            call.failed()
            raise
        _describe(response, call.headers, language)
        return call.recorded(response)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # no cookie is looked at
    return answer


def no_charge(cost: int) -> Mapping[str, str]:
    """A call is a call: quotas are agreed on in calls, and a whole table is one of them."""
    return {}


def _let_in(call: Call) -> None:
    """In this order: token, state of the account, term, address, stop of the service, minute, day.

    Raises the problems.
    """
    call.caller = caller = caller_of(call.request)
    check_admitted(caller, current_origin().address)
    _check_running(caller)
    allowance = quotas.spend(caller, call.key, call.begun(caller))
    if allowance is None:
        _check_may_go_uncounted(caller, call.resource_id)
        return
    call.headers = allowance.headers
    allowance.check()


def _check_may_go_uncounted(caller: Caller, resource_id: UUID | None) -> None:
    """While nobody can count, only what is open to everybody is given. Raises the problem for the rest."""
    if resource_id is None:
        return
    table = table_at(caller.granted(resource_id).resource_id, caller.revision)
    if table is None or table.dataset.access == Dataset.Access.OPEN:
        return
    sentence = _(
        "Cổng tạm thời không đếm được lượt gọi nên chưa thể trả dữ liệu chia sẻ. "
        "Hãy gọi lại sau %(seconds)d giây."
    ) % {"seconds": RETRY_AFTER}
    raise Problem("unavailable", sentence, headers={"Retry-After": str(RETRY_AFTER)})


def _check_running(caller: Caller) -> None:
    if caller.stop_reason is None:
        return
    back = caller.stop_until
    sentence = _("Dịch vụ chia sẻ đang tạm dừng theo kế hoạch. Lý do: %(reason)s")
    members = {"expected_back": back.isoformat() if back else None}
    raise Problem("service-stopped", sentence % {"reason": caller.stop_reason}, members=members)


def _describe(response: HttpResponseBase, headers: Mapping[str, str], language: str) -> None:
    keep = USUAL if response.status_code in (200, 304) else {"Cache-Control": "no-store"}
    vary = "Authorization, Accept, Accept-Language"
    for name, value in {**headers, **keep, "Vary": vary}.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Language", language)
