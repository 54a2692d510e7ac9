"""A quarter at the officers' desk: agencies that delivered in every way, and who watches over them."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Agency, Person
from catalog.models import Dataset
from deadlines.actions import petitions
from deadlines.models import Duty, LegalRule, Petition, Round
from deadlines.rules import Start
from tests import factories as make
from tests.deadlines import rounds
from tests.deadlines.moments import at

PERIOD = "2026Q3"
BEGIN = date(
    2026, 7, 1
)  # the limits are in force since then: years of empty rounds are not the matter
REASON = "Hệ thống nguồn đang được nâng cấp."


@dataclass
class Desk:
    """`complete` has one of one, `lacking` one of two, `silent` none of one; due on 16 October."""

    authority: Agency
    officer: Person
    leader: Person
    complete: Agency
    lacking: Agency
    silent: Agency
    done: Dataset
    missing: Dataset

    @property
    def round(self) -> Round:
        return Round.objects.get(kind="dataset_update", period=PERIOD)

    def duty(self, agency: Agency | None = None) -> Duty:
        """What is still to be done of the agency; of `silent` when none is named."""
        live = Duty.objects.filter(kind="dataset_update", period=PERIOD, fulfilled_on=None)
        return live.get(agency=agency or self.silent)


def open_desk(authority: Agency) -> Desk:
    """As it is on the first of October, but for two datasets that came on the sixth."""
    LegalRule.objects.filter(start=Start.PERIOD).update(valid_from=BEGIN)
    officer = make.person("ict_officer", authority, name="Phan Chuyên Viên")
    leader = make.person("ict_leader", authority, name="Lê Lãnh Đạo")
    complete, lacking, silent = (
        make.agency(name, contact_phone=f"0238 000 00{n}", contact_email=f"co-quan-{n}@thu.example")
        for n, name in enumerate(("Sở Đủ", "Sở Thiếu", "Sở Im Lặng"))
    )
    (done,) = rounds.registered(complete, ["Trường học"])
    half, missing = rounds.registered(lacking, ["Bệnh viện", "Trạm y tế"])
    rounds.registered(silent, ["Chợ"])
    rounds.opened()
    rounds.delivered(done, "2026-10-06")
    rounds.delivered(half, "2026-10-06")
    return Desk(authority, officer, leader, complete, lacking, silent, done, missing)


def asks_more_time(
    duty: Duty, until: date = date(2026, 10, 30), on: str = "2026-10-08"
) -> Petition:
    with at(on):
        return petitions.ask_extension(
            duty=duty, until=until, reason=REASON, by=make.person("contributor", duty.agency)
        )
