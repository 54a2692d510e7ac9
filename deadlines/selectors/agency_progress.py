"""One agency in one round: each of its duties, and how it stood when the round was closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Agency
from core import clock
from deadlines.distance import lend_calendar
from deadlines.kinds import kind_of
from deadlines.models import Correction, Duty, Round, Standing
from deadlines.outcomes import Outcome, counts_of, with_outcome
from deadlines.selectors.corrections import public_titles
from deadlines.selectors.progress import AgencyProgress, counted_to, standing_progress


@dataclass(frozen=True)
class DutyLine:
    """One duty; `title` empty where its subject is not public, `path` where there is no page of it.

    `outcome`: a word of Outcome in a closed round, as it stood then; else the duty itself, which
    says more.
    """

    duty: Duty
    outcome: Duty | str
    title: str
    path: str
    has_changed: bool


def agency_in(round_: Round, slug: str) -> AgencyProgress | None:
    """The agency's part in the round: as frozen, else as of today; None where it has none.

    An agency that took over duties after the closing has counts of nought.
    """
    agency = Agency.objects.filter(slug=slug).first()
    if agency is None:
        return None
    if round_.closed_at is None:
        counts = counts_of(round_.duties.filter(agency=agency), clock.today())
        part = AgencyProgress(agency, counts)
    else:
        standing = Standing.objects.filter(round=round_, agency=agency).first()
        part = standing_progress(standing, agency)
    if part.counts.owed or part.counts.waived:
        return part
    return part if round_.duties.filter(agency=agency).exists() else None


def duties_of(round_: Round, agency: Agency) -> QuerySet[Duty]:
    """Its duties with `outcome`, `has_changed` and `was_reopened`, by title."""
    day = clock.today()
    if round_.closed_at is not None:
        day = counted_to(round_)
    changed = Correction.objects.filter(round=round_, duty=OuterRef("pk"))
    duties = with_outcome(round_.duties.filter(agency=agency), day)
    return (
        duties.select_related("rule")
        .annotate(has_changed=Exists(changed), was_reopened=Exists(changed.filter(step="reopen")))
        .order_by("title_vi", "pk")
    )


def now_elsewhere(part: AgencyProgress, listed: int) -> int:
    """How many of its duties of a closed round another agency has taken over since."""
    return max(0, part.counts.owed + part.counts.waived - listed)


def as_lines(duties: Sequence[Duty], round_: Round) -> list[DutyLine]:
    """Three queries, however many."""
    duties = lend_calendar(duties)
    titles = public_titles(duties, round_)
    paths = kind_of(round_.kind).public_addresses(duties) if duties else {}
    return [
        DutyLine(
            duty=duty,
            outcome=_outcome(duty, round_),
            title=duty.title if duty.pk in titles else "",
            path=paths.get(duty.pk, ""),
            has_changed=duty.has_changed,  # type: ignore[attr-defined]
        )
        for duty in duties
    ]


def _outcome(duty: Duty, round_: Round) -> Duty | str:
    """Of one reopened since the closing nobody knows any more how it stood: it speaks for itself."""
    if round_.closed_at is None or duty.was_reopened:  # type: ignore[attr-defined]
        return duty
    return Outcome(duty.outcome).value  # type: ignore[attr-defined]
