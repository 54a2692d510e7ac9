"""Everything one request's page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.answers import refusal_of
from accounts.models import Person
from core import clock
from deadlines import law
from deadlines.distance import Distance, calendar_for, distance_of, lend_calendar
from deadlines.explanation import lines as explained
from deadlines.models import Duty
from deadlines.states import DutyState
from sharing import policies
from sharing.actions.documents import open_roles
from sharing.actions.requests import duplicates_of
from sharing.answers import Answer, answers_of, words_of
from sharing.models import (
    ConnectionAccount,
    ConnectionRequest,
    Consent,
    Document,
    FormField,
    RequestEvent,
    SharingService,
)
from sharing.selectors.accounts import GivenTable, given_by
from sharing.states import RequestState


@dataclass(frozen=True)
class Change:
    """One thing the request says otherwise than when it was sent before, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Happening:
    """A line of the timeline; `changes`: where it sent the request once more, what is different."""

    event: RequestEvent
    changes: list[Change]


@dataclass(frozen=True)
class Case:
    """One request as a person sees it; `steps` are the names of those they may take now."""

    request: ConnectionRequest
    steps: list[str]
    answers: list[Answer]
    documents: list[Document]
    timeline: list[Happening]  # the newest first
    consents: list[tuple[Consent, list[GivenTable]]]  # each with what it gives
    accounts: list[ConnectionAccount]
    duplicates: list[ConnectionRequest]
    document_roles: list[Document.Role]  # as what the person may add documents now

    @property
    def consent(self) -> Consent | None:
        return next((one for one, _tables in self.consents if one.given), None)

    @property
    def lacks_consent_file(self) -> bool:
        """The owner has answered yes, and nobody has sent the file of its letter."""
        roles = {one.role for one in self.documents}
        return self.consent is not None and Document.Role.CONSENT not in roles

    @property
    def has_agreement(self) -> bool:
        """One has been written, or may be; a query of what is shared on special request and has ended."""
        if not refusal_of(lambda: policies.check_may_agree(self.request)):
            return True
        special = self.request.service.form == SharingService.Form.SPECIAL
        return special and self.request.agreements.exists()

    @property
    def is_paused(self) -> bool:
        return self.request.duty is not None and self.request.duty.state == DutyState.PAUSED

    @property
    def left(self) -> Distance | None:
        """To the last day of the limit; none while no clock runs."""
        duty = self.request.duty
        return distance_of(duty, clock.today()) if duty and duty.is_live else None

    @property
    def count(self) -> Iterator[str]:
        """The limit counted day by day, in the law's own language; nothing without a clock."""
        if self.request.duty is not None:
            yield from count_of(self.request.duty)

    @property
    def answer_count(self) -> Iterator[str]:
        """The same for the time the owner gave itself, while it has not answered."""
        duty = self.request.answer_duty
        if duty is not None and (duty.is_live or duty.state == DutyState.PAUSED):
            yield from count_of(duty)


def case_of(request: ConnectionRequest, by: Person, *, internal: bool) -> Case:
    """Eight queries and one for each consent; `internal`: with the notes only the data authority sees."""
    lend_calendar(duty for duty in (request.duty, request.answer_duty) if duty)
    events = request.events.select_related("by", "agency")
    answers = list(answers_of(request))
    return Case(
        request=request,
        steps=policies.open_steps(request, by),
        answers=answers,
        documents=list(request.documents.select_related("uploaded_by")),
        timeline=_timeline(
            list(events if internal else events.filter(internal=False)),
            [answer.field for answer in answers],
        ),
        consents=[(one, given_by(one.scope)) for one in request.consents.select_related("by")],
        accounts=list(request.accounts.all()),
        duplicates=duplicates_of(request),
        document_roles=open_roles(request, by),
    )


def _timeline(events: list[RequestEvent], fields: list[FormField]) -> list[Happening]:
    """`events`: the newest first."""
    happenings: list[Happening] = []
    before: dict[str, Any] | None = None
    for event in reversed(events):
        changes = _changes(before, event.said, fields) if before and event.said else ()
        happenings.append(Happening(event, list(changes)))
        before = event.said or before
    return happenings[::-1]


def _changes(
    before: dict[str, Any], after: dict[str, Any], fields: list[FormField]
) -> Iterator[Change]:
    for field in fields:
        was, now = (words_of(field, said["answers"].get(field.key)) for said in (before, after))
        if was != now:
            yield Change(field.label, was, now)
    if before["document_number"] != after["document_number"]:
        label = _("Số, ký hiệu văn bản")
        yield Change(label, before["document_number"], after["document_number"])
    if before["document_date"] != after["document_date"]:
        was, now = (_day(said["document_date"]) for said in (before, after))
        yield Change(_("Ngày văn bản"), was, now)


def _day(text: str) -> str:
    return formats.date_format(date.fromisoformat(text), "SHORT_DATE_FORMAT") if text else ""


def count_of(duty: Duty) -> Iterator[str]:
    """Day by day, in Vietnamese; one query."""
    calendar, rule = calendar_for(duty), duty.rule
    yield from explained(rule.as_rule(), law.counted(rule, duty.start, calendar), calendar)


def asked_for(request: ConnectionRequest) -> str:
    """What the requester was asked to add, while it is; empty otherwise."""
    if request.state != RequestState.NEEDS_SUPPLEMENT:
        return ""
    asked = request.events.filter(state=RequestState.NEEDS_SUPPLEMENT).first()
    return asked.note if asked else ""
