"""Whether an account may call now: its state, its term, where the call comes from.

Asked with every call and before every token, of the rows as they stand: what somebody has changed holds
from the next call on. The term counts by its days, whatever the state says.
"""

import ipaddress
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from django.utils import formats
from django.utils.translation import gettext as _

from catalog.api.problems import Problem
from core import clock
from sharing.states import AccountState, SuspensionReason

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AccountFacts(Protocol):
    """What decides about a call, of a ConnectionAccount or of a Caller."""

    @property
    def state(self) -> str: ...
    @property
    def suspension_reason(self) -> str: ...
    @property
    def suspension_note(self) -> str: ...
    @property
    def expected_back(self) -> date | None: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...
    @property
    def networks(self) -> Sequence[str]: ...


def check_admitted(account: AccountFacts, address: str | None) -> None:
    """Raises the problem 403 that says why the account may not call now from that address."""
    if account.state == AccountState.SUSPENDED:
        raise _suspended(account)
    _check_term(account)
    if account.networks and not _is_within(address, tuple(account.networks)):
        sentence = _(
            "Tài khoản kết nối này không được gọi từ địa chỉ %(address)s. Hãy gọi từ địa chỉ đã đăng "
            "ký, hoặc đề nghị cơ quan đầu mối bổ sung địa chỉ."
        )
        raise Problem("wrong-network", sentence % {"address": address or "?"})


def _suspended(account: AccountFacts) -> Problem:
    reason = SuspensionReason(account.suspension_reason)
    sentences = [
        _("Tài khoản kết nối đang tạm dừng. Lý do: %(reason)s.") % {"reason": reason.label.lower()},
        account.suspension_note,
    ]
    back = account.expected_back
    if back is not None:
        sentences.append(_("Dự kiến khôi phục ngày %(day)s.") % {"day": _day(back)})
    return Problem(
        "account-suspended",
        " ".join(filter(None, sentences)),
        members={"reason": reason.value, "expected_back": back.isoformat() if back else None},
    )


def _check_term(account: AccountFacts) -> None:
    today, last = clock.today(), account.valid_to
    if account.state == AccountState.ENDED:
        raise Problem(
            "account-ended",
            _("Tài khoản kết nối đã chấm dứt. Nếu còn nhu cầu, hãy gửi yêu cầu kết nối mới."),
        )
    if account.state == AccountState.EXPIRED or (last is not None and last < today):
        sentence = _(
            "Tài khoản kết nối đã hết hạn ngày %(day)s. Hãy gửi yêu cầu kết nối để được gia hạn."
        ) % {"day": _day(last) if last else "–"}
        members = {"valid_to": last.isoformat() if last else None}
        raise Problem("account-expired", sentence, members=members)
    if account.valid_from > today:
        sentence = _("Tài khoản kết nối có hiệu lực từ ngày %(day)s. Hãy gọi từ ngày đó.")
        raise Problem("account-not-begun", sentence % {"day": _day(account.valid_from)})


def _day(day: date) -> str:
    return formats.date_format(day, "SHORT_DATE_FORMAT")


def _is_within(address: str | None, networks: tuple[str, ...]) -> bool:
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    found = getattr(found, "ipv4_mapped", None) or found  # ::ffff:203.0.113.7 is 203.0.113.7
    return any(found in network for network in _networks(networks))


@lru_cache(maxsize=1024)
def _networks(texts: tuple[str, ...]) -> list[Network]:
    return [ipaddress.ip_network(text) for text in texts]
