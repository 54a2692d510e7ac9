"""One agency with a dataset that owes the third quarter of 2026, and its people."""

from dataclasses import dataclass

from accounts.models import Agency, Person
from deadlines.actions import petitions
from deadlines.actions.sweep import sweep
from deadlines.models import Duty, Petition
from tests import factories as make
from tests.deadlines.moments import at


@dataclass
class Office:
    agency: Agency
    contributor: Person
    approver: Person

    @property
    def duty(self) -> Duty:
        """Data of 2026Q3, due on 16 October."""
        return Duty.objects.get(kind="dataset_update", period="2026Q3", agency=self.agency)

    @property
    def review(self) -> Duty:
        """The next review of open data."""
        return Duty.objects.filter(kind="open_data_list_review", agency=self.agency).latest("due")

    def says_nothing(self, by: Person | None = None) -> Petition:
        return petitions.declare_nothing(
            duty=self.duty, reason="Trong quý không cấp giấy phép nào.", by=by or self.contributor
        )


def open_office(agency: Agency, title: str = "Trường học") -> Office:
    """Registered in June with one quarter published; the sweep has come on 1 October."""
    office = Office(agency, make.person("contributor", agency), make.person("approver", agency))
    with at("2026-06-15"):
        dataset = make.dataset(title, at=agency, by=office.contributor)
        make.published(
            of=dataset.resources.get(),
            period="2026Q1",
            by=office.contributor,
            approver=office.approver,
        )
    with at("2026-10-01"):
        sweep()
    return office
