"""Documents of a request: kept, with what their signatures are worth at the moment they come.

A bad or missing signature never turns a document away: whoever decides sees the verdict.
"""

import uuid
from typing import BinaryIO, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Person
from accounts.permissions import check_permission, has_permission
from accounts.roles import Permission
from catalog import files
from catalog.upload import IncomingFile
from portal import clock
from portal.vietnamese import normalise
from sharing.actions.roots import trust
from sharing.actions.states import locked
from sharing.models import ConnectionRequest, Document
from sharing.signatures import Verdict, verdict_of
from sharing.states import RequestState

MOST_BYTES = 50 * 1024 * 1024
# Nothing is added to what has been decided or taken back; a refusing owner may still send the letter.
CLOSED = frozenset(
    {
        RequestState.ISSUED,
        RequestState.REFUSED,
        RequestState.WITHDRAWN,
        RequestState.DISCARDED,
    }
)


def add(*, request: ConnectionRequest, role: str, file: IncomingFile, by: Person) -> Document:
    """Keep a PDF of the request with its verdict; the same file once more gives the one kept.

    Raises ValidationError for a request that is closed and for a file that is no PDF.
    """
    with file:
        check_may_add(request, role, by)
        check_file(file)
        verdict = verdict_of(cast(BinaryIO, file), trust(), clock.now())
        key = f"documents/{uuid.uuid4()}"
        file.seek(0)
        files.store_incoming(file, key)
    try:
        with transaction.atomic():
            document = _keep(request, role, file, key, verdict, by)
    except BaseException:
        files.remove(key)
        raise
    if document.file_key != key:
        files.remove(key)
    return document


def open_roles(request: ConnectionRequest, by: Person) -> list[Document.Role]:
    """As what the person may add documents now."""
    if request.state in CLOSED:
        return []
    return [role for role in Document.Role if _right(request, role, by) is not None]


def check_may_add(request: ConnectionRequest, role: str, by: Person) -> None:
    """Raises accounts.permissions.Refused or ValidationError."""
    if _right(request, role, by) is None:
        permission, agency = _own_right(request, role)
        check_permission(by, permission, agency)
    if request.state in CLOSED:
        raise ValidationError(_("Yêu cầu đã kết thúc, không thêm văn bản được nữa."), code="state")


def check_file(file: IncomingFile) -> None:
    if file.too_large or (file.size or 0) > MOST_BYTES:
        raise ValidationError(
            _("Tệp lớn hơn 50 MB. Hãy quét lại văn bản với độ phân giải thấp hơn."), code="file"
        )
    file.seek(0)
    if b"%PDF-" not in file.read(1024):
        raise ValidationError(
            _("Tệp không phải PDF. Hãy gửi văn bản ký số hoặc bản quét ở dạng PDF."), code="file"
        )


def _own_right(request: ConnectionRequest, role: str) -> tuple[Permission, Agency]:
    if role == Document.Role.CONSENT:
        return Permission.GIVE_CONSENT, request.service.owner
    return Permission.REQUEST_CONNECTION, request.requester


def _right(request: ConnectionRequest, role: str, by: Person) -> Permission | None:
    """By which right the person may add it; what came on paper is added by the officers."""
    if role == Document.Role.CONSENT and not request.number:
        return None  # nobody has been asked yet
    permission, agency = _own_right(request, role)
    if has_permission(by, permission, agency):
        return permission
    is_keyed_in = request.origin == ConnectionRequest.Origin.KEYED_IN
    if is_keyed_in and has_permission(by, Permission.ISSUE_ACCOUNT):
        return Permission.ISSUE_ACCOUNT
    return None


def _keep(
    request: ConnectionRequest,
    role: str,
    file: IncomingFile,
    key: str,
    verdict: Verdict,
    by: Person,
) -> Document:
    request = locked(request)
    check_may_add(request, role, by)
    kept = request.documents.filter(role=role, sha256=file.sha256).first()
    if kept is not None:
        return kept
    document = Document.objects.create(
        request=request,
        role=role,
        file_name=normalise(file.name or "")[-255:],
        file_key=key,
        file_size=file.size or 0,
        sha256=file.sha256,
        verdict_code=verdict.code,
        verdict=verdict.as_json(),
        uploaded_by=by,
    )
    after = {
        "file": document.file_name,
        "sha256": document.sha256,
        "document_role": document.role,
        "verdict": document.verdict_code,
    }
    agency = _own_right(request, role)[1]
    record(by=by, action="document.added", target=document, agency=agency, after=after)
    return document
