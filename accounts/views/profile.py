"""/tai-khoan/: what the portal knows of oneself."""

from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions.profile import change_profile
from accounts.forms.profile import ProfileForm
from accounts.models import Person
from accounts.permissions import NotSignedIn, current_memberships, is_person
from accounts.roles import NEEDS_SECOND_FACTOR


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    if not is_person(request.user):
        raise NotSignedIn
    person = Person.objects.get(
        pk=request.user.pk
    )  # the form writes what it is given into this one
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        change_profile(by=request.user, **form.cleaned_data)
        messages.success(request, _("Đã lưu thông tin cá nhân."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form, **_about(request.user)})


def _about(person: Person) -> dict[str, object]:
    memberships = current_memberships(person)
    return {
        "memberships": memberships,
        "second_factor": is_mfa_enabled(person),
        "second_factor_needed": settings.REQUIRE_2FA
        and any(m.role.permissions & NEEDS_SECOND_FACTOR for m in memberships),
        "single_sign_on": SocialAccount.objects.filter(user=person).exists(),
        "has_password": person.has_usable_password(),
    }
