"""Tables of a dataset and their data dictionary."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from accounts.turns import take_turn
from catalog.actions.search import index
from catalog.models import Dataset, Resource
from catalog.policies import check_takes_data
from core.vietnamese import slugify

# What a person may say about a column; its name and type come from the data.
DESCRIBABLE = ("label", "unit", "description_vi", "description_en", "required")


@transaction.atomic
def add(
    *,
    dataset: Dataset,
    title_vi: str,
    title_en: str = "",
    name: str = "",
    by: Person,
    columns: list[dict[str, Any]] | None = None,
    key_columns: list[str] | None = None,
) -> Resource:
    """A new table; `columns`, when given, is the dictionary its first file is checked against."""
    check_permission(by, Permission.REGISTER_DATASET, dataset.agency)
    check_takes_data(dataset)
    name = name or slugify(title_vi, longest=60)
    take_turn(f"tables of {dataset.pk}")
    if dataset.resources.filter(name=name).exists():
        raise ValidationError(_("Bộ dữ liệu đã có bảng với tên này. Hãy đặt tên khác."))
    resource = Resource.objects.create(
        dataset=dataset,
        name=name,
        title_vi=title_vi,
        title_en=title_en,
        position=dataset.resources.count(),
        columns=columns or [],
        key_columns=key_columns or [],
    )
    record(
        by=by,
        action="resource.added",
        target=resource,
        agency=dataset.agency,
        after={"name": name, "title": title_vi},
    )
    index(dataset)
    return resource


@transaction.atomic
def describe_columns(
    *,
    resource: Resource,
    descriptions: dict[str, dict[str, Any]],
    key_columns: list[str],
    by: Person,
) -> Resource:
    """Write the data dictionary: column name → the words of DESCRIBABLE, and which columns are the key."""
    check_permission(by, Permission.REGISTER_DATASET, resource.dataset.agency)
    resource = Resource.objects.select_for_update().get(pk=resource.pk)
    names = [column["name"] for column in resource.columns]
    if not set(key_columns) <= set(names) or not set(descriptions) <= set(names):
        raise ValidationError(_("Bảng không có cột này."))
    before = {"columns": resource.columns, "key_columns": resource.key_columns}
    resource.columns = [
        {**column, **_described(descriptions.get(column["name"], {}))}
        for column in resource.columns
    ]
    resource.key_columns = key_columns
    resource.save(update_fields=["columns", "key_columns"])
    record(
        by=by,
        action="resource.described",
        target=resource,
        agency=resource.dataset.agency,
        before=before,
        after={"columns": resource.columns, "key_columns": key_columns},
    )
    index(resource.dataset)
    return resource


def _described(words: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in words.items() if name in DESCRIBABLE}
