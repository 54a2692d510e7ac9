"""Reminding and escalating: one notice per person and day, whatever it is made of.

Before the last day those who do the work are reminded 10, 5 and 2 days ahead and on the day itself;
after it the agency's head hears on the first day, the leaders of the data authority on the fifth,
and the data authority once a week of everything that is late. How far each duty has got stands in
the duty, so that a missed day is made up for once, and nothing is said twice.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime

from accounts.actions.notices import tell
from accounts.models import Agency, Person
from accounts.permissions import people_by_agency
from accounts.roles import Permission
from core import clock
from deadlines import law
from deadlines.actions.trust import locked_row
from deadlines.distance import distance_of, lend_calendar
from deadlines.kinds import all_kinds
from deadlines.models import Duty, Sweep
from deadlines.states import LIVE

STEPS_BEFORE = (0, 2, 5, 10)  # days before the last day, the nearest first
STEPS_AFTER = (5, 1)  # days after it, the furthest first
LEADERS_FROM = 5  # days after the last day
EARLIEST_HOUR = 7
TITLES = 5  # how many are named in one line


@dataclass(frozen=True)
class Line:
    """Duties of one agency, kind and last day, first and moved, which a person hears of together."""

    agency: int
    kind: str
    due: date
    asked: date  # the day to aim at: the limit with its first day counted
    duties: tuple[Duty, ...]

    @property
    def one(self) -> Duty:
        """Any of them: what is said of the day is the same for all."""
        return self.duties[0]

    def facts(self, agencies: dict[int, Agency], today: date) -> dict[str, Any]:
        """JSON for the notice; put into words by deadlines.notices."""
        left = distance_of(self.one, today)
        return {
            "agency": agencies[self.agency].name_vi,
            "agency_en": agencies[self.agency].name_en,
            "kind": self.kind,
            "period": self.one.period,
            "due": self.due.isoformat(),
            "asked": "" if self.one.extended_to else self.asked.isoformat(),
            "moved_from": self.one.counted_due.isoformat() if self.one.extended_to else "",
            "days": left.days,
            "unit": left.unit.value,
            "count": len(self.duties),
            "titles": [[duty.title_vi, duty.title_en] for duty in self.duties[:TITLES]],
        }


def tell_everybody() -> int:
    """Today's digest, once; how many people were told. Nobody is told before seven in the morning."""
    now = localtime(clock.now())
    if now.hour < EARLIEST_HOUR:
        return 0
    with transaction.atomic():
        row = locked_row()
        if row.digested_on == now.date():
            return 0
        _bring_back(row, now.date())
        lines, weekly = _due_lines(now.date()), _weekly(row, now.date())
        row.digested_on = now.date()
        if weekly:
            row.weekly_on = now.date()
        row.save(update_fields=["digested_on", "weekly_on"])
        return _tell(lines, weekly, now.date())


def _bring_back(row: Sweep, today: date) -> None:
    """After the clock went back: the week was told of when it was thought to be later.

    What was said of each duty stands in the duty, and is not said again.
    """
    if row.weekly_on is not None and row.weekly_on > today:
        row.weekly_on = today


def _due_lines(today: date) -> list[Line]:
    """What has to be said of duties today; each is marked as said."""
    found = _to_speak_of(today).select_for_update(of=("self",)).select_related("rule")
    duties = lend_calendar(found)
    groups: dict[tuple[int, str, date, date], list[Duty]] = defaultdict(list)
    marks: dict[tuple[str, int], list[int]] = defaultdict(list)
    for duty in duties:
        groups[duty.agency_id, duty.kind, duty.due, duty.counted_due].append(duty)
        marks[_mark(duty, today)].append(duty.pk)
    for (field, step), ids in marks.items():
        Duty.objects.filter(pk__in=ids).update(**{field: step})
    return [
        Line(agency, kind, due, law.asked_day(alike[0]), tuple(alike))
        for (agency, kind, due, _first), alike in groups.items()
    ]


