"""Words and looks of requests in templates."""

from collections.abc import Iterable

from django import template
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit_words import action_words
from sharing import probe_words, verdict_words
from sharing.models import Document
from sharing.selectors import uptime
from sharing.selectors.uptime import EndpointState
from sharing.states import ClockEffect

register = template.Library()

register.filter("probe_sentence", probe_words.sentence)
register.filter("endpoint_state", uptime.state_of)
register.filter("signer_words", verdict_words.signer_words)
register.filter("problem_words", verdict_words.problem_words)

CLOCK_WORDS = {
    ClockEffect.START: _("Bắt đầu tính thời hạn 05 ngày làm việc."),
    ClockEffect.PAUSE: _("Thời hạn tạm dừng."),
    ClockEffect.RESUME: _("Thời hạn tiếp tục; số ngày đã dùng giữ nguyên."),
    ClockEffect.STOP: _("Thời hạn kết thúc: đã trả lời."),
    ClockEffect.DROP: _("Thời hạn không còn: yêu cầu đã rút."),
}
# Kind and icon of the tag of an endpoint's state.
ENDPOINT_LOOKS = {
    EndpointState.ANSWERS: ("ok", "tick"),
    EndpointState.MISSED: ("warn", "warning"),
    EndpointState.DOWN: ("bad", "warning"),
    EndpointState.UNKNOWN: ("idle", "ring"),
    EndpointState.OWN: ("idle", "ring"),
}
# Kind and icon of the tag of a signature's verdict.
VERDICT_LOOKS = {
    "checking": ("info", "clock"),
    "valid": ("ok", "tick"),
    "untrusted": ("warn", "warning"),
    "changed": ("bad", "warning"),
    "weak": ("warn", "warning"),
    "unsigned": ("idle", "ring"),
    "unreadable": ("warn", "warning"),
}


@register.filter
def step_name(step: str) -> str:
    """What was done, in the audit trail's words."""
    return action_words(f"request.{step}")


@register.filter
def clock_effect(effect: str) -> str:
    """What a step did to the clock; nothing for a step that did nothing."""
    return str(CLOCK_WORDS.get(ClockEffect(effect), ""))


@register.filter
def endpoint_look(state: str) -> tuple[str, str]:
    return ENDPOINT_LOOKS[EndpointState(state)]


@register.filter
def percent(share: float | None) -> str:
    """One digit after the comma, none for all or nothing: "99,2 %", "100 %"; empty without a share."""
    if share is None:
        return ""
    digits = 0 if share in (0, 100) else 1
    return gettext("%(share)s %%") % {"share": formats.number_format(share, digits)}


@register.filter
def being_checked(documents: Iterable[Document] | None) -> bool:
    """Whether the signatures of one of them are still looked at."""
    return any(document.is_being_checked for document in documents or ())


@register.filter
def verdict_look(code: str) -> tuple[str, str]:
    return VERDICT_LOOKS[code]


@register.filter
def fingerprint(digest: str) -> str:
    """In capitals and groups of four, as people compare it: "3F9A 01BC …"."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4)).upper()
