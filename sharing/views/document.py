"""Documents of a request: taking one home, adding one."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.answers import press
from accounts.models import Person
from accounts.permissions import check_anywhere, has_permission
from accounts.roles import Permission
from catalog import files
from catalog.upload import takes_file
from sharing.actions import documents
from sharing.forms.document import DocumentForm
from sharing.loaders import document_for, request_for
from sharing.models import ConnectionRequest, FormField


@require_GET
def download(request: HttpRequest, document_id: UUID) -> FileResponse:
    """Always as a file of its own, never inside the site: it came from outside."""
    found = document_for(request.user, document_id)
    return FileResponse(
        files.opened(found.file_key),
        as_attachment=True,
        filename=found.file_name,
        content_type="application/pdf",
        headers={"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"},
    )


@require_GET
def state(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """One entry of the list of documents, asked for while its signatures are looked at."""
    found = document_for(request.user, document_id)
    if not request.headers.get("HX-Request"):
        return _page_of(request, found.request)
    context: dict[str, object] = {"document": found}
    if request.GET.get("soan"):  # it stands in the form of a request being written
        person = check_anywhere(request.user, Permission.SEE_AGENCY_WORK)
        context["removes"] = documents.removable(found.request, person)
    return render(request, "sharing/parts/document_item.html", context)


@takes_file(lambda: documents.MOST_BYTES)
def add(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """The form stands on the request's page, which tells what came of it."""
    found = request_for(request.user, request_id, Permission.SEE_AGENCY_WORK)
    page = _page_of(request, found)
    if request.method != "POST":
        return page
    take_in(request, found, check_anywhere(request.user, Permission.SEE_AGENCY_WORK))
    return page


def take_in(request: HttpRequest, found: ConnectionRequest, person: Person) -> bool:
    """Adds the document that a form brought, and says so or why not; returns whether it was added."""
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for said in form.errors.values() for one in said))
        return False
    role, file = form.cleaned_data["role"], form.cleaned_data["file"]
    done = _("Đã nhận văn bản. Kết quả kiểm tra chữ ký số hiện ở danh sách văn bản.")
    act = lambda: documents.add(request=found, role=role, file=file, by=person)  # noqa: E731
    return press(request, act, done)


def _page_of(request: HttpRequest, found: ConnectionRequest) -> HttpResponse:
    """Where the visitor reads the request, or goes on keying it in."""
    if found.is_being_keyed_in:
        return redirect("key_in_step", found.pk, FormField.Step.DOCUMENT)
    officer = has_permission(request.user, Permission.ISSUE_ACCOUNT)
    return redirect("office_request" if officer else "connection_request", found.pk)
