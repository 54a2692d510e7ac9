"""/lam-viec/co-quan/…/thanh-vien/: who works for an agency in which role, and who has been invited."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import invitations, memberships
from accounts.answers import carry_out, press, refusal_of, sent
from accounts.forms.members import InvitationForm, RoleEndForm
from accounts.granting import grantable_roles
from accounts.loaders import agency_for, invitation_for, membership_for
from accounts.models import Agency, Membership, Person
from accounts.permissions import agencies_with, check_permission, has_permission
from accounts.roles import Permission


@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    agency = agency_for(request.user, slug, Permission.MANAGE_MEMBERS)
    person = _manager(request, agency)
    roles = grantable_roles(person, agency)
    form = InvitationForm(request.POST or None, roles=roles)
    if request.method == "POST" and form.is_valid() and _invite(request, agency, form):
        return redirect("members", slug=agency.slug)
    context = {"agency": agency, "form": form, "roles": roles, **_people(person, agency)}
    return render(request, "accounts/members.html", context)


@require_http_methods(["GET", "POST"])
def membership_end(request: HttpRequest, slug: str, membership_id: int) -> HttpResponse:
    """Asks once more and why, then takes the role away."""
    membership = membership_for(request.user, slug, membership_id)
    by = _manager(request, membership.agency)
    blocked = refusal_of(lambda: memberships.check_endable(by, membership))
    form = RoleEndForm(None if blocked else sent(request))
    if form.is_valid():
        act = lambda: memberships.end(membership=membership, by=by, **form.cleaned_data)  # noqa: E731
        if carry_out(form, act, fields={"reason": "reason"}) is not None:
            messages.success(request, _("Đã thu hồi vai trò; người đó đã được báo."))
            return redirect("members", slug=slug)
    context = {
        "membership": membership,
        "agency": membership.agency,
        "form": form,
        "blocked": blocked,
    }
    return render(request, "accounts/membership_end.html", context)


@require_http_methods(["GET", "POST"])
def invitation_cancel(request: HttpRequest, slug: str, invitation_id: int) -> HttpResponse:
    """Asks once more, then takes the offer back."""
    invitation = invitation_for(request.user, slug, invitation_id)
    if request.method == "POST":
        by = _manager(request, invitation.agency)
        done = _("Đã huỷ lời mời. Liên kết trong thư không còn dùng được.")
        press(request, lambda: invitations.cancel(invitation=invitation, by=by), done)
        return redirect("members", slug=slug)
    context = {"invitation": invitation, "agency": invitation.agency}
    return render(request, "accounts/invitation_cancel.html", context)


def _manager(request: HttpRequest, agency: Agency) -> Person:
    return check_permission(request.user, Permission.MANAGE_MEMBERS, agency)


def _invite(request: HttpRequest, agency: Agency, form: InvitationForm) -> bool:
    try:
        invitation = invitations.invite(
            agency=agency, by=_manager(request, agency), **form.cleaned_data
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    if invitation.is_proposal:
        done = _("Đã ghi đề nghị; lời mời gửi đến %(email)s khi người thứ hai xác nhận.")
    else:
        done = _("Đã gửi lời mời đến %(email)s.")
    messages.success(request, done % {"email": invitation.email})
    return True


def _people(by: Person, agency: Agency) -> dict[str, object]:
    held = agency.memberships.select_related("person", "granted_by", "ended_by").order_by(
        "person__full_name", "role_code", "-valid_from"
    )
    current = set(Membership.objects.current().filter(agency=agency).values_list("pk", flat=True))
    waiting = agency.invitations.filter(accepted_at=None, cancelled_at=None, refused_at=None)
    return {
        "current": [
            {
                "membership": m,
                "may_end": m.valid_to is None and memberships.can_end(by, m),
                "is_oneself": m.person_id == by.pk,
            }
            for m in held
            if m.pk in current
        ],
        "ended": [m for m in held if m.pk not in current],
        "waiting": waiting.select_related("invited_by"),
        "confirms": has_permission(by, Permission.GRANT_EVERYWHERE),
        "other_agencies": agencies_with(by, Permission.MANAGE_MEMBERS).exclude(pk=agency.pk),
    }
