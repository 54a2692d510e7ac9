"""What happened in a round after its result was frozen, as everybody may read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Agency
from deadlines.correction_words import CORRECTIONS
from deadlines.kinds import kind_of
from deadlines.models import Correction, Duty, Round


@dataclass(frozen=True)
class LogEntry:
    """One change; `title` and `reason` empty where the subject is not public. Nobody is named."""

    correction: Correction
    title: str
    reason: str

    @property
    def words(self) -> str:
        return str(CORRECTIONS[self.correction.step])


def corrections_of(round_: Round, agency: Agency | None = None) -> QuerySet[Correction]:
    """The newest first; of one agency when it is given."""
    found = round_.corrections.select_related("agency", "duty")
    return found.filter(agency=agency) if agency else found


def as_public(corrections: Iterable[Correction], round_: Round) -> list[LogEntry]:
    """One query, however many."""
    found = list(corrections)
    public = public_titles([one.duty for one in found], round_)
    return [_entry(one, one.duty_id in public) for one in found]


def public_titles(duties: Sequence[Duty], round_: Round) -> set[int]:
    """Ids of the duties whose title everybody may read."""
    return kind_of(round_.kind).public_titles(duties) if duties else set()


def _entry(correction: Correction, is_public: bool) -> LogEntry:
    if not is_public:
        return LogEntry(correction, "", "")
    return LogEntry(correction, correction.duty.title, correction.reason)
