"""The officers' inbox: which requests wait, by when, and how well the limit is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast

from core import clock
from deadlines import law
from deadlines.calendar import Calendar
from deadlines.counting import working_days
from deadlines.distance import Distance, distance_of, lend_calendar
from deadlines.models import Duty
from deadlines.outcomes import percent
from deadlines.states import LIVE, DutyState
from sharing.actions.running import CONNECTION_ACCOUNT
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
OVERDUE, TODAY, RUNNING_ON = "qua-han", "hom-nay", "trong-han"
WAITING, LACKING = "cho-chap-thuan", RequestState.NEEDS_SUPPLEMENT.value
JUDGED, ON_TIME = "da-den-han", "dung-han"
MINE, NOBODY = "toi", "chua-phan-cong"


@dataclass(frozen=True)
class Line:
    """One request in the inbox. `used`: working days of the limit that have passed; none without a clock."""

    request: ConnectionRequest
    used: int | None
    limit: int | None

    @property
    def left(self) -> Distance | None:
        """To the last day; none while no clock runs."""
        duty = self.request.duty
        return distance_of(duty, clock.today()) if duty and duty.is_live else None

    @property
    def is_late(self) -> bool:
        return self.left is not None and self.left.days < 0

    @property
    def is_due_today(self) -> bool:
        return self.left is not None and self.left.days == 0

    @property
    def pips(self) -> list[bool]:
        """One for each day of the limit, on where it has been used."""
        return [at < (self.used or 0) for at in range(self.limit or 0)]

    @property
    def is_paused(self) -> bool:
        return self.request.duty is not None and self.request.duty.state == DutyState.PAUSED


@dataclass(frozen=True)
class Counters:
    """How many requests each of the lists has; `on_time` of those `judged` in the last ninety days.

    What is open stands in one of the first five.
    """

    overdue: int
    today: int
    running: int
    waiting: int
    lacking: int
    on_time: int
    judged: int

    @property
    def share(self) -> int | None:
        """Percent on time. None while nothing has come to its end."""
        return percent(self.on_time, self.judged) if self.judged else None


def requests_of_the_inbox(
    *, which: str = OPEN, officer: str = "", text: str = "", me: int | None = None
) -> QuerySet[ConnectionRequest]:
    """By due day, those without a clock last. `which`: a state, or one of the groups above.

    `officer`: MINE, NOBODY or a person's id; `text`: words of number, document, agencies or service.
    """
    found = _here().filter(_which(which))
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
    listed, calendar = list(requests), law.calendar()
    lend_calendar((request.duty for request in listed if request.duty), calendar)
    return [_line(request, calendar) for request in listed]


def counters() -> Counters:
    """Each by the condition of the list it leads to; one query."""
    groups = _groups()
    wanted = {
        "overdue": OVERDUE,
        "today": TODAY,
        "running": RUNNING_ON,
        "waiting": WAITING,
        "lacking": LACKING,
        "on_time": ON_TIME,
        "judged": JUDGED,
    }
    counts = {name: Count("pk", filter=groups[which]) for name, which in wanted.items()}
    return Counters(**_here().aggregate(**counts))


def _here() -> QuerySet[ConnectionRequest]:
    """All that was ever sent."""
    return ConnectionRequest.objects.exclude(number="")


def _groups() -> dict[str, Q]:
    """The condition of each group, as things stand today."""
    today, live = clock.today(), Q(duty__state__in=LIVE)
    judged, late = _limits_that_ended(today)
    return {
        ALL: Q(),
        OVERDUE: live & Q(duty__due__lt=today),
        TODAY: live & Q(duty__due=today),
        RUNNING_ON: live & Q(duty__due__gt=today),
        WAITING: Q(state__in=BEFORE_CONSENT),
        LACKING: Q(state=RequestState.NEEDS_SUPPLEMENT),
        JUDGED: Q(Exists(judged)),
        ON_TIME: Q(Exists(judged)) & ~Q(Exists(late)),
    }


def _limits_that_ended(today: date) -> tuple[QuerySet[Duty], QuerySet[Duty]]:
    """Of a request in an outer query, the limits of the last ninety days with an answer or past their
    last day, and of these the ones not kept. What is opened again has had several.
    """
    answered = Q(fulfilled_on__gte=today - LOOKED_BACK)
    unanswered = late_unanswered(today) & Q(due__gte=today - LOOKED_BACK)
    subject = Cast(OuterRef("pk"), CharField())
    own = Duty.objects.filter(kind=CONNECTION_ACCOUNT, subject=subject)
    judged = own.filter(answered | unanswered)
    return judged, judged.filter(Q(fulfilled_on__isnull=True) | Q(fulfilled_on__gt=F("due")))


def late_unanswered(today: date) -> Q:
    """Limits that ended without an answer: running out, or already over when they were paused."""
    paused_late = Q(state=DutyState.PAUSED, state_changed_at__date__gt=F("due"))
    return Q(state__in=LIVE, due__lt=today) | paused_late


def _which(which: str) -> Q:
    groups = _groups()
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
