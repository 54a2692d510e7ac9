"""Changing what is on offer: proposed by whoever describes, decided by the owner's approver, another person.

Agencies have asked for the service as it stands, some of them use it. So a change is looked at by two
people, both sides are told, and no account changes with it: what an account sees is frozen in its consent.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Agency, Person
from accounts.permissions import check_permission, has_permission, people_by_agency, people_with
from accounts.reasons import check_reason
from accounts.roles import Permission
from catalog.models import Resource
from core import clock
from sharing.actions.services import Tables, check_tables, facts_of, known, locked, rewrite
from sharing.models import ServiceChange, SharingService
from sharing.states import FINAL, AccountState


@transaction.atomic
def propose(
    *, service: SharingService, facts: dict[str, Any], tables: Tables, reason: str, by: Person
) -> ServiceChange:
    """Ask for a change of what is on offer. `facts` and `tables` as the service should be.

    Raises ValidationError for a service that is not on offer, that waits for a decision already, or that
    would stay as it is, and for what the service cannot give.
    """
    service = locked(service)
    check_permission(by, Permission.DESCRIBE_SERVICE, service.owner)
    check_proposable(service)
    wanted = {
        **facts_of(service),
        **known(facts),
        "tables": {str(table.pk): list(columns) for table, columns in tables.items()},
    }
    before = {name: value for name, value in facts_of(service).items() if value != wanted[name]}
    if not before:
        raise ValidationError(_("Chưa có nội dung nào thay đổi so với dịch vụ đang cung cấp."))
    service.place = wanted["place"]  # never saved here: what the tables are checked against
    check_tables(service, tables)
    change = ServiceChange.objects.create(
        service=service,
        before=before,
        after={name: wanted[name] for name in before},
        reason=check_reason(reason),
        proposed_by=by,
    )
    _record(change, "service.change_proposed", by, change.reason)
    others = [one for one in people_with(Permission.GIVE_CONSENT, service.owner) if one.pk != by.pk]
    _tell(others, "service.change_proposed", change, change.reason)
    return change


@transaction.atomic
def accept(*, change: ServiceChange, by: Person) -> ServiceChange:
    """The service becomes what was proposed; its users and its own people are told, no account changes.

    Raises ValidationError for one's own proposal, one that is decided, and for what cannot be given now.
    """
    service, change = _to_decide(change, by)
    check_decidable(change, by)
    rewrite(service, change.after, _tables_after(service, change))
    _decide(change, ServiceChange.State.ACCEPTED, by, "")
    _record(change, "service.change_accepted", by, change.reason)
    people = [*_users(service), *people_with(Permission.DESCRIBE_SERVICE, service.owner)]
    people += [change.proposed_by]
    told = {one.pk: one for one in people if one.pk != by.pk}
    _tell(list(told.values()), "service.change_accepted", change, change.reason)
    return change


@transaction.atomic
def refuse(*, change: ServiceChange, reason: str, by: Person) -> ServiceChange:
    """The service stays as it is; whoever proposed is told why. Raises ValidationError as accept."""
    _service, change = _to_decide(change, by)
    _check_waiting(change)
    _check_another(change, by)
    _decide(change, ServiceChange.State.REFUSED, by, check_reason(reason))
    _record(change, "service.change_refused", by, change.decision_note)
    _tell([change.proposed_by], "service.change_refused", change, change.decision_note)
    return change


@transaction.atomic
def withdraw(*, change: ServiceChange, by: Person) -> ServiceChange:
    """Whoever describes the agency's services takes a proposal back that nobody has decided on."""
    service = locked(change.service)
    check_permission(by, Permission.DESCRIBE_SERVICE, service.owner)
    change = _locked_change(change)
    _check_waiting(change)
    _decide(change, ServiceChange.State.WITHDRAWN, by, "")
    _record(change, "service.change_withdrawn", by, change.reason)
    return change


