"""The demonstration's history, made by the real workflow: file → upload → check → submit → publish.

The clock is set to the day each thing would have happened, so that dates and the audit trail read
like eight quarters of work. Everything skips what is already there.
"""

import hashlib
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.contrib.auth.hashers import make_password

from accounts.actions.memberships import grant
from accounts.models import Agency, Person
from accounts.queue import doing_here
from catalog.actions import checking, decision, delivery
from catalog.actions import dataset as dataset_actions
from catalog.actions import resource as resource_actions
from catalog.models import Dataset, Licence, Release, Resource, Topic
from catalog.states import ReleaseState
from catalog.upload import IncomingFile
from deadlines.periods import Period
from portal import clock
from portal.demo.catalogue import DATASETS
from portal.demo.chance import seeded
from portal.demo.files import broken_file, write_file
from portal.demo.model import DemoDataset, DemoResource, periods
from portal.demo.people import PASSWORD, PEOPLE, DemoPerson

IN_FORCE = datetime(2023, 10, 16, 2, 0, tzinfo=UTC)
RETURN_REASON = "Số liệu của một số xã chưa khớp với báo cáo quý, đề nghị rà soát lại."


def load_people() -> None:
    """The demonstration accounts, with their roles since the agency and the regulation were there."""
    for one in PEOPLE:
        _load_person(one)


def load_dataset(slug: str) -> None:
    """Register one dataset and deliver all its periods, oldest first."""
    one = next(one for one in DATASETS if one.slug == slug)
    sender, approver = _staff(one)
    dataset = _registered(one, sender)
    if one.access_level != "open" and not one.draft:
        with clock.set_to(_beginning(dataset.agency) + timedelta(days=3)):
            dataset_actions.publish_description(dataset=dataset, by=approver)
    for resource in one.resources:
        table = dataset.resources.get(name=resource.name)
        for period in periods(one, clock.today()):
            if not table.releases.filter(period=period).exists():
                _deliver(one, resource, table, Period.parse(period), sender, approver)


def _load_person(one: DemoPerson) -> None:
    person = Person.objects.filter(email=one.email).first()
    if person is None:
        person = Person.objects.create_user(one.email, one.full_name)
        person.password = _hashed_password()
        person.save(update_fields=["password"])
    for role, agency_key in one.roles:
        agency = Agency.objects.get(key=agency_key)
        with clock.set_to(_beginning(agency)):
            grant(person=person, agency=agency, role_code=role, by=None)


@cache
def _hashed_password() -> str:
    """All these accounts have the same password: hashing it for each would take seconds."""
    return make_password(PASSWORD)


def _beginning(agency: Agency) -> datetime:
    """When the agency begins to work with the portal: agencies of 1/3/2025 cannot have before."""
    if agency.valid_from is None:
        return IN_FORCE
    return max(IN_FORCE, datetime.combine(agency.valid_from, time(2, 0), UTC) + timedelta(days=2))


def _staff(one: DemoDataset) -> tuple[Person, Person]:
    def holding(role: str) -> Person:
        return Person.objects.get(
            memberships__agency__key=one.agency_key, memberships__role_code=role
        )

    return holding("contributor"), holding("approver")


def _registered(one: DemoDataset, sender: Person) -> Dataset:
    known = Dataset.objects.filter(slug=one.slug).first()
    if known is not None:
        return known
    with clock.set_to(_beginning(sender.memberships.get().agency)):
        dataset = dataset_actions.register(
            slug=one.slug,
            facts=_facts(one),
            topics=list(Topic.objects.filter(slug__in=one.topics)),
            by=sender,
        )
        for resource in one.resources:
            resource_actions.add(
                dataset=dataset,
                name=resource.name,
                title_vi=resource.title_vi,
                title_en=resource.title_en,
                key_columns=list(resource.key_columns),
                columns=_dictionary(resource),
                by=sender,
            )
    return dataset


def _facts(one: DemoDataset) -> dict[str, object]:
    agency = Agency.objects.get(key=one.agency_key)
    return {
        "title_vi": one.title_vi,
        "title_en": one.title_en,
        "description_vi": one.description_vi,
        "description_en": one.description_en,
        "agency": agency,
        "contact_post": agency.contact_post,
        "contact_email": agency.contact_email,
        "contact_phone": agency.contact_phone,
        "keywords": list(one.keywords),
        "frequency": one.frequency,
        "access": one.access_level,
        "licence": Licence.objects.get(code="nghe-an-mo"),
        "legal_ground": one.legal_ground,
        "source_database": one.source_database,
        "spatial": one.spatial,
        "temporal_start": one.temporal_start,
        "temporal_end": one.temporal_end,
        "overlap": Dataset.Overlap.NONE,
        "is_illustrative": True,
    }


def _dictionary(resource: DemoResource) -> list[dict[str, object]]:
    return [
        {
            "name": column.name,
            "label": column.label_vi,
            "type": column.type,
            "unit": column.unit,
            "description_vi": column.description_vi,
            "description_en": column.description_en,
            "required": column.name in resource.key_columns,
        }
        for column in resource.columns
    ]


def _deliver(
    one: DemoDataset,
    resource: DemoResource,
    table: Resource,
    period: Period,
    sender: Person,
    approver: Person,
) -> None:
    """One period of one table, as far as its story goes."""
    goal = one.left_at(clock.today()).get(period.code, "draft" if one.draft else "published")
    moments = _moments(one, period, _beginning(table.dataset.agency))
    with clock.set_to(next(moments)), doing_here("catalog.check_release"):
        file = _file(one, resource, period, broken=goal == ReleaseState.NEEDS_FIXING)
        release = delivery.upload(resource=table, period_code=period.code, file=file, by=sender)
        checking.check(release.pk)
    if goal in (ReleaseState.NEEDS_FIXING, ReleaseState.READY):
        return
    with clock.set_to(next(moments)):
        delivery.submit(release=release, by=sender)
    if goal == ReleaseState.SUBMITTED:
        return
    with clock.set_to(next(moments)):
        _decide(release, goal, one, approver)


def _decide(release: Release, goal: str, one: DemoDataset, approver: Person) -> None:
    if goal == ReleaseState.RETURNED:
        decision.return_to_agency(
            release=release, reason=one.story.reason_vi or RETURN_REASON, by=approver
        )
    else:
        decision.publish(release=release, by=approver)


def _moments(one: DemoDataset, period: Period, beginning: datetime) -> Iterator[datetime]:
    """When it was uploaded, submitted, decided: in the days after the period, in office hours.

    Periods older than the agency are delivered when it begins, as data from before are (Đ4.1a).
    """
    chance = seeded(one.slug, period.code, "moments")
    moment = datetime.combine(period.last_day, time(1, 0), UTC)  # 08:00 in Nghệ An
    moment = max(moment, beginning)
    moment += timedelta(days=chance.randint(2, 12), minutes=chance.randrange(180))
    for wait_in_hours in (1, 4, 28):
        yield min(moment, clock.now())
        moment += timedelta(minutes=chance.randint(5, 60 * wait_in_hours))


def _file(
    one: DemoDataset, resource: DemoResource, period: Period, *, broken: bool
) -> IncomingFile:
    """The period's file as the upload handler would hand it over."""
    with tempfile.TemporaryDirectory() as folder:
        write = broken_file if broken else write_file
        path = write(one, resource, period.code, Path(folder))
        data = path.read_bytes()
    file = IncomingFile(path.name, None, 0, None, None)
    file.write(data)
    file.flush()
    file.seek(0)
    file.size, file.sha256 = len(data), hashlib.sha256(data).hexdigest()
    return file
