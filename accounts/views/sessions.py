"""/tai-khoan/phien/: where one is signed in, and ending that."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.actions.sessions import end_others as end_the_others
from accounts.actions.sessions import end_session, sessions_of
from accounts.browser_words import browser_words
from accounts.loaders import session_for
from accounts.models import Person
from accounts.permissions import NotSignedIn, is_person


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """This one first."""
    person = _oneself(request)
    entries = [
        {
            "session": session,
            "browser": browser_words(session.user_agent),
            "is_this": session.session_key == request.session.session_key,
        }
        for session in sessions_of(person)
    ]
    entries.sort(key=lambda entry: not entry["is_this"])
    context = {"entries": entries, "has_others": any(not one["is_this"] for one in entries)}
    return render(request, "accounts/sessions.html", context)


@require_POST
def end(request: HttpRequest, session_id: int) -> HttpResponse:
    """This one is ended by signing out."""
    session = session_for(request.user, session_id)
    if session.session_key == request.session.session_key:
        messages.error(request, _("Đây là phiên đang dùng: hãy bấm Đăng xuất."))
    else:
        end_session(session=session, by=_oneself(request))
        messages.success(request, _("Đã kết thúc phiên; thiết bị đó phải đăng nhập lại."))
    return redirect("sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    ended = end_the_others(by=_oneself(request), but=request.session.session_key or "")
    done = ngettext(
        "Đã kết thúc %(number)d phiên khác.", "Đã kết thúc %(number)d phiên khác.", ended
    )
    messages.success(request, done % {"number": ended})
    return redirect("sessions")


def _oneself(request: HttpRequest) -> Person:
    if not is_person(request.user):
        raise NotSignedIn
    return request.user
