"""/dieu-hanh/chung-thu/: the certificates that signatures of documents are checked against."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, press
from accounts.permissions import NotFound, check_permission
from accounts.roles import Permission
from catalog.upload import takes_file
from core import clock
from sharing.actions import roots
from sharing.forms.roots import RootForm
from sharing.models import TrustedRoot


@takes_file(lambda: roots.MOST_BYTES)
def trusted_roots(request: HttpRequest) -> HttpResponse:
    person = check_permission(request.user, Permission.TRUST_ROOTS)
    is_sent = request.method == "POST"
    form = RootForm(request.POST, request.FILES) if is_sent else RootForm()
    if form.is_valid():
        content = form.cleaned_data["certificate"]
        act = lambda: roots.add(content=content, by=person)  # noqa: E731
        added = carry_out(form, act, fields=dict.fromkeys(("file", "known"), "certificate"))
        if added is not None:
            messages.success(request, _("Đã thêm chứng thư “%(name)s”.") % {"name": added.name})
            return redirect("trusted_roots")
    kept = TrustedRoot.objects.select_related("added_by")
    context = {"form": form, "roots": kept, "now": clock.now()}
    return render(request, "sharing/office/roots.html", context)


def remove(request: HttpRequest, root_id: int) -> HttpResponse:
    """Asked once more on a page of its own: signatures below it are not trusted any more."""
    person = check_permission(request.user, Permission.TRUST_ROOTS)
    root = TrustedRoot.objects.filter(pk=root_id).first()
    if root is None:
        raise NotFound
    if request.method == "POST":
        done = _("Đã bỏ chứng thư “%(name)s”.") % {"name": root.name}
        press(request, lambda: roots.remove(root=root, by=person), done)
        return redirect("trusted_roots")
    return render(request, "sharing/office/root_remove.html", {"root": root})
