"""How many calls an account may make: so many in a minute, so many in a day of Vietnam.

Both are counted in Redis with one script, which is one round trip and one step: two calls at once never
take the same place. A call beyond the minute's limit takes nothing from the day. The same step notes that
the call has begun, so that none is counted and forgotten (sharing.actions.calls). Header fields as in
catalog.api.limits.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.api.problems import Problem
from core import clock
from sharing.actions import calls
from sharing.gateway.callers import Caller
from sharing.gateway.redis_calls import asked

MINUTE, DAY = 60, 86_400  # seconds
SPEND = """
redis.call('HSET', KEYS[3], ARGV[3], ARGV[4])
local minute = redis.call('INCR', KEYS[1])
if minute == 1 then redis.call('EXPIRE', KEYS[1], 120) end
if minute > tonumber(ARGV[1]) then
    return {minute, tonumber(redis.call('GET', KEYS[2]) or '0')}
end
local day = redis.call('INCR', KEYS[2])
if day == 1 then redis.call('EXPIRE', KEYS[2], 90000) end
if day > tonumber(ARGV[2]) then redis.call('DECR', KEYS[2]) end
return {minute, day}
"""


@dataclass(frozen=True)
class Allowance:
    """What an account has spent with this call, and the seconds until the next minute and the next day."""

    per_minute: int
    minute_spent: int
    minute_left: int  # seconds
    daily_quota: int
    day_spent: int
    day_left: int  # seconds

    @property
    def headers(self) -> dict[str, str]:
        left = max(self.per_minute - self.minute_spent, 0)
        of_day = max(self.daily_quota - self.day_spent, 0)
        return {
            "RateLimit-Policy": (
                f'"minute";q={self.per_minute};w={MINUTE}, "day";q={self.daily_quota};w={DAY}'
            ),
            "RateLimit": f'"minute";r={left};t={self.minute_left}, "day";r={of_day};t={self.day_left}',
        }

    def check(self) -> None:
        """Raises the problem 429 for a call beyond the minute's limit or the day's quota."""
        if self.minute_spent > self.per_minute:
            sentence = _(
                "Tài khoản kết nối được gọi %(quota)d lượt trong một phút. "
                "Hãy thử lại sau %(seconds)d giây."
            ) % {"quota": self.per_minute, "seconds": self.minute_left}
            headers = {"Retry-After": str(self.minute_left)}
            raise Problem("too-many-requests", sentence, headers=headers)
        if self.day_spent > self.daily_quota:
            sentence = _(
                "Tài khoản kết nối đã dùng hết %(quota)d lượt gọi của ngày hôm nay. Hãy gọi lại từ "
                "0 giờ ngày mai, hoặc đề nghị cơ quan đầu mối nâng hạn mức."
            ) % {"quota": self.daily_quota}
            raise Problem("over-quota", sentence, headers={"Retry-After": str(self.day_left)})


def spend(caller: Caller, key: UUID, begun: bytes) -> Allowance | None:
    """Count this call and note that it has begun; None while Redis does not answer."""
    now, today = clock.now(), clock.today()
    minute = int(now.timestamp() // MINUTE)
    keys = [
        f"gateway:minute:{caller.account_id}:{minute}",
        f"gateway:day:{caller.account_id}:{today.isoformat()}",
        calls.BEGUN,
    ]
    arguments: list[int | str | bytes] = [caller.per_minute, caller.daily_quota, str(key), begun]
    # By its hash once Redis knows it; redis-py sends the text where it does not.
    spent = asked(
        lambda redis: redis.register_script(SPEND)(keys=keys, args=arguments),
        failing="gateway_quota_not_counted",
    )
    if spent is None:
        return None
    to_midnight = clock.midnight(today + timedelta(days=1)) - now
    return Allowance(
        caller.per_minute, spent[0], _until(now, minute), caller.daily_quota, spent[1],
        ceil(to_midnight.total_seconds()),
    )  # fmt: skip


def _until(now: datetime, minute: int) -> int:
    return int((minute + 1) * MINUTE - now.timestamp()) + 1
