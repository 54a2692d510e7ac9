"""The kinds of duty: what the sweep asks the other rooms.

Each room registers its kinds when it starts (`register`); the sweep knows nothing of datasets or
requests. A kind counted per period or year says who owes (`owed`); one that recurs says for whom and
since when (`recurring`); one that begins with an event is opened by whoever sees the event
(deadlines.actions.opening.open_for_event).
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise

from accounts.roles import Permission
from deadlines.periods import Period

if TYPE_CHECKING:
    from deadlines.models import Duty


@dataclass(frozen=True)
class Owed:
    """One subject that owes. `done_at`, `how`: where the deed came before the duty was opened."""

    agency_id: int
    subject: str
    title_vi: str
    title_en: str = ""
    done_at: datetime | None = None
    how: str = ""


def _nobody(period: Period, agencies: Collection[int] | None = None) -> Iterable[Owed]:
    return ()


class Owing(Protocol):
    """Who owes for the period, of those agencies or of all."""

    def __call__(
        self, period: Period, agencies: Collection[int] | None = None
    ) -> Iterable[Owed]: ...


def _none_foreseen(period: Period, agencies: Collection[int]) -> Mapping[int, int]:
    return {}


def _never() -> Iterable[tuple[date, Owed]]:
    return ()


def _nothing() -> None:
    return None


def _no_addresses(duties: "Sequence[Duty]") -> dict[int, str]:
    return {}


@dataclass(frozen=True)
class DutyKind:
    """One kind. `doers` are reminded before the day, `heads` as well from the first day after it.

    `addresses` gives, for duties of this kind, where each is done: {duty id: path};
    `public_addresses` where everybody may look at what it is about. `public_titles` gives the ids of
    those whose title everybody may read. `pass_on` moves what belongs to an agency
    that has ended to its successor. `nothing_possible`: an agency may say there is nothing to report.
    `foreseen` gives, for a period still running and some agencies, how much each will owe: {agency id:
    how many}. `unchanged`: what is noted, in one click, where a review changed nothing.
    """

    code: str
    title: Promise
    rules: tuple[str, ...]
    doers: tuple[Permission, ...]
    heads: tuple[Permission, ...]
    owed: Owing = _nobody
    recurring: Callable[[], Iterable[tuple[date, Owed]]] = _never
    addresses: "Callable[[Sequence[Duty]], dict[int, str]]" = _no_addresses
    public_addresses: "Callable[[Sequence[Duty]], dict[int, str]]" = _no_addresses
    public_titles: "Callable[[Sequence[Duty]], set[int]]" = field(default=lambda duties: set())
    pass_on: Callable[[], object] = _nothing
    foreseen: Callable[[Period, Collection[int]], Mapping[int, int]] = _none_foreseen
    unchanged: Promise | None = None
    nothing_possible: bool = False
    stands_still: bool = False  # its count may be paused, and the last day then moves
    done_by: Permission | None = None  # who says it is done, where the deed is outside the portal
    in_progress: bool = False  # counted in the public progress of its period
    opens_before: int | None = None  # days before the last day, for kinds with a fixed date


_kinds: dict[str, DutyKind] = {}


def register(kind: DutyKind) -> None:
    """Raises ValueError for a code registered twice."""
    if kind.code in _kinds:
        raise ValueError(f"duty kind registered twice: {kind.code}")
    _kinds[kind.code] = kind


def kind_of(code: str) -> DutyKind:
    """Raises KeyError for a kind nobody registered."""
    return _kinds[code]


def all_kinds() -> list[DutyKind]:
    return list(_kinds.values())
