"""The register of sharing services: describing, offering, changing, closing (Đ3.3, Đ9)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Agency, Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog.models import Dataset, Resource
from portal import clock
from portal.vietnamese import slugify
from sharing.models import ServiceTable, SharingService
from sharing.policies import check_reason

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
    service = SharingService(owner=owner, created_by=by, **_known(facts))
    service.code = _free_code(service.title_vi)
    _check_tables(service, tables)
    service.save(force_insert=True)
    _set_tables(service, tables)
    _record(service, "service.described", by, after=_facts(service))
    return service


@transaction.atomic
def change(
    *, service: SharingService, facts: dict[str, Any], tables: Tables, by: Person
) -> SharingService:
    """Change the description; what accounts were granted stays within what the service gives."""
    service = _locked(service)
    check_permission(by, Permission.DESCRIBE_SERVICE, service.owner)
    check_changeable(service)
    before = _facts(service)
    for name, value in _known(facts).items():
        setattr(service, name, value)
    _check_tables(service, tables)
    service.save()
    _set_tables(service, tables)
    _record(service, "service.changed", by, before=before, after=_facts(service))
    return service


@transaction.atomic
def offer(*, service: SharingService, by: Person) -> SharingService:
    """The owner's approver puts it on the public list. Raises ValidationError for one's own draft."""
    service = _locked(service)
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
    service = _locked(service)
    check_permission(by, Permission.GIVE_CONSENT, service.owner)
    check_closable(service)
    service.closing_reason = check_reason(reason)
    service.state, service.closed_at = SharingService.State.CLOSED, clock.now()
    service.save()
    after = {"service_state": service.state, "reason": service.closing_reason}
    _record(service, "service.closed", by, after=after)
    return service


def check_changeable(service: SharingService) -> None:
    if service.state == SharingService.State.CLOSED:
        raise ValidationError(_("Dịch vụ đã ngừng cung cấp, không sửa được nữa."), code="closed")


def check_offer(service: SharingService, by: Person) -> None:
    """Two people: whoever wrote the draft does not put it on the public list."""
    if service.state != SharingService.State.DRAFT:
        raise ValidationError(_("Dịch vụ này đã được công bố."), code="state")
    if service.created_by_id == by.pk:
        raise ValidationError(
            _("Người soạn không được tự công bố. Cần một lãnh đạo duyệt khác của cơ quan."),
            code="same_person",
        )


def check_closable(service: SharingService) -> None:
    if service.state != SharingService.State.OFFERED:
        raise ValidationError(_("Chỉ ngừng được dịch vụ đang cung cấp."), code="state")


def _locked(service: SharingService) -> SharingService:
    services = SharingService.objects.select_for_update(of=("self",)).select_related("owner")
    return services.get(pk=service.pk)


def _check_tables(service: SharingService, tables: Tables) -> None:
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


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in DESCRIBING}


def _facts(service: SharingService) -> dict[str, Any]:
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
