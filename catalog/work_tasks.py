"""One thing an agency has to do, waits for or has done, as its page lists it."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from accounts.roles import Permission
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState
from catalog.work_lists import OPEN_STATES
from core import clock
from deadlines.kinds import DutyKind, kind_of
from deadlines.models import Duty, Petition

Key = tuple[str, str]  # a dataset's id and a period
PRESSING = (ReleaseState.NEEDS_FIXING, ReleaseState.RETURNED)
AT_WORK = (*OPEN_STATES, ReleaseState.SUBMITTED)


@dataclass
class Task:
    """One thing to do: a duty, with what is on its way for it; or a delivery nobody has to make.

    `releases`: in preparation, the most pressing first; `missing`: tables with nothing delivered;
    `withdrawn`: of these what was taken back, to be sent again.
    """

    agency_id: int
    period: str
    duty: Duty | None = None
    dataset: Dataset | None = None
    releases: list[Release] = field(default_factory=list)
    missing: list[Resource] = field(default_factory=list)
    petition: Petition | None = None
    withdrawn: Release | None = None

    @property
    def kind(self) -> DutyKind | None:
        return kind_of(self.duty.kind) if self.duty else None

    @property
    def goes_on(self) -> bool:
        """Whether delivering is still the next step: who waits for more time may deliver meanwhile.

        Where it was said that there is nothing to report, only for what is already in preparation.
        """
        asked = self.petition.kind if self.petition else ""
        return asked != Petition.Kind.NOTHING or bool(self.releases)

    def is_for(self, held: Collection[Permission]) -> bool:
        """Whether the next step is one that somebody with these permissions can take."""
        kind = self.kind
        if kind is None or kind.in_progress:
            return Permission.UPLOAD_RELEASE in held
        return any(one in held for one in kind.doers)

    @property
    def order(self) -> tuple[int, date, int, str]:
        """Overdue first, by how late it is, then what has come back, then by the last day.

        After these what nobody has begun in a round whose result is final, last what may fall away: what
        is in hand is to be finished, final or not.
        """
        due = self.duty.due if self.duty else date.max
        return self._severity, due, self._rank, self.dataset.title_sort if self.dataset else ""

    @property
    def _severity(self) -> int:
        if self.petition and self.petition.kind == Petition.Kind.NOTHING:
            return 4
        if self.duty and self.duty.due < clock.today():
            return 3 if self._is_final and not self.releases else 0
        return 1 if self._has_come_back else 2

    @property
    def _is_final(self) -> bool:
        """Done now, it no longer changes a result."""
        round_ = self.duty.round if self.duty else None
        return round_ is not None and round_.closed_at is not None

    @property
    def _has_come_back(self) -> bool:
        return any(release.state in PRESSING for release in self.releases)

    @property
    def _rank(self) -> int:
        return rank_of(self.releases[0]) if self.releases else len(AT_WORK)


@dataclass(frozen=True)
class Waiting:
    """A release that waits for the approver, with the duty it is for."""

    release: Release
    duty: Duty | None


@dataclass(frozen=True)
class Done:
    """What is finished: a duty with the releases that fulfilled it, or releases nobody owed."""

    duty: Duty | None
    releases: list[Release]


def key_of(release: Release) -> Key:
    return str(release.resource.dataset_id), release.period


def rank_of(release: Release) -> int:
    """The more pressing, the smaller."""
    state = ReleaseState(release.state)
    return AT_WORK.index(state) if state in AT_WORK else len(AT_WORK)
