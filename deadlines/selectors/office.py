"""What the officers of the data authority see of a round: always as things stand now.

A closed round keeps its result for the public (deadlines.selectors.progress); at the desk the work
goes on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.db.models import Count, Prefetch, Q, QuerySet

from accounts.models import Agency
from core import clock
from deadlines.kinds import all_kinds
from deadlines.models import Duty, Petition, Reminder, Round
from deadlines.outcomes import counts_by_agency, with_outcome
from deadlines.selectors.progress import AgencyProgress, Progress, is_asked
from deadlines.states import LIVE, PetitionState

# How long what is done stays on an agency's page, where it belongs to no round shown there.
KEPT = timedelta(days=365)


@dataclass(frozen=True)
class AgencyRow:
    """One agency of a round; `petitions`: how many of its petitions there wait."""

    progress: AgencyProgress
    petitions: int
    reminder: Reminder | None

    @property
    def agency(self) -> Agency:
        return self.progress.agency

    @property
    def is_lacking(self) -> bool:
        counts = self.progress.counts
        return counts.done < counts.owed

    @property
    def reminded_today(self) -> bool:
        return self.reminder is not None and self.reminder.on == clock.today()


@dataclass(frozen=True)
class Desk:
    """All agencies of a round, by name."""

    progress: Progress
    rows: list[AgencyRow]

    @property
    def round(self) -> Round:
        return self.progress.round

    @cached_property
    def groups(self) -> dict[str, list[AgencyRow]]:
        """The rows by what they are asked for: complete, lacking, not_begun, overdue."""
        found = {
            name: [row for row in self.rows if row.progress.group == name]
            for name in ("complete", "lacking", "not_begun")
        }
        return {**found, "overdue": [row for row in self.rows if row.progress.counts.missing]}

    @property
    def to_remind(self) -> int:
        """How many lack something and have not been reminded today."""
        return sum(row.is_lacking and not row.reminded_today for row in self.rows)


def desk_of(round_: Round) -> Desk:
    """Four queries, however many agencies."""
    progress = live_progress(round_)
    waiting = Petition.objects.filter(duty__round=round_, state=PetitionState.WAITING).order_by()
    petitions = dict(waiting.values_list("duty__agency").annotate(Count("pk")))
    latest = (
        round_.reminders.select_related("by").order_by("agency_id", "-at").distinct("agency_id")
    )
    reminders = {reminder.agency_id: reminder for reminder in latest}
    rows = [
        AgencyRow(one, petitions.get(one.agency.pk, 0), reminders.get(one.agency.pk))
        for one in progress.agencies
    ]
    return Desk(progress, rows)


def live_progress(round_: Round) -> Progress:
    """The round as it stands today, closed or not; two queries."""
    counts = counts_by_agency(round_.duties.all(), clock.today())
    asked = [agency for agency, one in counts.items() if is_asked(one)]
    agencies = Agency.objects.filter(pk__in=asked)
    return Progress(round_, [AgencyProgress(agency, counts[agency.pk]) for agency in agencies])


def duties_in_round(agency: Agency, round_: Round) -> QuerySet[Duty]:
    """What the agency owes in the round, what is late first; each with its petitions."""
    duties = with_outcome(round_.duties.filter(agency=agency), clock.today())
    return _with_petitions(
        duties.select_related("round", "agency", "rule").order_by("due", "title_vi", "pk")
    )


def duties_besides(agency: Agency) -> QuerySet[Duty]:
    """What the agency owes apart from data of a period: still to be done, or closed within a year."""
    recent = Q(state__in=LIVE) | Q(state_changed_at__gte=clock.now() - KEPT)
    duties = Duty.objects.filter(recent, agency=agency).exclude(kind__in=kinds_in_progress())
    return _with_petitions(
        duties.select_related("round", "agency", "rule").order_by("-due", "title_vi", "pk")
    )


def kinds_in_progress() -> list[str]:
    """The codes of the kinds whose rounds have pages."""
    return [kind.code for kind in all_kinds() if kind.in_progress]


def overdue_duties(more_than: int = 0, agency: Agency | None = None) -> QuerySet[Duty]:
    """Everything that is late by more than so many days, the longest first; of one agency, or of all."""
    before = clock.today() - timedelta(days=more_than)
    late = Duty.objects.filter(state__in=LIVE, due__lt=before)
    if agency is not None:
        late = late.filter(agency=agency)
    late = late.select_related("agency", "round", "rule")
    return late.order_by("due", "agency__name_sort", "title_vi")


def reminders_of(agency: Agency, round_: Round) -> Iterable[Reminder]:
    """Every reminder of the agency in the round, the latest first."""
    return round_.reminders.filter(agency=agency).select_related("by")


def _with_petitions(duties: QuerySet[Duty]) -> QuerySet[Duty]:
    return duties.prefetch_related(
        Prefetch("petitions", Petition.objects.order_by("-asked_at"), to_attr="all_petitions")
    )