def _to_speak_of(today: date) -> QuerySet[Duty]:
    """Live duties that have come nearer, or later, than what was said of them last."""
    wanted = Q()
    for step in STEPS_BEFORE:
        near = Q(due__gte=today, due__lte=today + timedelta(days=step))
        wanted |= near & (Q(reminded__isnull=True) | Q(reminded__gt=step))
    for step in STEPS_AFTER:
        late = Q(due__lte=today - timedelta(days=step))
        wanted |= late & (Q(escalated__isnull=True) | Q(escalated__lt=step))
    return Duty.objects.filter(wanted, state__in=LIVE).order_by("pk")


def _mark(duty: Duty, today: date) -> tuple[str, int]:
    """The field that remembers what is said now, and its value."""
    left = duty.days_left(today)
    if left >= 0:
        return "reminded", next(step for step in STEPS_BEFORE if left <= step)
    return "escalated", next(step for step in STEPS_AFTER if -left >= step)


def _weekly(row: Sweep, today: date) -> dict[str, Any]:
    """What is late in the whole province, for the first digest of a week; nothing if nothing is."""
    if row.weekly_on is not None and row.weekly_on.isocalendar()[:2] >= today.isocalendar()[:2]:
        return {}
    late = Duty.objects.filter(state__in=LIVE, due__lt=today)
    facts = late.aggregate(count=Count("pk"), agencies=Count("agency", distinct=True))
    return facts if facts["count"] else {}


def _tell(lines: list[Line], weekly: dict[str, Any], today: date) -> int:
    told: dict[int, list[Line]] = defaultdict(list)
    people: dict[int, Person] = {}
    for line, audience in _audiences(lines, today):
        for person in audience:
            people[person.pk] = person
            told[person.pk].append(line)
    authority = _data_authority() if lines or weekly else None
    watchers = _members(authority, Permission.REMIND) if weekly else []
    people.update((person.pk, person) for person in watchers)
    agencies = Agency.objects.in_bulk({line.agency for line in lines})
    own = _members_of(people, lines)
    for pk, person in people.items():
        desk = "work" if pk in own else "office_progress"
        tell(
            [person],
            kind="duty.digest",
            facts=_facts(told[pk], weekly if person in watchers else {}, agencies, today),
            path=reverse(desk),
        )
    return len(people)


def _facts(
    lines: list[Line], weekly: dict[str, Any], agencies: dict[int, Agency], today: date
) -> dict[str, Any]:
    """`summary`: how much is due, how much late; `digest`: the lines themselves."""
    due = sum(len(line.duties) for line in lines if line.due >= today)
    late = sum(len(line.duties) for line in lines if line.due < today)
    return {
        "summary": {"due": due, "late": late, "weekly": bool(weekly)},
        "digest": {"lines": [line.facts(agencies, today) for line in lines], "weekly": weekly},
    }


def _audiences(lines: list[Line], today: date) -> Iterable[tuple[Line, list[Person]]]:
    """Each line with those who hear of it."""
    if not lines:
        return
    leaders = _members(_data_authority(), Permission.DECIDE_DEADLINE)
    for kind in all_kinds():
        own = [line for line in lines if line.kind == kind.code]
        agencies = {line.agency for line in own}
        doers = people_by_agency(kind.doers, agencies)
        heads = people_by_agency({*kind.doers, *kind.heads}, agencies)
        for line in own:
            late = (today - line.due).days
            audience = (heads if late > 0 else doers).get(line.agency, [])
            yield line, [*audience, *(leaders if late >= LEADERS_FROM else [])]


def _members_of(people: dict[int, Person], lines: list[Line]) -> set[int]:
    """Those of them who work in an agency that a line is about: they go to their own work."""
    held = people_by_agency([Permission.SEE_AGENCY_WORK], {line.agency for line in lines})
    return {person.pk for members in held.values() for person in members} & set(people)


def _members(agency: Agency | None, permission: Permission) -> list[Person]:
    if agency is None:
        return []
    return people_by_agency([permission], [agency.pk]).get(agency.pk, [])


def _data_authority() -> Agency | None:
    return Agency.objects.current().filter(is_data_authority=True).first()
