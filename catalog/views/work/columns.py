"""Tables of a dataset: adding one, and writing the data dictionary."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog.actions import resource as actions
from catalog.forms.release import ConfirmForm
from catalog.forms.resource import ColumnForm, ColumnFormSet, ResourceForm, initial_columns
from catalog.loaders import dataset_for, resource_for
from catalog.models import Resource

COLUMNS_PER_PAGE = 25


def add(request: HttpRequest, slug: str) -> HttpResponse:
    dataset = dataset_for(request.user, slug, Permission.REGISTER_DATASET)
    person = check_permission(request.user, Permission.REGISTER_DATASET, dataset.agency)
    form = ResourceForm(sent(request))
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        resource = carry_out(form, lambda: actions.add(dataset=dataset, by=person, **words))
        if resource is not None:
            messages.success(request, _("Đã thêm bảng. Bước tiếp theo: nộp dữ liệu kỳ đầu tiên."))
            return redirect("work_dataset", dataset.slug)
    return render(request, "catalog/work/resource_form.html", {"form": form, "dataset": dataset})


def describe(request: HttpRequest, resource_id: Any) -> HttpResponse:
    """The data dictionary, 25 columns a page: each page is saved by itself."""
    resource = resource_for(request.user, resource_id, Permission.REGISTER_DATASET)
    person = check_permission(request.user, Permission.REGISTER_DATASET, resource.dataset.agency)
    page = Paginator(resource.columns, COLUMNS_PER_PAGE).get_page(request.GET.get("page"))
    formset = ColumnFormSet(
        sent(request), initial=initial_columns(resource, list(page)), prefix="cot"
    )
    refusals = ConfirmForm({})
    if request.method == "POST" and formset.is_valid():
        saved = carry_out(
            refusals,
            lambda: actions.describe_columns(
                resource=resource,
                descriptions=_descriptions(formset),
                key_columns=_key_columns(resource, formset),
                by=person,
            ),
        )
        if saved is not None:
            messages.success(request, _("Đã lưu từ điển dữ liệu."))
            return redirect(request.get_full_path())
    context = {"resource": resource, "formset": formset, "page": page, "refusals": refusals}
    return render(request, "catalog/work/columns.html", context)


def _descriptions(formset: "BaseFormSet[ColumnForm]") -> dict[str, dict[str, Any]]:
    said = [form.cleaned_data for form in formset]
    return {
        words["name"]: {key: value for key, value in words.items() if key in actions.DESCRIBABLE}
        for words in said
    }


def _key_columns(resource: Resource, formset: "BaseFormSet[ColumnForm]") -> list[str]:
    """The key columns of this page as ticked, those of the other pages as they were."""
    ticked = {form.cleaned_data["name"]: form.cleaned_data["is_key"] for form in formset}
    return [
        column["name"]
        for column in resource.columns
        if ticked.get(column["name"], column["name"] in resource.key_columns)
    ]
