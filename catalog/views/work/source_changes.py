"""Setting up a table's API, approving it, taking the approval back, switching it off and on."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import policies, source_policies
from catalog.actions import sources as actions
from catalog.forms.release import ConfirmForm, ReasonForm
from catalog.forms.source import ApprovalForm, SourceForm
from catalog.loaders import resource_for, source_for
from catalog.models import Source

FIELDS = {name: name for name in ("url", "header_name", "header_value", "rows_path")}


def edit(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    resource = resource_for(request.user, resource_id, Permission.REGISTER_DATASET)
    person = check_permission(request.user, Permission.REGISTER_DATASET, resource.dataset.agency)
    known = Source.objects.filter(resource=resource).first()
    # The form writes into its instance, which is thrown away: the action changes the source.
    form = SourceForm(sent(request), instance=Source.objects.filter(resource=resource).first())
    if request.method == "POST" and form.is_valid():
        saved = carry_out(
            form,
            lambda: actions.configure(resource=resource, settings=form.settings(), by=person),
            fields=FIELDS,
        )
        if saved is not None:
            messages.success(request, _saved(saved, known))
            return redirect("source", resource.pk)
    context = {
        "form": form,
        "resource": resource,
        "dataset": resource.dataset,
        "source": known,
        "blocked": refusal_of(lambda: policies.check_takes_data(resource.dataset)),
    }
    return render(request, "catalog/work/source_form.html", context)


def approve(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """What is agreed to, with the last attempt that went well."""
    source = source_for(request.user, resource_id, Permission.DECIDE_RELEASE)
    agency = source.resource.dataset.agency
    person = check_permission(request.user, Permission.DECIDE_RELEASE, agency)
    form = ApprovalForm(sent(request))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["seen"]
        done = carry_out(form, lambda: actions.approve(source=source, seen=seen, by=person))
        if done is not None:
            messages.success(
                request, _("Đã phê duyệt. Từ nay dữ liệu đạt kiểm tra được tự công bố.")
            )
            return redirect("source", resource_id)
    context = {
        **_about(source),
        "form": form,
        "tried": source_policies.good_pulls(source).select_related("release").first(),
        "blocked": refusal_of(
            lambda: source_policies.check_approvable(source, person, source.configured_at)
        ),
    }
    return render(request, "catalog/work/source_approve.html", context)


def revoke(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    source = source_for(request.user, resource_id, Permission.DECIDE_RELEASE)
    agency = source.resource.dataset.agency
    person = check_permission(request.user, Permission.DECIDE_RELEASE, agency)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = carry_out(
            form,
            lambda: actions.revoke(source=source, reason=reason, by=person),
            fields={"reason": "reason"},
        )
        if done is not None:
            messages.success(
                request, _("Đã thu hồi phê duyệt. Cổng không lấy dữ liệu theo lịch nữa.")
            )
            return redirect("source", resource_id)
    return render(request, "catalog/work/source_revoke.html", {**_about(source), "form": form})


def switch(request: HttpRequest, resource_id: UUID) -> HttpResponse:
    """A page that says what will happen; its button does it."""
    source = source_for(request.user, resource_id, Permission.REGISTER_DATASET)
    agency = source.resource.dataset.agency
    person = check_permission(request.user, Permission.REGISTER_DATASET, agency)
    form = ConfirmForm(sent(request))
    if request.method == "POST" and form.is_valid():
        on = request.POST.get("bat") == "1"
        actions.switch(source=source, on=on, by=person)
        done = _("Đã bật lấy dữ liệu qua API.") if on else _("Đã tắt lấy dữ liệu qua API.")
        messages.success(request, done)
        return redirect("source", resource_id)
    return render(request, "catalog/work/source_switch.html", {**_about(source), "form": form})


def _about(source: Source) -> dict[str, Any]:
    return {
        "source": source,
        "resource": source.resource,
        "dataset": source.resource.dataset,
    }


def _saved(saved: Source, known: Source | None) -> str:
    if known is not None and known.approved_at is not None and saved.approved_at is None:
        return _("Đã lưu thiết lập. Lãnh đạo cần phê duyệt lại trước khi dữ liệu tự công bố.")
    return _("Đã lưu thiết lập.")
