"""A quarter with agencies that delivered in every way, made by the real actions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.models import Agency, Person
from catalog.actions.dataset import publish_description
from catalog.models import Dataset
from deadlines.actions import duties
from deadlines.actions.sweep import sweep
from deadlines.models import Duty
from tests import factories as make
from tests.deadlines.moments import at

DUE, CLOSING = date(2026, 10, 16), date(2026, 11, 16)
OFFICER_REASON = "Hệ thống nguồn ngừng hoạt động để nâng cấp."


def registered(
    agency: Agency, titles: Iterable[str], on: str = "2026-06-15", **fields: Any
) -> list[Dataset]:
    """Datasets with a published description, so that everybody may read their titles."""
    fields = {"access": Dataset.Access.SHARED, **fields}
    with at(on):
        staff = make.person("contributor", agency)
        head = make.person("approver", agency)
        made = [make.dataset(title, at=agency, by=staff, **fields) for title in titles]
        return [publish_description(dataset=one, by=head) for one in made]


def opened(on: str = "2026-10-01") -> None:
    with at(on):
        sweep()


def delivered(dataset: Dataset, on: str, period: str = "2026Q3") -> None:
    with at(on):
        make.published(of=dataset.resources.get(), period=period)


def duty_of(dataset: Dataset, period: str = "2026Q3") -> Duty:
    return Duty.objects.get(kind="dataset_update", subject=str(dataset.pk), period=period)


def nothing_to_report(dataset: Dataset, on: str, period: str = "2026Q3") -> None:
    """As the approver's signature brings it about."""
    with at(on):
        duties.fulfil(
            kind="dataset_update",
            subject=str(dataset.pk),
            period=period,
            how=Duty.How.NOTHING,
            by=make.person("approver", dataset.agency),
        )


def extended(dataset: Dataset, until: date, on: str, officer: Person) -> None:
    with at(on):
        duties.extend(
            duty=duty_of(dataset),
            until=until,
            reason=OFFICER_REASON,
            document="12/SKHCN",
            by=officer,
        )


def waived(dataset: Dataset, on: str, officer: Person) -> None:
    with at(on):
        duties.waive(duty=duty_of(dataset), reason=OFFICER_REASON, document="13/SKHCN", by=officer)
