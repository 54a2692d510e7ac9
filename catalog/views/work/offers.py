"""Which steps a page offers to this person: what the role reaches and the state allows.

A step that needs a second factor is offered without one too; taking it leads to setting one up.
"""

from dataclasses import dataclass

from accounts.answers import refusal_of
from accounts.models import Person
from accounts.permissions import permissions_for
from accounts.roles import Permission
from catalog import policies
from catalog.models import Dataset, Release
from catalog.states import transition


@dataclass(frozen=True)
class DatasetOffers:
    edit: bool
    deliver: bool
    add_table: bool
    describe_columns: bool
    rename: bool
    publish_description: bool
    withdraw: bool


@dataclass(frozen=True)
class ReleaseOffers:
    deliver_again: bool
    submit: bool
    recall: bool
    discard: bool
    decide: bool
    withdraw: bool


def dataset_offers(person: Person, dataset: Dataset) -> DatasetOffers:
    held = permissions_for(person, dataset.agency)
    lives = dataset.state != Dataset.State.WITHDRAWN
    takes_data = not refusal_of(lambda: policies.check_takes_data(dataset))
    is_draft = dataset.state == Dataset.State.DRAFT
    registers = Permission.REGISTER_DATASET in held
    return DatasetOffers(
        edit=registers and lives,
        deliver=Permission.UPLOAD_RELEASE in held and takes_data,
        add_table=registers and takes_data,
        describe_columns=registers,
        rename=Permission.CURATE_CATALOGUE in held,
        publish_description=Permission.DECIDE_RELEASE in held
        and is_draft
        and dataset.access != Dataset.Access.OPEN,
        withdraw=Permission.WITHDRAW_DATASET in held and dataset.state == Dataset.State.PUBLISHED,
    )


def release_offers(person: Person, release: Release) -> ReleaseOffers:
    dataset = release.resource.dataset
    held = permissions_for(person, dataset.agency)

    def may(name: str) -> bool:
        step = transition(name, release.state)
        return step is not None and step.permission in held

    waits = may("publish") or may("recall")
    takes_data = not refusal_of(lambda: policies.check_takes_data(dataset))
    return ReleaseOffers(
        deliver_again=Permission.UPLOAD_RELEASE in held and takes_data and not waits,
        submit=may("submit") and not release.error_count,
        recall=may("recall"),
        discard=may("discard"),
        decide=may("publish"),
        withdraw=may("withdraw"),
    )
