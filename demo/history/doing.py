"""Doing what the plan says, by the portal's own actions, each at its moment.

What is there already, or what the portal's state does not allow any more, is left out: a plan can be
done again, or to its end after it was broken off.
"""

from collections.abc import Callable, Iterable
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.actions.memberships import grant
from accounts.models import Agency, Person
from accounts.queue import doing_here
from catalog.actions import checking, decision, delivery
from catalog.actions import dataset as dataset_actions
from catalog.actions import resource as resource_actions
from catalog.delivered import DATASET_UPDATE
from catalog.duty_kinds import OPEN_DATA_REVIEW, SELF_ASSESSMENT
from catalog.models import Dataset, Release, Resource, Topic
from catalog.states import ReleaseState
from core import clock
from deadlines.actions import duties, petitions
from deadlines.models import Duty, Petition
from deadlines.states import LIVE, PetitionState
from demo.history.events import Event, What
from demo.history.handed_in import described, dictionary_of, facts_of, file_of
from demo.people import PASSWORD, PEOPLE


def do_all(events: Iterable[Event]) -> int:
    """One after another, each with the clock at its moment; how many were still to be done."""
    return sum(_do(event) for event in events)


def _do(event: Event) -> bool:
    with clock.set_to(event.moment):
        return _DEEDS[event.what](event)


def _appoint(event: Event) -> bool:
    one = next(one for one in PEOPLE if one.email == event.who)
    person = Person.objects.filter(email=one.email).first()
    if person is None:
        person = Person.objects.create_user(one.email, one.full_name)
        person.password, person.wants_email = _hashed_password(), False
        person.save(update_fields=["password", "wants_email"])
    agency = Agency.objects.get(key=event.agency)
    roles = [role for role, agency_key in one.roles if agency_key == event.agency]
    held = person.memberships.filter(agency=agency)
    missing = set(roles) - set(held.values_list("role_code", flat=True))
    for role in sorted(missing):
        grant(person=person, agency=agency, role_code=role, by=None)
    return bool(missing)


@cache
def _hashed_password() -> str:
    """All these accounts have the same password: hashing it for each would take seconds."""
    return make_password(PASSWORD)


@transaction.atomic
def _register(event: Event) -> bool:
    if Dataset.objects.filter(slug=event.dataset).exists():
        return False
    one, by = described(event.dataset), _person(event)
    dataset = dataset_actions.register(
        slug=one.slug,
        facts=facts_of(one),
        topics=list(Topic.objects.filter(slug__in=one.topics)),
        by=by,
    )
    for resource in one.resources:
        resource_actions.add(
            dataset=dataset,
            name=resource.name,
            title_vi=resource.title_vi,
            title_en=resource.title_en,
            key_columns=list(resource.key_columns),
            columns=dictionary_of(resource),
            by=by,
        )
    return True


def _describe(event: Event) -> bool:
    dataset = Dataset.objects.get(slug=event.dataset)
    if dataset.state != Dataset.State.DRAFT:
        return False
    dataset_actions.publish_description(dataset=dataset, by=_person(event))
    return True


def _upload(event: Event) -> bool:
    """Hand the file in and read it here: a worker's queue would not know what day it is."""
    table = Resource.objects.get(dataset__slug=event.dataset, name=event.table)
    release = table.releases.filter(period=event.period).first()
    if release is not None and release.state != ReleaseState.CHECKING:
        return False
    with doing_here("catalog.check_release"):
        if release is None:
            release = delivery.upload(
                resource=table, period_code=event.period, file=file_of(event), by=_person(event)
            )
        checking.check(release.pk)
    return True


def _submit(event: Event) -> bool:
    release = _release(event, ReleaseState.READY)
    if release is not None:
        delivery.submit(release=release, by=_person(event))
    return release is not None


def _publish(event: Event) -> bool:
    release = _release(event, ReleaseState.SUBMITTED)
    if release is not None:
        decision.publish(release=release, by=_person(event))
    return release is not None


def _return(event: Event) -> bool:
    release = _release(event, ReleaseState.SUBMITTED)
    if release is not None:
        decision.return_to_agency(release=release, reason=event.reason, by=_person(event))
    return release is not None


def _declare_nothing(event: Event) -> bool:
    duty = _duty_without(event, Petition.Kind.NOTHING)
    if duty is not None:
        petitions.declare_nothing(duty=duty, reason=event.reason, by=_person(event))
    return duty is not None


def _ask_extension(event: Event) -> bool:
    duty = _duty_without(event, Petition.Kind.EXTENSION)
    if duty is None or event.until is None:
        return False
    petitions.ask_extension(
        duty=duty,
        until=event.until,
        reason=event.reason,
        document=event.document,
        by=_person(event),
    )
    return True


def _accept(event: Event) -> bool:
    petition = _waiting(event)
    if petition is not None:
        petitions.accept(petition=petition, by=_person(event), document=event.document)
    return petition is not None


def _refuse(event: Event) -> bool:
    petition = _waiting(event)
    if petition is not None:
        petitions.refuse(petition=petition, reason=event.reason, by=_person(event))
    return petition is not None


def _waive(event: Event) -> bool:
    duty = _live(DATASET_UPDATE, _subject(event), event.period)
    if duty is not None:
        duties.waive(duty=duty, reason=event.reason, document=event.document, by=_person(event))
    return duty is not None


def _review(event: Event) -> bool:
    return _declare_done(event, OPEN_DATA_REVIEW)


def _assess(event: Event) -> bool:
    return _declare_done(event, SELF_ASSESSMENT)


def _declare_done(event: Event, kind: str) -> bool:
    duty = _live(kind, event.agency, event.period)
    if duty is not None:
        duties.declare_done(
            duty=duty, note=event.reason, document=event.document, by=_person(event)
        )
    return duty is not None


_DEEDS: dict[What, Callable[[Event], bool]] = {
    What.APPOINT: _appoint,
    What.REGISTER: _register,
    What.DESCRIBE: _describe,
    What.UPLOAD: _upload,
    What.SUBMIT: _submit,
    What.PUBLISH: _publish,
    What.RETURN: _return,
    What.DECLARE_NOTHING: _declare_nothing,
    What.SIGN_NOTHING: _accept,
    What.ASK_EXTENSION: _ask_extension,
    What.EXTEND: _accept,
    What.REFUSE_EXTENSION: _refuse,
    What.WAIVE: _waive,
    What.REVIEW: _review,
    What.ASSESS: _assess,
}


def _person(event: Event) -> Person:
    return Person.objects.get(email=event.who)


def _release(event: Event, state: ReleaseState) -> Release | None:
    """The one of that table and period, if it has come to that state."""
    return Release.objects.filter(
        resource__dataset__slug=event.dataset,
        resource__name=event.table,
        period=event.period,
        state=state,
    ).first()


def _subject(event: Event) -> str:
    return str(Dataset.objects.values_list("pk", flat=True).get(slug=event.dataset))


def _live(kind: str, subject: str, period: str) -> Duty | None:
    return Duty.objects.filter(kind=kind, subject=subject, period=period, state__in=LIVE).first()


def _duty_without(event: Event, kind: str) -> Duty | None:
    """The live duty about which that has never been asked."""
    duty = _live(DATASET_UPDATE, _subject(event), event.period)
    if duty is None or duty.petitions.filter(kind=kind).exists():
        return None
    return duty


def _waiting(event: Event) -> Petition | None:
    return Petition.objects.filter(
        duty__kind=DATASET_UPDATE,
        duty__subject=_subject(event),
        duty__period=event.period,
        state=PetitionState.WAITING,
    ).first()
