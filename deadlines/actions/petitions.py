"""Asking about a duty and deciding: nothing to report, more time."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Agency, Person
from accounts.permissions import check_permission, people_with
from accounts.reasons import check_reason
from accounts.roles import Permission
from core import clock
from deadlines import policies
from deadlines.actions import duties
from deadlines.models import Duty, Petition
from deadlines.states import DECIDERS, PETITION_STEPS, PetitionState, PetitionStep


@transaction.atomic
def declare_nothing(*, duty: Duty, reason: str, by: Person) -> Petition:
    """The agency's staff says that nothing arose in the period; its approver signs."""
    check_permission(by, Permission.UPLOAD_RELEASE, duty.agency)
    duty = duties.locked(duty)
    policies.check_nothing_possible(duty)
    return _ask(duty, Petition.Kind.NOTHING, reason, by)


@transaction.atomic
def ask_extension(
    *, duty: Duty, until: date, reason: str, document: str = "", by: Person
) -> Petition:
    """Ask the data authority for more time, until the end of a later day."""
    check_permission(by, Permission.UPLOAD_RELEASE, duty.agency)
    duty = duties.locked(duty)
    policies.check_wanted_day(duty, until)
    return _ask(duty, Petition.Kind.EXTENSION, reason, by, until, document.strip())


@transaction.atomic
def accept(
    *,
    petition: Petition,
    by: Person,
    until: date | None = None,
    document: str = "",
    reason: str = "",
) -> Petition:
    """Sign that there is nothing, or give more time: until the day asked for, or another one."""
    petition = _locked(petition)
    _check_may_decide(petition, by)
    if petition.kind == Petition.Kind.NOTHING:
        _fulfil(petition, by)
    elif wanted := until or petition.wanted_until:
        duties.extend(
            duty=petition.duty,
            until=wanted,
            reason=petition.reason,
            document=policies.check_document(document),
            by=by,
        )
    return _decide(petition, "accept", by, reason.strip(), document.strip())


@transaction.atomic
def refuse(*, petition: Petition, reason: str, by: Person) -> Petition:
    """Say no, with the reason."""
    petition = _locked(petition)
    _check_may_decide(petition, by)
    return _decide(petition, "refuse", by, check_reason(reason))


@transaction.atomic
def take_back(*, petition: Petition, by: Person) -> Petition:
    """Whoever may ask for the agency may take it back before it is decided."""
    petition = _locked(petition)
    check_permission(by, Permission.UPLOAD_RELEASE, petition.duty.agency)
    policies.check_waits(petition)
    return _decide(petition, "take_back", by, "")


def _ask(
    duty: Duty,
    kind: Petition.Kind,
    reason: str,
    by: Person,
    until: date | None = None,
    document: str = "",
) -> Petition:
    policies.check_live(duty)
    policies.check_none_waits(duty)
    petition = Petition.objects.create(
        duty=duty,
        kind=kind,
        reason=check_reason(reason),
        wanted_until=until,
        document=document,
        asked_by=by,
    )
    record(
        by=by,
        action=f"petition.{kind}",
        target=petition,
        agency=duty.agency,
        after={
            "reason": petition.reason,
            "until": until.isoformat() if until else "",
            "document": document,
        },
    )
    tell(
        _deciders(petition),
        kind="petition.waits",
        facts=_facts(petition),
        path=reverse("petition", args=[petition.pk]),
    )
    return petition


def _locked(petition: Petition) -> Petition:
    return (
        Petition.objects.select_for_update(of=("self",))
        .select_related("duty__agency", "asked_by")
        .get(pk=petition.pk)
    )


def _check_may_decide(petition: Petition, by: Person) -> None:
    check_permission(by, DECIDERS[petition.kind], petition.duty.agency)
    policies.check_waits(petition)
    policies.check_separate(petition, by)


def _fulfil(petition: Petition, by: Person) -> None:
    """On the day of the signature: what was asked earlier is not yet the agency's word."""
    duty = petition.duty
    done = duties.fulfil(
        kind=duty.kind, subject=duty.subject, period=duty.period, how=Duty.How.NOTHING, by=by
    )
    if done is None:
        raise ValidationError(_("Nghĩa vụ này không còn phải thực hiện."), code="state")


def _decide(petition: Petition, name: str, by: Person, reason: str, document: str = "") -> Petition:
    step = PETITION_STEPS[name]
    petition.state = step.target
    petition.decided_by, petition.decided_at = by, clock.now()
    petition.decision_reason, petition.decision_document = reason, document
    petition.save()
    record(
        by=by,
        action=step.audit_action,
        target=petition,
        agency=petition.duty.agency,
        before={"petition_state": PetitionState.WAITING},
        after={"petition_state": step.target, "reason": reason, "document": document},
    )
    _tell_asker(petition, step)
    return petition


def _tell_asker(petition: Petition, step: PetitionStep) -> None:
    if not step.notice or not petition.asked_by.is_active:
        return
    tell(
        [petition.asked_by],
        kind=step.notice,
        facts={**_facts(petition), "reason": petition.decision_reason},
        path=reverse("petition", args=[petition.pk]),
    )


def _facts(petition: Petition) -> dict[str, str]:
    return {
        "petition": petition.kind,
        "agency": petition.duty.agency.name_vi,
        "duty": petition.duty.title_vi,
        "period": petition.duty.period,
        "asker": petition.asked_by.full_name,
    }


def _deciders(petition: Petition) -> list[Person]:
    permission = DECIDERS[petition.kind]
    if petition.kind == Petition.Kind.NOTHING:
        return list(people_with(permission, petition.duty.agency))
    authority = Agency.objects.current().filter(is_data_authority=True).first()
    return list(people_with(permission, authority)) if authority else []
