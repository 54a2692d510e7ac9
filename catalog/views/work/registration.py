"""Registering a dataset and changing its description."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, sent
from accounts.permissions import check_anywhere
from accounts.roles import Permission
from catalog.actions import dataset as actions
from catalog.actions.registration import register_with_table
from catalog.forms.dataset import EditForm, RegisterForm
from catalog.loaders import dataset_for
from catalog.models import Dataset


def register(request: HttpRequest) -> HttpResponse:
    person = check_anywhere(request.user, Permission.REGISTER_DATASET)
    form = RegisterForm(sent(request), by=person)
    if request.method == "POST" and form.is_valid():
        dataset = carry_out(
            form,
            lambda: register_with_table(facts=form.facts(), topics=form.chosen_topics(), by=person),
        )
        if dataset is not None:
            messages.success(request, _registered(dataset))
            return redirect("work_dataset", dataset.slug)
    return render(request, "catalog/work/dataset_form.html", {"form": form})


def edit(request: HttpRequest, slug: str) -> HttpResponse:
    dataset = dataset_for(request.user, slug, Permission.REGISTER_DATASET)
    person = check_anywhere(request.user, Permission.REGISTER_DATASET)
    # The form writes into its instance; the page still shows the dataset as it is.
    form = EditForm(sent(request), instance=Dataset.objects.get(pk=dataset.pk))
    if request.method == "POST" and form.is_valid():
        changed = carry_out(
            form,
            lambda: actions.change(
                dataset=dataset, facts=form.facts(), topics=form.chosen_topics(), by=person
            ),
        )
        if changed is not None:
            messages.success(request, _("Đã lưu thông tin mô tả."))
            return redirect("work_dataset", dataset.slug)
    return render(request, "catalog/work/dataset_form.html", {"form": form, "dataset": dataset})


def _registered(dataset: Dataset) -> str:
    if dataset.access == Dataset.Access.LISTED:
        return _("Đã đăng ký bộ dữ liệu. Lãnh đạo duyệt sẽ công bố thông tin mô tả.")
    return _("Đã đăng ký bộ dữ liệu. Bước tiếp theo: nộp dữ liệu kỳ đầu tiên.")
