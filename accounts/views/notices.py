"""/thong-bao/: what a person has been told."""

from django.core.paginator import Paginator
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.notices import mark_read
from accounts.loaders import notice_for
from accounts.models import Notice
from accounts.notices import body_of, subject_of
from accounts.paths import in_language
from accounts.permissions import NotSignedIn, is_person

NOTICES_ON_A_PAGE = 20


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """Unread ones first, newest first; what is settled is not unread work."""
    if not is_person(request.user):
        raise NotSignedIn
    mine = Notice.objects.filter(person=request.user)
    unread = ExpressionWrapper(
        Q(read_at__isnull=True, settled_at__isnull=True), output_field=BooleanField()
    )
    ordered = mine.order_by(unread.desc(), "-id")
    page = Paginator(ordered, NOTICES_ON_A_PAGE).get_page(request.GET.get("page"))
    entries = [
        {"notice": notice, "subject": subject_of(notice), "body": body_of(notice)}
        for notice in page
    ]
    return render(request, "accounts/notices.html", {"page": page, "entries": entries})


@require_GET
def notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Opening a notice marks it read and leads to its page, in the reader's language."""
    found = notice_for(request.user, notice_id)
    mark_read(by=found.person, notices=[found.pk])
    if not found.path:
        return redirect("notices")
    return redirect(in_language(found.path, get_language()))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    if not is_person(request.user):
        raise NotSignedIn
    mark_read(by=request.user)
    return redirect("notices")
