"""Connection accounts: granting, credentials, suspending, ending, expiring (Đ16, Đ40–43 NĐ47)."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from oauth2_provider.models import AccessToken, Application

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Person
from accounts.permissions import check_permission, people_with
from accounts.reasons import check_reason
from accounts.roles import Permission
from core import clock
from sharing import policies
from sharing.models import (
    ConnectionAccount,
    ConnectionRequest,
    Consent,
    Credential,
    PlannedStop,
)
from sharing.states import AccountState, AccountStep, SuspensionReason

OVERLAP = timedelta(days=7)
WARNINGS = (1, 7, 30)  # days before the last day, the nearest first


def grant(
    *, request: ConnectionRequest, consent: Consent, limits: dict[str, Any], by: Person
) -> ConnectionAccount:
    """The account of a request being issued; one it already has gets the new scope and limits."""
    limits = {**limits, "networks": policies.check_networks(limits["networks"])}
    if limits["valid_to"] is not None and limits["valid_to"] < clock.today():
        raise ValidationError(_("Ngày hết hạn đã qua. Hãy chọn ngày khác."), code="valid_to")
    account = _living(request) or ConnectionAccount(
        request=request,
        service=request.service,
        agency=request.requester,
        code=_free_code(request),
        valid_from=clock.today(),
        issued_by=by,
    )
    account.scope = consent.scope
    account.ground = consent.document_number
    account.purpose = str(request.answers.get("purpose", ""))
    account.system_name = str(request.answers.get("system_name", ""))[:200]
    for name, value in limits.items():
        setattr(account, name, value)
    account.warned_days = None
    account.save()
    record(
        by=by,
        action="account.granted",
        target=account,
        agency=account.agency,
        after={
            "scope": account.scope,
            "networks": account.networks,
            "daily_quota": account.daily_quota,
            "per_minute": account.per_minute,
            "valid_to": account.valid_to.isoformat() if account.valid_to else "",
        },
    )
    return account


def make_credential(account: ConnectionAccount, by: Person) -> tuple[str, str]:
    """Client id and secret of a new pair; the earlier pair of the account lives on for a week.

    The secret is hashed by the OAuth2 library as it is saved: nobody sees it after this answer.
    """
    secret = secrets.token_urlsafe(32)
    application = Application.objects.create(
        name=account.code,
        client_type=Application.CLIENT_CONFIDENTIAL,
        authorization_grant_type=Application.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
    )
    ends = clock.now() + OVERLAP
    for earlier in account.credentials.all():
        if earlier.ends_at is None or earlier.ends_at > ends:
            earlier.ends_at = ends
            earlier.save(update_fields=["ends_at"])
    Credential.objects.create(account=account, application=application, hint=secret[:4], made_by=by)
    return application.client_id, secret


@transaction.atomic
def rotate(*, account: ConnectionAccount, by: Person) -> tuple[str, str]:
    """A new pair beside the old one, by the agency that uses the account."""
    check_permission(by, Permission.REQUEST_CONNECTION, account.agency)
    account = _locked(account)
    check_rotatable(account)
    client_id, secret = make_credential(account, by)
    record(by=by, action="account.rotated", target=account, agency=account.agency)
    return client_id, secret


@transaction.atomic
def revoke_credential(*, credential: Credential, by: Person) -> Credential:
    """End one pair at once: it may have become known."""
    check_permission(by, Permission.REQUEST_CONNECTION, credential.account.agency)
    account = _locked(credential.account)
    credential.refresh_from_db()
    check_revocable(credential)
    credential.ends_at = clock.now()
    credential.save(update_fields=["ends_at"])
    AccessToken.objects.filter(application=credential.application_id).delete()
    record(
        by=by,
        action="account.credential_revoked",
        target=account,
        agency=account.agency,
        after={"hint": credential.hint},
    )
    return credential


def check_rotatable(account: ConnectionAccount) -> None:
    if account.state != AccountState.ACTIVE:
        raise ValidationError(_("Chỉ đổi được khoá của tài khoản đang hoạt động."), code="state")


def check_revocable(credential: Credential) -> None:
    if credential.has_ended:
        raise ValidationError(_("Khoá này đã hết hiệu lực."), code="ended")


@transaction.atomic
def suspend(
    *,
    account: ConnectionAccount,
    reason: str,
    note: str,
    expected_back: date | None = None,
    by: Person,
) -> ConnectionAccount:
    """Stop the account for a time (Đ43 NĐ47); calls are refused from the next one on."""
    account = _locked(account)
    account.suspension_reason = SuspensionReason(reason)
    account.suspension_note = check_reason(note)
    account.expected_back = expected_back
    _step(account, "suspend", by, {"reason": note, "suspension_reason": reason})
    return account


@transaction.atomic
def resume(*, account: ConnectionAccount, by: Person) -> ConnectionAccount:
    account = _locked(account)
    account.suspension_reason = account.suspension_note = ""
    account.expected_back = None
    _step(account, "resume", by, {})
    return account


def suspend_by_plan(*, account: ConnectionAccount, stop: PlannedStop) -> None:
    """For a stop announced in time; inside the transaction that begins it."""
    account.suspension_reason = SuspensionReason.MAINTENANCE
    account.suspension_note, account.expected_back = stop.reason, stop.expected_back
    facts = {"reason": stop.reason, "suspension_reason": account.suspension_reason}
    _step(account, "suspend", None, facts, planned=True)


def resume_by_plan(*, account: ConnectionAccount) -> None:
    """The stop is over; inside the transaction that ends it."""
    account.suspension_reason = account.suspension_note = ""
    account.expected_back = None
    _step(account, "resume", None, {}, planned=True)


@transaction.atomic
def end(*, account: ConnectionAccount, reason: str, by: Person) -> ConnectionAccount:
    """End it for good, with the reason."""
    account = _locked(account)
    account.end_reason = check_reason(reason)
    account.suspension_reason = ""
    _step(account, "end", by, {"reason": account.end_reason})
    return account


def expire_accounts() -> int:
    """Accounts whose last day has passed; how many. Calls are refused by the date, not by this."""
    over = ConnectionAccount.objects.filter(
        valid_to__lt=clock.today(), state__in=[AccountState.ACTIVE, AccountState.SUSPENDED]
    )
    return sum(_expire(pk) for pk in list(over.values_list("pk", flat=True)))


def warn_of_expiry() -> int:
    """Both sides hear thirty, seven and one day before an account ends; how many warnings."""
    near = ConnectionAccount.objects.filter(
        state=AccountState.ACTIVE,
        valid_to__gte=clock.today(),
        valid_to__lte=clock.today() + timedelta(days=max(WARNINGS)),
    )
    return sum(_warn(pk) for pk in list(near.values_list("pk", flat=True)))


def _living(request: ConnectionRequest) -> ConnectionAccount | None:
    accounts = request.accounts.select_for_update().exclude(state=AccountState.ENDED)
    account = accounts.first()
    if account is not None and account.state != AccountState.ACTIVE:
        account.state, account.state_changed_at = AccountState.ACTIVE, clock.now()
        account.suspension_reason = account.suspension_note = ""
    return account


def _free_code(request: ConnectionRequest) -> str:
    stem = request.number.replace("YC-", "TK-")
    made = request.accounts.count()
    return f"{stem}-{made + 1}" if made else stem


def _locked(account: ConnectionAccount) -> ConnectionAccount:
    accounts = ConnectionAccount.objects.select_for_update(of=("self",))
    return accounts.select_related("agency", "service__owner").get(pk=account.pk)


def _step(
    account: ConnectionAccount,
    name: str,
    by: Person | None,
    facts: dict[str, Any],
    *,
    planned: bool = False,
) -> AccountStep:
    """`planned`: the portal does what an officer announced, nobody in person."""
    step = policies.check_account_step(account, name)
    if step.permission is not None and not planned:
        if by is None:
            raise PermissionError(f"{name} is a person's step")
        check_permission(by, step.permission)
    before = account.state
    account.state, account.state_changed_at = step.target, clock.now()
    account.save()
    record(
        by=by,
        action=step.audit_action,
        target=account,
        agency=account.agency,
        before={"account_state": before},
        after={"account_state": step.target, **facts},
    )
    _tell(account, f"account.{name}", by, str(facts.get("reason", "")))
    return step


@transaction.atomic
def _expire(pk: int) -> int:
    account = ConnectionAccount.objects.select_for_update().get(pk=pk)
    over = account.valid_to is not None and account.valid_to < clock.today()
    if not over or account.state not in (AccountState.ACTIVE, AccountState.SUSPENDED):
        return 0
    account.suspension_reason = ""
    _step(account, "expire", None, {})
    return 1


@transaction.atomic
def _warn(pk: int) -> int:
    account = ConnectionAccount.objects.select_for_update().get(pk=pk)
    if account.valid_to is None or account.state != AccountState.ACTIVE:
        return 0
    left = (account.valid_to - clock.today()).days
    step = next((days for days in WARNINGS if left <= days), None)
    if step is None or (account.warned_days is not None and account.warned_days <= step):
        return 0
    account.warned_days = step
    account.save(update_fields=["warned_days"])
    _tell(account, "account.ends_soon", None, "")
    return 1


def _tell(account: ConnectionAccount, kind: str, by: Person | None, reason: str) -> None:
    """Those who use the account and those whose data it gives."""
    users = people_with(Permission.REQUEST_CONNECTION, account.agency)
    owners = people_with(Permission.GIVE_CONSENT, account.service.owner)
    people = {person.pk: person for person in (*users, *owners) if by is None or person.pk != by.pk}
    tell(
        people.values(),
        kind=kind,
        facts={
            "account": account.code,
            "service": account.service.title_vi,
            "agency": account.agency.name_vi,
            "reason": reason,
            "until": account.valid_to.isoformat() if account.valid_to else "",
        },
        path=reverse("connection_account", args=[account.code]),
    )