def check_proposable(service: SharingService) -> None:
    if service.state != SharingService.State.OFFERED:
        raise ValidationError(_("Dịch vụ đã ngừng cung cấp, không sửa được nữa."), code="closed")
    if service.changes.filter(state=ServiceChange.State.WAITING).exists():
        raise ValidationError(
            _(
                "Dịch vụ đang có đề nghị thay đổi chờ duyệt. Hãy chờ lãnh đạo quyết định, "
                "hoặc rút đề nghị đó rồi gửi đề nghị mới."
            ),
            code="waiting",
        )


def check_decidable(change: ServiceChange, by: Person) -> None:
    """Two people: whoever proposed a change does not decide on it."""
    _check_waiting(change)
    if change.service.state != SharingService.State.OFFERED:
        raise ValidationError(_("Dịch vụ đã ngừng cung cấp, không sửa được nữa."), code="closed")
    if not has_permission(change.proposed_by, Permission.DESCRIBE_SERVICE, change.service.owner):
        raise ValidationError(
            _("Người đề nghị không còn quyền này. Hãy để người đang phụ trách gửi lại đề nghị."),
            code="proposer",
        )
    _check_another(change, by)


def _check_another(change: ServiceChange, by: Person) -> None:
    if change.proposed_by_id == by.pk:
        raise ValidationError(
            _("Người đề nghị không được tự duyệt. Cần một lãnh đạo duyệt khác của cơ quan."),
            code="same_person",
        )


def _check_waiting(change: ServiceChange) -> None:
    if change.state != ServiceChange.State.WAITING:
        raise ValidationError(
            _("Đề nghị này đã được xử lý: %(state)s.")
            % {"state": change.get_state_display().lower()},
            code="state",
        )


def _to_decide(change: ServiceChange, by: Person) -> tuple[SharingService, ServiceChange]:
    service = locked(change.service)
    check_permission(by, Permission.GIVE_CONSENT, service.owner)
    change = _locked_change(change)
    change.service = service
    return service, change


def _locked_change(change: ServiceChange) -> ServiceChange:
    changes = ServiceChange.objects.select_for_update(of=("self",))
    return changes.select_related("proposed_by", "service__owner").get(pk=change.pk)


def _decide(change: ServiceChange, state: ServiceChange.State, by: Person, note: str) -> None:
    change.state, change.decided_by, change.decided_at = state, by, clock.now()
    change.decision_note = note
    change.save()


def _tables_after(service: SharingService, change: ServiceChange) -> Tables:
    columns = change.after.get("tables", facts_of(service)["tables"])
    found = Resource.objects.filter(pk__in=columns).select_related("dataset")
    return {table: columns[str(table.pk)] for table in found}


def _users(service: SharingService) -> list[Person]:
    """Those who ask for connections in the agencies that use the service or have asked for it."""
    living = [AccountState.ACTIVE, AccountState.SUSPENDED]
    using = service.accounts.filter(state__in=living).values_list("agency", flat=True)
    asking = service.requests.exclude(number="").exclude(state__in=FINAL)
    agencies = {*using, *asking.values_list("requester", flat=True)}
    found = people_by_agency([Permission.REQUEST_CONNECTION], agencies)
    return [person for people in found.values() for person in people]


def _record(change: ServiceChange, action: str, by: Person, reason: str) -> None:
    record(
        by=by,
        action=action,
        target=change.service,
        agency=change.service.owner,
        before=change.before,
        after={**change.after, "reason": reason},
    )


def _tell(people: list[Person], kind: str, change: ServiceChange, reason: str) -> None:
    service = change.service
    facts = {
        "service": service.title_vi,
        "owner": service.owner.name_vi,
        "person": change.proposed_by.full_name,
        "reason": reason,
    }
    inside = _members(service.owner, people)
    tell(
        [one for one in people if one.pk in inside],
        kind=kind,
        facts=facts,
        path=change.get_absolute_url(),
    )
    tell(
        [one for one in people if one.pk not in inside],
        kind=kind,
        facts=facts,
        path=service.get_absolute_url(),
    )


def _members(agency: Agency, people: list[Person]) -> set[int]:
    """Which of the people work for the agency: they may open the proposal, others the public page."""
    held = agency.memberships.current().filter(person__in=people)
    return set(held.values_list("person_id", flat=True))
