"""When what happens in sharing: every step of services, requests, accounts and stops on its day."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from demo.chance import seeded
from demo.history.office import ONE_DAY, at, working_days
from demo.sharing.services import SERVICES, DemoService
from demo.sharing.stories import COURSES, STOPS, STORIES, Stop, Story

Subject = DemoService | Story | Stop


@dataclass(frozen=True)
class Step:
    """One action: `name` is a method of demo.sharing.desk.Desk; `reason`, `code` of Later."""

    moment: datetime
    name: str
    subject: Subject
    reason: str = ""
    code: str = ""


def steps_by_day(now: date, begin: date, slugs: Collection[str]) -> dict[date, list[Step]]:
    """What happens from `begin` to yesterday about services of those datasets.

    What would have begun earlier than `begin` did not take place.
    """
    calendar = _Calendar(working_days(begin, now - ONE_DAY))
    services = {one.key: one for one in SERVICES if one.dataset in slugs}
    found: dict[date, list[Step]] = {}
    for day, step in _steps(services, calendar):
        found.setdefault(day, []).append(step)
    return {day: sorted(steps, key=lambda one: one.moment) for day, steps in found.items()}


class _Calendar:
    def __init__(self, days: list[date]) -> None:
        self._days = days

    def reaches(self, ago: int) -> bool:
        return ago <= len(self._days)

    def day(self, ago: int) -> date:
        """The working day so many before today; 1 is the last one before it."""
        return self._days[-ago]


def _steps(services: dict[str, DemoService], calendar: _Calendar) -> Iterator[tuple[date, Step]]:
    for service in services.values():
        names = ("describe",) if service.place != "gateway" else ("describe", "offer")
        if calendar.reaches(service.ago):
            yield from _spread(service, [(name, service.ago - n) for n, name in enumerate(names)],
                               calendar)  # fmt: skip
    for story in STORIES:
        if story.service in services and calendar.reaches(services[story.service].ago):
            course = [(name, story.ago - after) for name, after in COURSES[story.course]]
            yield from _spread(story, course, calendar)
            for one in story.later:
                [(day, step)] = _spread(story, [(one.step, one.ago)], calendar)
                yield day, Step(step.moment, one.step, story, one.reason, one.code)
    for stop in STOPS:
        if stop.service in services and calendar.reaches(services[stop.service].ago):
            yield from _spread(stop, [("announce", stop.ago)], calendar)


def _spread(
    subject: Subject, course: list[tuple[str, int]], calendar: _Calendar
) -> Iterator[tuple[date, Step]]:
    """In the morning, one step some minutes after the other."""
    start = 8 * 60 + seeded(repr(subject)).randint(0, 100)
    for number, (name, ago) in enumerate(course):
        day = calendar.day(ago)
        yield day, Step(at(day, start + 7 * number), name, subject)
