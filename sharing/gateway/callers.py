"""Who calls: the account a token belongs to, as it stands at this moment."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from catalog.api.problems import Problem
from catalog.models import Resource
from core import clock
from core.kept import kept
from sharing.models import SharingService
from sharing.scopes import Granted, granted_tables

REALM = 'Bearer realm="chia-se"'
LONGEST_TOKEN = 200  # characters; ours have 30

# Plain SQL: every call asks, and building five models takes longer than the rest of the gateway.
FIND = """
SELECT token.expires, credential.id, credential.ends_at,
       account.id, account.code, account.state, account.suspension_reason,
       account.suspension_note, account.expected_back, account.valid_from, account.valid_to,
       account.networks, account.scope, account.daily_quota, account.per_minute,
       account.service_id, stop.reason, stop.expected_back,
       (SELECT max(id) FROM accounts_auditevent)
FROM oauth2_provider_accesstoken AS token
JOIN sharing_credential AS credential ON credential.application_id = token.application_id
JOIN sharing_connectionaccount AS account ON account.id = credential.account_id
LEFT JOIN LATERAL (
    SELECT reason, expected_back FROM sharing_plannedstop
    WHERE service_id = account.service_id
      AND began_at IS NOT NULL AND ended_at IS NULL AND cancelled_at IS NULL
    ORDER BY began_at LIMIT 1
) AS stop ON true
WHERE token.token_checksum = %s
"""


@dataclass(frozen=True)
class Caller:
    """The account behind a token; `revision` is the number of the last change recorded by then.

    `stop_reason` and `stop_until` tell of a stop of its service for everybody, if there is one.
    """

    token_expires: datetime
    credential_id: int
    credential_ends: datetime | None
    account_id: int
    code: str
    state: str
    suspension_reason: str
    suspension_note: str
    expected_back: date | None
    valid_from: date
    valid_to: date | None
    networks: list[str]
    scope: dict[str, Any]
    daily_quota: int
    per_minute: int
    service_id: int
    stop_reason: str | None
    stop_until: date | None
    revision: int

    @property
    def tables(self) -> list[Granted]:
        """What the account may see, in the order of the tables."""
        granted = granted_tables(self.scope)
        return [granted[pk] for pk in _in_order(frozenset(granted), self.revision)]

    def granted(self, resource_id: UUID) -> Granted:
        """That table as the account may see it. Raises the problem 404, also where it exists for others."""
        found = granted_tables(self.scope).get(resource_id)
        if found is None:
            sentence = _(
                "Tài khoản kết nối này không được cấp bảng nào mang mã đó. Xem các bảng được cấp ở "
                "/chia-se/v1/services."
            )
            raise Problem("not-found", sentence)
        return found

    @property
    def service(self) -> SharingService:
        return _service_at(self.service_id, self.revision)


@sensitive_variables("token", "checksum")
def caller_of(request: HttpRequest) -> Caller:
    """The caller by the token of the Authorization field (RFC 6750, 2.1). Raises the problem 401."""
    scheme, _space, token = request.headers.get("Authorization", "").strip().partition(" ")
    token = token.strip()
    if not token or scheme.lower() != "bearer":
        raise _no_token("", _(
            "Hãy gửi mã truy cập trong tiêu đề Authorization: Bearer …; lấy mã ở /chia-se/v1/token."
        ))  # fmt: skip
    found = None
    if len(token) <= LONGEST_TOKEN:
        checksum = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
        found = _find(checksum)
    now = clock.now()
    if found is None or found.token_expires <= now:
        sentence = _("Mã truy cập không đúng hoặc đã hết hạn: hãy lấy mã mới ở /chia-se/v1/token.")
        raise _no_token("invalid_token", sentence)
    if found.credential_ends is not None and found.credential_ends <= now:
        sentence = _(
            "Thông tin xác thực đã dùng để lấy mã này hết hiệu lực: hãy dùng thông tin xác thực mới."
        )
        raise _no_token("invalid_token", sentence)
    return found


def _find(checksum: str) -> Caller | None:
    with connection.cursor() as cursor:
        cursor.execute(FIND, [checksum])
        row = cursor.fetchone()
    if row is None:
        return None
    facts = list(row)
    facts[12] = orjson.loads(facts[12])  # the scope comes as JSON text
    facts[-1] = facts[-1] or 0
    return Caller(*facts)


def _no_token(error: str, sentence: str) -> Problem:
    challenge = f'{REALM}, error="{error}"' if error else REALM
    return Problem("no-token", sentence, headers={"WWW-Authenticate": challenge})


@kept(most=1024)
def _in_order(tables: frozenset[UUID], revision: int) -> list[UUID]:
    """Kept under the number of the last recorded change: with the next one nobody asks for it again."""
    found = Resource.objects.filter(pk__in=tables).order_by("position", "pk")
    return list(found.values_list("pk", flat=True))


@kept(most=256)
def _service_at(service_id: int, revision: int) -> SharingService:
    return SharingService.objects.select_related("owner").get(pk=service_id)
