"""The register of sharing services: describing, offering, closing (Đ3.3, Đ9).

What is on offer changes by a proposal that another person accepts (sharing.actions.service_changes).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Person
from accounts.permissions import check_permission
from accounts.reasons import check_reason
from accounts.roles import Permission
from accounts.turns import take_turn
from catalog.models import Dataset, Resource
from core import clock
from core.vietnamese import slugify, sort_key
from sharing.models import ServiceTable, SharingService

DESCRIBING = (
    "title_vi",
    "title_en",
    "description_vi",
    "description_en",
    "form",
    "method",
    "place",
    "endpoint",
    "technical_document",
    "schema_vi",
    "use_rules_vi",
    "availability",
    "contact_post",
    "contact_email",
    "contact_phone",
    "version",
    "answer_days",
    "is_illustrative",
)
# Table of the catalogue → the columns given; none named: all.
Tables = Mapping[Resource, Sequence[str]]


@transaction.atomic
def describe(*, owner: Agency, facts: dict[str, Any], tables: Tables, by: Person) -> SharingService:
    """A new draft. Raises ValidationError for a service of the gateway without a table."""
    check_permission(by, Permission.DESCRIBE_SERVICE, owner)
    service = SharingService(owner=owner, created_by=by, changed_by=by, **known(facts))
    take_turn("code of a service")
    service.code = _free_code(service.title_vi)
    service.title_sort = sort_key(service.title_vi)
    check_tables(service, tables)
    service.save(force_insert=True)
    _set_tables(service, tables)
    _record(service, "service.described", by, after=facts_of(service))
    return service


@transaction.atomic
def change(
    *, service: SharingService, facts: dict[str, Any], tables: Tables, by: Person
) -> SharingService:
    """Rewrite a draft. Raises ValidationError for what is on offer or closed."""
    service = locked(service)
    check_permission(by, Permission.DESCRIBE_SERVICE, service.owner)
    check_draft(service)
    before = facts_of(service)
    service.changed_by = by
    rewrite(service, facts, tables)
    _record(service, "service.changed", by, before=before, after=facts_of(service))
    return service


@transaction.atomic
def offer(*, service: SharingService, by: Person) -> SharingService:
    """The owner's approver puts it on the public list. Raises ValidationError for one's own draft."""
    service = locked(service)
    check_permission(by, Permission.GIVE_CONSENT, service.owner)
    check_offer(service, by)
    service.state = SharingService.State.OFFERED
    service.offered_at, service.offered_by = clock.now(), by
    service.save()
    _record(service, "service.offered", by, after={"service_state": service.state})
    return service


@transaction.atomic
def close(*, service: SharingService, reason: str, by: Person) -> SharingService:
    """Take it off the list: no new requests; accounts already issued are ended one by one."""
    service = locked(service)
    check_permission(by, Permission.GIVE_CONSENT, service.owner)
    check_closable(service)
    service.closing_reason = check_reason(reason)
    service.state, service.closed_at = SharingService.State.CLOSED, clock.now()
    service.save()
    after = {"service_state": service.state, "reason": service.closing_reason}
    _record(service, "service.closed", by, after=after)
    return service


def rewrite(service: SharingService, facts: dict[str, Any], tables: Tables) -> None:
    """What the service says and gives from now on; `facts` may name only some fields.

    Accounts are not touched: their scope is their consent's. Raises ValidationError as check_tables.
    """
    for name, value in known(facts).items():
        setattr(service, name, value)
    service.title_sort = sort_key(service.title_vi)
    check_tables(service, tables)
    service.save()
    _set_tables(service, tables)


def check_draft(service: SharingService) -> None:
    if service.state == SharingService.State.CLOSED:
        raise ValidationError(_("Dịch vụ đã ngừng cung cấp, không sửa được nữa."), code="closed")
    if service.state == SharingService.State.OFFERED:
        raise ValidationError(
            _("Dịch vụ đang cung cấp: thay đổi cần lãnh đạo duyệt của cơ quan chấp nhận."),
            code="offered",
        )


def check_offer(service: SharingService, by: Person) -> None:
    """Two people: whoever wrote the draft, or changed it last, does not put it on the public list."""
    if service.state != SharingService.State.DRAFT:
        raise ValidationError(_("Dịch vụ này đã được công bố."), code="state")
    if by.pk in (service.created_by_id, service.changed_by_id):
        raise ValidationError(
            _("Người soạn không được tự công bố. Cần một lãnh đạo duyệt khác của cơ quan."),
            code="same_person",
        )


def check_closable(service: SharingService) -> None:
    if service.state != SharingService.State.OFFERED:
        raise ValidationError(_("Chỉ ngừng được dịch vụ đang cung cấp."), code="state")


def locked(service: SharingService) -> SharingService:
    services = SharingService.objects.select_for_update(of=("self",)).select_related("owner")
    return services.get(pk=service.pk)


def check_tables(service: SharingService, tables: Tables) -> None:
    """Raises ValidationError for tables or columns the service cannot give."""
    if service.place == SharingService.Place.GATEWAY and not tables:
        raise ValidationError(
            _("Hãy chọn ít nhất một bảng dữ liệu của cơ quan để chia sẻ qua cổng."), code="tables"
        )
    for table, columns in tables.items():
        if table.dataset.agency_id != service.owner_id:
            raise ValidationError(
                _("Chỉ chia sẻ được bảng dữ liệu của cơ quan mình."), code="tables"
            )
        if table.dataset.access == Dataset.Access.LISTED:
            raise ValidationError(
                _(
                    "Bộ dữ liệu “%(title)s” chỉ công bố thông tin mô tả, không có dữ liệu để chia sẻ."
                )
                % {"title": table.dataset.title},
                code="tables",
            )
        unknown = set(columns) - {column["name"] for column in table.columns}
        if unknown:
            raise ValidationError(
                _("Bảng không có cột: %(names)s.") % {"names": ", ".join(sorted(unknown))},
                code="tables",
            )


def _set_tables(service: SharingService, tables: Tables) -> None:
    service.tables.exclude(resource__in=tables).delete()
    for table, columns in tables.items():
        ServiceTable.objects.update_or_create(
            service=service, resource=table, defaults={"columns": list(columns)}
        )


def _free_code(title: str) -> str:
    stem = slugify(title, longest=54) or "dich-vu"
    taken = set(SharingService.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number, code = 1, stem
    while code in taken:
        number += 1
        code = f"{stem}-{number}"
    return code


def known(facts: dict[str, Any]) -> dict[str, Any]:
    """Those of the facts that describe a service."""
    return {name: value for name, value in facts.items() if name in DESCRIBING}


def facts_of(service: SharingService) -> dict[str, Any]:
    """What the service says and gives, as JSON values; "tables": {resource id: [columns]}."""
    tables = {str(one.resource_id): one.columns for one in service.tables.all()}
    return {name: getattr(service, name) for name in DESCRIBING} | {"tables": tables}


def _record(
    service: SharingService,
    action: str,
    by: Person,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any],
) -> None:
    record(by=by, action=action, target=service, agency=service.owner, before=before, after=after)
