"""Gatekeepers: the only way views get a service, a request or an account of somebody's work.

Raises NotSignedIn, NotFound, Forbidden or SecondFactorMissing as accounts.permissions.check_permission.
"""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from accounts.models import Agency
from accounts.permissions import (
    Forbidden,
    NotFound,
    NotSignedIn,
    Visitor,
    check_permission,
    has_permission,
    is_person,
)
from accounts.roles import Permission
from sharing.models import (
    ConnectionAccount,
    ConnectionRequest,
    Document,
    ServiceChange,
    SharingService,
)

Found = TypeVar("Found", bound=Model)


def service_for(visitor: Visitor, code: str, permission: Permission) -> SharingService:
    """The service, in any state, for a visitor who may do this for its owner."""
    service = _one(visitor, SharingService.objects.select_related("owner"), code=code)
    check_permission(visitor, permission, service.owner)
    return service


def change_for(visitor: Visitor, code: str, change_id: int) -> ServiceChange:
    """A proposal to change the service, for whoever works for its owner."""
    service = service_for(visitor, code, Permission.SEE_AGENCY_WORK)
    changes = ServiceChange.objects.select_related("proposed_by", "decided_by")
    change = _one(visitor, changes, service=service, pk=change_id)
    change.service = service
    return change


def known_service(code: str) -> SharingService:
    """A service that is or was on offer. Raises NotFound."""
    services = SharingService.objects.exclude(state=SharingService.State.DRAFT)
    found = services.select_related("owner").filter(code=code).first()
    if found is None:
        raise NotFound
    return found


def request_for(visitor: Visitor, request_id: UUID, permission: Permission) -> ConnectionRequest:
    """The request, for a visitor who may do this on one of its sides.

    What was never sent is the requester's alone, what is being keyed in the officers'. Raises as
    check_permission for its side.
    """
    request = _one(visitor, _requests(), pk=request_id)
    sides: list[Agency | None] = [None if request.is_the_officers_alone else request.requester]
    if request.number:
        sides += [request.service.owner, None]
    _check_any(visitor, permission, sides)
    return request


def sent_request_for(
    visitor: Visitor, request_id: UUID, permission: Permission
) -> ConnectionRequest:
    """The request, as request_for; to a desk that reaches everywhere, too, a draft does not exist."""
    request = request_for(visitor, request_id, permission)
    if not request.number:
        raise NotFound
    return request


def document_for(visitor: Visitor, document_id: UUID) -> Document:
    """A document of a request, for whoever is on a side of it."""
    document = _one(visitor, Document.objects.all(), pk=document_id)
    document.request = request_for(visitor, document.request_id, Permission.SEE_AGENCY_WORK)
    return document


def own_request_for(visitor: Visitor, request_id: UUID) -> ConnectionRequest:
    """The request, for a visitor who may ask on behalf of the agency that asks."""
    request = request_for(visitor, request_id, Permission.REQUEST_CONNECTION)
    check_permission(visitor, Permission.REQUEST_CONNECTION, request.requester)
    return request


def keyed_request_for(visitor: Visitor, request_id: UUID) -> ConnectionRequest:
    """A request that officers key in, or have keyed in; what they gave up does not exist."""
    request = request_for(visitor, request_id, Permission.ISSUE_ACCOUNT)
    check_permission(visitor, Permission.ISSUE_ACCOUNT)
    is_discarded = request.is_the_officers_alone and request.is_final
    if request.origin != ConnectionRequest.Origin.KEYED_IN or is_discarded:
        raise NotFound
    return request


def asked_request_for(visitor: Visitor, request_id: UUID) -> ConnectionRequest:
    """The sent request, for a visitor who may answer it on behalf of the owner of the data."""
    request = sent_request_for(visitor, request_id, Permission.GIVE_CONSENT)
    check_permission(visitor, Permission.GIVE_CONSENT, request.service.owner)
    return request


def account_for(visitor: Visitor, code: str, permission: Permission) -> ConnectionAccount:
    """The account with service and agency, for a visitor who may do this on one of its sides."""
    accounts = ConnectionAccount.objects.select_related(
        "service__owner", "agency", "request", "issued_by"
    )
    account = _one(visitor, accounts, code=code)
    _check_any(visitor, permission, [account.agency, account.service.owner, None])
    return account


def _requests() -> QuerySet[ConnectionRequest]:
    return ConnectionRequest.objects.select_related(
        "service__owner",
        "requester",
        "duty__rule",
        "answer_duty__rule",
        "officer",
        "form",
        "created_by",
        "submitted_by",
        "decided_by",
    )


def _check_any(visitor: Visitor, permission: Permission, sides: list[Agency | None]) -> None:
    """One side is enough; the refusal is the one that says most."""
    refused: Forbidden | NotFound = NotFound()
    for agency in sides:
        if has_permission(visitor, permission, agency):
            return
        try:
            check_permission(visitor, permission, agency)
        except Forbidden as refusal:
            if agency is not None:
                refused = refusal
        except NotFound:
            continue
    raise refused


def _one(visitor: Visitor, objects: QuerySet[Found], **where: object) -> Found:
    if not is_person(visitor):
        raise NotSignedIn
    found = objects.filter(**where).first()
    if found is None:
        raise NotFound
    return found
