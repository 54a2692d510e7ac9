"""The officers' inbox: which requests wait, by when, and how well the limit is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from deadlines import law
from deadlines.calendar import Calendar
from deadlines.models import Duty
from deadlines.states import LIVE, DutyState
from portal import clock
from sharing.actions.running import CONNECTION_ACCOUNT, working_days
from sharing.models import ConnectionRequest
from sharing.selectors.words import with_words
from sharing.states import BEFORE_CONSENT, FINAL, RUNNING, RequestState

SEARCHED = (
    "number",
    "document_number",
    "requester__name_vi",
    "service__owner__name_vi",
    "service__title_vi",
)
LOOKED_BACK = timedelta(days=90)
OPEN, ALL = "dang-mo", "tat-ca"
OVERDUE, TODAY, RUNNING_ON, WAITING = "qua-han", "hom-nay", "trong-han", "cho-chap-thuan"
MINE, NOBODY = "toi", "chua-phan-cong"


@dataclass(frozen=True)
class Line:
    """One request in the inbox. `used`: working days of the limit that have passed; none without a clock."""

    request: ConnectionRequest
    used: int | None
    limit: int | None

    @property
    def days_left(self) -> int | None:
        duty = self.request.duty
        return duty.days_left(clock.today()) if duty and duty.is_live else None

    @property
    def pips(self) -> list[bool]:
        """One for each day of the limit, on where it has been used."""
        return [at < (self.used or 0) for at in range(self.limit or 0)]

    @property
    def is_paused(self) -> bool:
        return self.request.duty is not None and self.request.duty.state == DutyState.PAUSED


@dataclass(frozen=True)
class Counters:
    """How many requests stand where; `on_time` of `answered` in the last ninety days."""

    overdue: int
    today: int
    running: int
    waiting: int
    on_time: int
    answered: int

    @property
    def share(self) -> int | None:
        """Percent on time; none while nothing was answered."""
        return round(100 * self.on_time / self.answered) if self.answered else None


def requests_of_the_inbox(
    *, which: str = OPEN, officer: str = "", text: str = "", me: int | None = None
) -> QuerySet[ConnectionRequest]:
    """By due day, those without a clock last. `which`: a state, or one of the groups above.

    `officer`: MINE, NOBODY or a person's id; `text`: words of number, document, agencies or service.
    """
    found = ConnectionRequest.objects.exclude(number="").filter(_which(which))
    if officer == NOBODY:
        found = found.filter(officer__isnull=True)
    elif officer:
        found = found.filter(officer=me if officer == MINE else int(officer))
    if text:
        found = found.filter(pk__in=with_words(found, text, *SEARCHED))
    return found.select_related("service__owner", "requester", "duty__rule", "officer").order_by(
        F("duty__due").asc(nulls_last=True), "received_on", "number"
    )


def lines(requests: Iterable[ConnectionRequest]) -> list[Line]:
    """The requests with the days used; one query for the calendar."""
    calendar = law.calendar()
    return [_line(request, calendar) for request in requests]


def counters() -> Counters:
    today = clock.today()
    live = Q(duty__state__in=LIVE)
    facts = ConnectionRequest.objects.aggregate(
        overdue=Count("pk", filter=live & Q(duty__due__lt=today)),
        today=Count("pk", filter=live & Q(duty__due=today)),
        running=Count("pk", filter=live & Q(duty__due__gt=today)),
        waiting=Count("pk", filter=Q(state__in=BEFORE_CONSENT)),
    )
    answered = Duty.objects.filter(
        kind=CONNECTION_ACCOUNT, fulfilled_on__gte=today - LOOKED_BACK
    ).aggregate(answered=Count("pk"), on_time=Count("pk", filter=Q(fulfilled_on__lte=F("due"))))
    return Counters(**facts, **answered)


def _which(which: str) -> Q:
    today, live = clock.today(), Q(duty__state__in=LIVE)
    groups = {
        ALL: Q(),
        OVERDUE: live & Q(duty__due__lt=today),
        TODAY: live & Q(duty__due=today),
        RUNNING_ON: live & Q(duty__due__gt=today),
        WAITING: Q(state__in=BEFORE_CONSENT),
    }
    if which in groups:
        return groups[which]
    if which in RequestState.values:
        return Q(state=which)
    return ~Q(state__in=FINAL)


def _line(request: ConnectionRequest, calendar: Calendar) -> Line:
    duty = request.duty
    if duty is None or request.state not in (*RUNNING, RequestState.NEEDS_SUPPLEMENT):
        return Line(request, None, None)
    until: date = request.paused_on or clock.today()
    return Line(request, working_days(duty.start, until, calendar), duty.rule.number)
