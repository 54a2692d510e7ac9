"""Steps that concern a whole dataset: another address, publishing its description, withdrawing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog.actions import dataset as actions
from catalog.forms.dataset import RenameForm
from catalog.forms.release import ConfirmForm, ReasonForm
from catalog.loaders import dataset_for


def rename(request: HttpRequest, slug: str) -> HttpResponse:
    dataset = dataset_for(request.user, slug, Permission.CURATE_CATALOGUE)
    person = check_permission(request.user, Permission.CURATE_CATALOGUE, dataset.agency)
    form = RenameForm(sent(request), initial={"slug": dataset.slug})
    if request.method == "POST" and form.is_valid():
        new = form.cleaned_data["slug"]
        renamed = carry_out(form, lambda: actions.rename(dataset=dataset, slug=new, by=person))
        if renamed is not None:
            messages.success(request, _("Đã đổi địa chỉ; địa chỉ cũ tự chuyển sang địa chỉ mới."))
            return redirect("work_dataset", renamed.slug)
    return render(request, "catalog/work/dataset_rename.html", {"form": form, "dataset": dataset})


def publish_description(request: HttpRequest, slug: str) -> HttpResponse:
    dataset = dataset_for(request.user, slug, Permission.DECIDE_RELEASE)
    person = check_permission(request.user, Permission.DECIDE_RELEASE, dataset.agency)
    form = ConfirmForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done = carry_out(form, lambda: actions.publish_description(dataset=dataset, by=person))
        if done is not None:
            messages.success(request, _("Đã công bố thông tin mô tả của bộ dữ liệu."))
            return redirect("work_dataset", dataset.slug)
    return render(request, "catalog/work/dataset_publish.html", {"form": form, "dataset": dataset})


def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    dataset = dataset_for(request.user, slug, Permission.WITHDRAW_DATASET)
    person = check_permission(request.user, Permission.WITHDRAW_DATASET, dataset.agency)
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = carry_out(
            form,
            lambda: actions.withdraw(dataset=dataset, reason=reason, by=person),
            fields={"reason": "reason"},
        )
        if done is not None:
            messages.success(request, _("Đã rút bộ dữ liệu khỏi cổng."))
            return redirect("work_dataset", dataset.slug)
    return render(request, "catalog/work/dataset_withdraw.html", {"form": form, "dataset": dataset})
