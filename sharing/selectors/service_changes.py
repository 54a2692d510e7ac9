"""Proposals to change services on offer: what waits, and how one differs from what is offered."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.permissions import agencies_with
from accounts.roles import Permission
from catalog.models import Resource
from sharing.models import ServiceChange, SharingService
from sharing.states import AccountState


@dataclass(frozen=True)
class Difference:
    """One field, or one table of the service, as it is and as it would be.

    `label`: the field's name, or the titles of dataset and table, each in a language of its own.
    """

    label: tuple[str, ...]
    before: str
    after: str


def waiting_changes(person: Person) -> QuerySet[ServiceChange]:
    """Those the person may decide on or has to have decided by another, the oldest first."""
    owners = agencies_with(person, Permission.GIVE_CONSENT)
    waiting = ServiceChange.objects.filter(
        state=ServiceChange.State.WAITING, service__owner__in=owners
    )
    return waiting.select_related("service__owner", "proposed_by").order_by("proposed_at")


def living_accounts(service: SharingService) -> int:
    """How many accounts use the service, none of which a change touches."""
    living = [AccountState.ACTIVE, AccountState.SUSPENDED]
    return service.accounts.filter(state__in=living).count()


def differences(change: ServiceChange) -> list[Difference]:
    """Fields in the order of the model, then tables; at most one query."""
    named = [name for name in change.after if name != "tables"]
    order = [field.name for field in SharingService._meta.get_fields()]
    found = [
        Difference(
            (str(SharingService._meta.get_field(name).verbose_name),),  # type: ignore[union-attr]
            _words(name, change.before[name]),
            _words(name, change.after[name]),
        )
        for name in sorted(named, key=order.index)
    ]
    if "tables" in change.after:
        found += _table_differences(change.before["tables"], change.after["tables"])
    return found


def _words(name: str, value: Any) -> str:
    """A value as the service's page has it; a dash for none."""
    if isinstance(value, bool):
        return _("Có") if value else _("Không")
    if value in (None, ""):
        return "–"
    choices = dict(SharingService._meta.get_field(name).flatchoices)  # type: ignore[union-attr]
    return str(choices.get(value, value))


def _table_differences(
    before: dict[str, list[str]], after: dict[str, list[str]]
) -> Iterator[Difference]:
    tables = Resource.objects.filter(pk__in={*before, *after}).select_related("dataset")
    for table in tables.order_by("dataset__title_sort", "position", "pk"):
        key = str(table.pk)
        if before.get(key) != after.get(key):
            label = (table.dataset.title, table.title)
            yield Difference(label, _given(table, before.get(key)), _given(table, after.get(key)))


def _given(table: Resource, columns: list[str] | None) -> str:
    """Which columns are given, by their labels."""
    if columns is None:
        return _("không chia sẻ bảng này")
    if not columns:
        return _("mọi cột")
    labels = {one["name"]: one.get("label") or one["name"] for one in table.columns}
    return ", ".join(labels.get(name, name) for name in columns)
