"""Documents that come with a request, kept, and what their signatures are worth.

A bad or missing signature never turns a document away: whoever decides sees the verdict. It is made by a
worker, one at a time for each document (docs/adr/0003), in a process that the file can take nowhere.
"""

import uuid
from datetime import timedelta
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Person
from accounts.permissions import Refused, check_permission, has_permission
from accounts.queue import after_commit
from accounts.roles import Permission
from catalog import files
from catalog.actions.claims import claim_key, claimed, is_claimed
from catalog.upload import IncomingFile
from core import clock, confined
from core.vietnamese import normalise
from sharing import policies
from sharing.actions.roots import trust
from sharing.actions.states import locked
from sharing.models import ConnectionRequest, Document
from sharing.signatures import Code, Problem, Verdict
from sharing.states import RequestState

log = structlog.get_logger(__name__)

MOST_BYTES = 50 * 1024 * 1024
# A letter of 20 MB takes a second and 100 MB.
LIMITS = confined.Limits(
    memory_bytes=512 << 20, cpu_seconds=20, wall_seconds=60, file_bytes=0, output_bytes=1 << 20
)
LOCK_SPACE = 0x4E41_5064  # the first key of our advisory locks
MOST_ATTEMPTS = 3
RESUME_AFTER = timedelta(seconds=60)
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
    """Keep a PDF of the request and have it looked at; the same file once more gives the one kept.

    Raises ValidationError for a request that is closed and for a file that is no PDF.
    """
    with file:
        check_may_add(request, role, by)
        check_file(file)
        key = f"documents/{uuid.uuid4()}"
        file.seek(0)
        files.store_incoming(file, key)
    try:
        with transaction.atomic():
            document = _keep(request, role, file, key, by)
    except BaseException:
        files.remove(key)
        raise
    if document.file_key != key:
        files.remove(key)
    return document


@transaction.atomic
def remove(*, document: Document, by: Person) -> None:
    """Take away a document nobody else has been sent. Raises as check_may_remove."""
    request = locked(document.request)
    check_may_remove(request, document, by)
    agency = _own_right(request, document.role)[1]
    before = {"file": document.file_name, "sha256": document.sha256, "document_role": document.role}
    record(by=by, action="document.removed", target=document, agency=agency, before=before)
    key = document.file_key
    document.delete()
    transaction.on_commit(lambda: files.remove(key))


def check_may_remove(request: ConnectionRequest, document: Document, by: Person) -> None:
    """Who may add it may remove it until it is sent; what came with a supplement is sent with that.

    Raises accounts.permissions.Refused or ValidationError.
    """
    check_may_add(request, document.role, by)
    added_since = document.uploaded_at >= request.state_changed_at
    if request.state not in policies.BEING_WRITTEN or (request.number and not added_since):
        raise ValidationError(
            _("Văn bản đã gửi cùng yêu cầu, không gỡ được nữa. Hãy thêm bản đúng và ghi rõ."),
            code="state",
        )


def removable(request: ConnectionRequest, by: Person) -> list[Document]:
    """Those of the request's documents the person may remove now."""
    kept = request.documents.select_related("uploaded_by")
    return [one for one in kept if _may_remove(request, one, by)]


def _may_remove(request: ConnectionRequest, document: Document, by: Person) -> bool:
    try:
        check_may_remove(request, document, by)
    except (Refused, ValidationError):
        return False
    return True


def check(document_id: uuid.UUID) -> None:
    """Look at the signatures of one document, unless that was done or somebody is at it."""
    with claimed(LOCK_SPACE, claim_key(document_id)) as mine:
        document = _begin(document_id) if mine else None
        if document is not None and (verdict := _judged(document)):
            _conclude(document, verdict)


def resume_checks() -> int:
    """Queue again what a killed worker or a lost message left undone; how many."""
    waiting = Document.objects.filter(
        verdict_code=Document.Verdict.CHECKING, uploaded_at__lt=clock.now() - RESUME_AFTER
    )
    left = [one.pk for one in waiting if not is_claimed(LOCK_SPACE, claim_key(one.pk))]
    for document_id in left:
        after_commit("sharing.check_document", str(document_id))
    return len(left)


def _begin(document_id: uuid.UUID) -> Document | None:
    with transaction.atomic():
        waiting = Document.objects.select_for_update().filter(
            pk=document_id, verdict_code=Document.Verdict.CHECKING
        )
        document = waiting.first()
        if document is not None:
            document.attempts += 1
            document.save(update_fields=["attempts"])
        return document


def _judged(document: Document) -> dict[str, Any] | None:
    """The verdict as JSON at the moment of receipt; None when the machine, not the file, broke it off."""
    if document.attempts > MOST_ATTEMPTS:
        return _not_checked(document, Problem.BROKEN)
    known = trust()
    with files.local(document.file_key) as path:
        asked = {
            "path": str(path),
            "roots": known.roots,
            "intermediates": known.intermediates,
            "moment": document.uploaded_at.isoformat(),
        }
        try:
            return confined.run("sharing.signatures:judge", asked, limits=LIMITS)
        except confined.Died as death:
            log.warning(
                "document_not_checked",
                document=str(document.pk),
                why=death.reason,
                detail=death.detail,
            )
            if death.reason == "killed":
                return None
            heavy = death.reason in ("memory", "time", "size")
            return _not_checked(document, Problem.TOO_HEAVY if heavy else Problem.BROKEN)


def _not_checked(document: Document, problem: Problem) -> dict[str, Any]:
    return Verdict(Code.UNREADABLE, document.uploaded_at.isoformat(), problem=problem).as_json()


@transaction.atomic
def _conclude(document: Document, verdict: dict[str, Any]) -> None:
    still = Document.objects.select_for_update().filter(pk=document.pk).first()
    if still is None:
        return  # removed meanwhile
    document = still
    document.verdict, document.verdict_code = verdict, verdict["code"]
    document.save(update_fields=["verdict", "verdict_code"])
    agency = _own_right(document.request, document.role)[1]
    after = {"file": document.file_name, "verdict": document.verdict_code}
    record(by=None, action="document.checked", target=document, agency=agency, after=after)


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
        uploaded_by=by,
    )
    after = {
        "file": document.file_name,
        "sha256": document.sha256,
        "document_role": document.role,
    }
    agency = _own_right(request, role)[1]
    record(by=by, action="document.added", target=document, agency=agency, after=after)
    after_commit("sharing.check_document", str(document.pk))
    return document
