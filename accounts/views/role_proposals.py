"""/dieu-hanh/vai-tro/: roles that reach every agency, proposed by one person and confirmed by another."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import BooleanField, Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.actions import invitations
from accounts.answers import carry_out, press, refusal_of
from accounts.forms.members import ProposalRefusalForm
from accounts.granting import check_confirmer
from accounts.loaders import proposal_for, proposals_for
from accounts.permissions import check_permission
from accounts.roles import Permission

ON_A_PAGE = 20
CONFIRM, REFUSE = "confirm", "refuse"


@require_GET
def role_proposals(request: HttpRequest) -> HttpResponse:
    """What nobody has answered first, the newest first."""
    unanswered = When(confirmed_at=None, refused_at=None, cancelled_at=None, then=Value(value=True))
    waits = Case(unanswered, default=Value(value=False), output_field=BooleanField())
    found = proposals_for(request.user).order_by(waits.desc(), "-invited_at")
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/role_proposals.html", {"page": page})


@require_http_methods(["GET", "POST"])
def role_proposal(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """The button says what becomes of it, a refusal says why."""
    proposal = proposal_for(request.user, invitation_id)
    person = check_permission(request.user, Permission.GRANT_EVERYWHERE)
    pressed = request.POST.get("decision", "")
    if pressed == CONFIRM:
        done = _("Đã xác nhận; lời mời đã gửi đến %(email)s.") % {"email": proposal.email}
        press(request, lambda: invitations.confirm(invitation=proposal, by=person), done)
        return redirect("role_proposal", proposal.pk)
    form = ProposalRefusalForm(request.POST if pressed == REFUSE else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        act = lambda: invitations.refuse(invitation=proposal, reason=reason, by=person)  # noqa: E731
        if carry_out(form, act, fields={"reason": "reason"}) is not None:
            messages.success(request, _("Đã từ chối; người đề nghị đã được báo."))
            return redirect("role_proposals")
    blocked = refusal_of(lambda: check_confirmer(proposal, person))
    context = {"proposal": proposal, "form": form, "blocked": blocked}
    return render(request, "accounts/role_proposal.html", context)
