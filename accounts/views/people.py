"""/lam-viec/co-quan/…/nguoi/…: disabling somebody of the agency, and enabling them again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.actions import people
from accounts.answers import carry_out, refusal_of, sent
from accounts.forms.members import DisableForm, EnableForm
from accounts.loaders import person_for
from accounts.permissions import check_permission
from accounts.roles import Permission

BESIDE = {"reason": "reason", "knowingly": "knowingly"}


@require_http_methods(["GET", "POST"])
def disable(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    agency, person = person_for(request.user, slug, person_id)
    by = check_permission(request.user, Permission.MANAGE_MEMBERS, agency)
    blocked = refusal_of(lambda: people.check_disable(person, agency, by))
    is_last = people.is_last_admin(person, agency)
    form = DisableForm(None if blocked else sent(request), is_last_admin=is_last)
    if form.is_valid():
        facts = form.cleaned_data
        act = lambda: people.disable(person=person, agency=agency, by=by, **facts)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(
                request, _("Đã ngừng hoạt động tài khoản; các phiên đăng nhập đã kết thúc.")
            )
            return redirect("members", slug=slug)
    context = {"agency": agency, "person": person, "form": form, "blocked": blocked}
    return render(request, "accounts/person_disable.html", context)


@require_http_methods(["GET", "POST"])
def enable(request: HttpRequest, slug: str, person_id: int) -> HttpResponse:
    agency, person = person_for(request.user, slug, person_id)
    by = check_permission(request.user, Permission.MANAGE_MEMBERS, agency)
    blocked = refusal_of(lambda: people.check_enable(person, agency, by))
    form = EnableForm(None if blocked else sent(request))
    if form.is_valid():
        facts = form.cleaned_data
        act = lambda: people.enable(person=person, agency=agency, by=by, **facts)  # noqa: E731
        if carry_out(form, act, fields=BESIDE) is not None:
            messages.success(request, _("Tài khoản hoạt động trở lại; người đó đã được báo."))
            return redirect("members", slug=slug)
    context = {"agency": agency, "person": person, "form": form, "blocked": blocked}
    return render(request, "accounts/person_enable.html", context)
