"""The whole past of the demonstration as data: the same plan on every machine and in every run.

It depends on the day from which on the portal is used, on the present moment (what is the newest
period, what has not happened yet), and on nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.clock import VIETNAM
from deadlines.periods import Kind, Period
from deadlines.rules import due_for_period
from demo.agencies import agencies
from demo.catalogue import DATASETS
from demo.chance import seeded
from demo.history.agency_duties import (
    OPENS_BEFORE,
    assessed_by,
    assessments,
    reviews,
    rule_in_force,
)
from demo.history.cases import Case, events_of
from demo.history.events import Event, What
from demo.history.fates import Fate, fate_of
from demo.history.office import (
    CALENDAR,
    at,
    moments,
    sweep_moment,
    working_day_from,
    working_days,
)
from demo.model import KINDS, DemoDataset
from demo.people import DATA_AUTHORITY, PEOPLE, email_of

BEGINNING = date(2023, 10, 10)  # QĐ 22/2023 comes into force
SETTLING_IN = timedelta(days=2)  # a new agency's first days are for itself
UPDATE_RULES = {
    Kind.QUARTER: "quarterly_update",
    Kind.MONTH: "monthly_update",
    Kind.YEAR: "yearly_update",
}
# How long before the first period of its history a dataset is registered, at most: not so long that
# it would owe a period before that.
REGISTERED_BEFORE = {Kind.QUARTER: 75, Kind.MONTH: 24, Kind.YEAR: 75}


@dataclass(frozen=True)
class Plan:
    """`events` in the order of their moments, all of them past."""

    events: tuple[Event, ...]

    def between(self, first: date, last: date) -> dict[date, list[Event]]:
        """By day, for the days from `first` to `last` on which something happens."""
        days: dict[date, list[Event]] = {}
        for event in self.events:
            day = event.moment.astimezone(VIETNAM).date()
            if first <= day <= last:
                days.setdefault(day, []).append(event)
        return days


def make_plan(
    now: datetime, *, begin: date = BEGINNING, datasets: Sequence[DemoDataset] = DATASETS
) -> Plan:
    """What happens from `begin` until `now` about those datasets."""
    now = now.astimezone(VIETNAM)
    found = [*_appointments(begin)]
    registered: dict[str, Event] = {}
    for dataset in datasets:
        events = _of_dataset(dataset, begin, now)
        registered[dataset.slug] = events[0]
        found += [event for event in events if event.moment <= now]
    found += _of_agencies(datasets, found, registered, begin, now)
    found.sort(key=lambda event: event.moment)  # stable: what comes together stays in order
    return Plan(tuple(event for event in found if event.moment <= now))


def beginning_of(agency: str, begin: date) -> date:
    """The working day on which the agency begins to use the portal; those of 1/3/2025 not before."""
    founded = agencies()[agency]["valid_from"]
    if founded:
        begin = max(begin, date.fromisoformat(founded) + SETTLING_IN)
    return working_day_from(begin)


def _appointments(begin: date) -> Iterator[Event]:
    """Everybody has their role from the first day of their agency on."""
    for person in PEOPLE:
        for _, agency in person.roles:
            yield Event(at(beginning_of(agency, begin), 8 * 60), What.APPOINT, person.email, agency)


def _of_dataset(dataset: DemoDataset, begin: date, now: datetime) -> list[Event]:
    """Its registration, its description where that is all, and its periods."""
    day = registration_day(dataset, begin, now.date())
    chance = seeded(dataset.slug, "registration")
    [moment] = moments(chance, [day])
    agency = dataset.agency_key
    sender, approver = email_of("contributor", agency), email_of("approver", agency)
    events = [Event(moment, What.REGISTER, sender, agency, dataset.slug)]
    if dataset.access_level != "open" and not dataset.draft:
        [moment] = moments(chance, [working_day_from(day + timedelta(days=3))])
        events.append(Event(moment, What.DESCRIBE, approver, agency, dataset.slug))
    for case in cases(dataset, day, begin, now):
        events += events_of(case)
    return events


def registration_day(dataset: DemoDataset, begin: date, today: date) -> date:
    """In the quarter before its first period; not before its agency, and a draft of late."""
    earliest = beginning_of(dataset.agency_key, begin) + timedelta(days=1)
    if dataset.draft:
        period = Period.containing(today, KINDS[dataset.frequency])
        return working_day_from(max(earliest, period.first_day, today - timedelta(days=25)))
    chance = seeded(dataset.slug, "registration day")
    periods = dataset.all_periods(today)
    if periods:
        first = periods[0].first_day
        longest = timedelta(days=REGISTERED_BEFORE[periods[0].kind])
        day = chance.choice(working_days(first - longest, first - timedelta(days=1)))
        if day >= earliest:
            return day
    return chance.choice(working_days(earliest, earliest + timedelta(days=10)))


def cases(dataset: DemoDataset, registered: date, begin: date, now: datetime) -> Iterator[Case]:
    """Each of its periods, with what becomes of it."""
    today = now.date()
    deciding = beginning_of(DATA_AUTHORITY, begin)
    for period in dataset.all_periods(today):
        start = period.next().first_day
        rule = rule_in_force(UPDATE_RULES[period.kind], max(start, BEGINNING))
        due = due_for_period(rule, period, CALENDAR).due
        if start <= registered:
            fate = Fate.EARLIER
        elif owes(registered, period):
            fate = fate_of(dataset, period, today, decided=start > deciding)
        else:
            fate = Fate.ON_TIME
        yield Case(dataset, period, registered, due, fate, now)


def owes(registered: date, period: Period) -> bool:
    """Data of a period are owed by what was registered before it began (Đ4.1b)."""
    return registered < period.first_day


def _of_agencies(
    datasets: Iterable[DemoDataset],
    events: Iterable[Event],
    registered: dict[str, Event],
    begin: date,
    now: datetime,
) -> Iterator[Event]:
    """The reviews and self-assessments of agencies, which begin with their first data."""
    open_data = {one.slug for one in datasets if one.access_level == "open"}
    opened: dict[str, datetime] = {}
    for event in events:
        if event.what is What.PUBLISH and event.dataset in open_data:
            opened[event.agency] = min(event.moment, opened.get(event.agency, event.moment))
    for agency, moment in opened.items():
        yield from reviews(agency, moment.astimezone(VIETNAM).date(), now)
    first: dict[str, datetime] = {}
    for event in registered.values():
        first[event.agency] = min(event.moment, first.get(event.agency, event.moment))
    for agency, moment in first.items():
        yield from assessments(agency, _years(moment, begin, now))


def _years(first: datetime, begin: date, now: datetime) -> list[int]:
    """Those whose self-assessment is opened when the agency already has data."""
    return [
        year
        for year in range(begin.year, now.year + 1)
        if sweep_moment(max(assessed_by(year).due - OPENS_BEFORE, begin)) > first
    ]
