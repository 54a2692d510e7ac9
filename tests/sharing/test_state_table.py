"""The whole table of states, walked: each allowed step works for the side it is given to, all others fail."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent, Person
from accounts.permissions import Refused
from core import clock
from sharing.actions import consents, decisions, keying_in, requests
from sharing.models import ConnectionRequest, RequestEvent, SharingService
from sharing.states import FINAL, TRANSITIONS, RequestState, Side, Transition
from tests import factories as make
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
Act = Callable[[ConnectionRequest, Person], Any]

ACTIONS: dict[str, Act] = {
    "submit": lambda request, by: requests.submit(request=request, by=by),
    "keyed_in": lambda request, by: keying_in.finish(request=request, by=by),
    "discard": lambda request, by: keying_in.discard(request=request, by=by),
    "receive": lambda request, by: decisions.receive(request=request, by=by),
    "ask_supplement": lambda request, by: decisions.ask_supplement(
        request=request, reason=made.REASON, by=by
    ),
    "ask_supplement_running": lambda request, by: decisions.ask_supplement(
        request=request, reason=made.REASON, by=by
    ),
    "supplement": lambda request, by: requests.supplement(request=request, note="", by=by),
    "supplement_running": lambda request, by: requests.supplement(request=request, note="", by=by),
    "consent": lambda request, by: consents.give(
        request=request, document_number="77/SGD-VP", document_date=clock.today(), by=by
    ),
    "owner_refuse": lambda request, by: consents.refuse(
        request=request,
        reason=made.REASON,
        legal_ground=made.GROUND,
        document_number="78/SGD-VP",
        document_date=clock.today(),
        by=by,
    ),
    "take": lambda request, by: decisions.take(request=request, by=by),
    "issue": lambda request, by: decisions.issue(
        request=request,
        daily_quota=100,
        per_minute=10,
        networks=[],
        valid_to=clock.today() + timedelta(days=30),
        by=by,
    ),
    "refuse": lambda request, by: decisions.refuse(
        request=request, reason=made.REASON, legal_ground=made.GROUND, by=by
    ),
    "withdraw": lambda request, by: requests.withdraw(request=request, by=by),
    "give_up": lambda request, by: requests.give_up(request=request, by=by),
    "reopen": lambda request, by: requests.reopen(request=request, reason=made.REASON, by=by),
}


def test_every_step_has_its_action():
    assert {step.name for step in TRANSITIONS} == set(ACTIONS)


def at(state: str, step: Transition, cast: Cast, service: SharingService) -> ConnectionRequest:
    """A request at the state; for the steps of a paused clock, one that paused."""
    if state == RequestState.NEEDS_SUPPLEMENT and step.name == "supplement_running":
        request = made.request_at(RequestState.PROCESSING, cast, service)
        decisions.ask_supplement(request=request, reason=made.REASON, by=cast.officer)
    else:
        request = made.request_at(state, cast, service)
    if state == RequestState.DRAFT:
        made.fill_in(request, cast)
    return ConnectionRequest.objects.get(pk=request.pk)


@pytest.mark.parametrize("state", RequestState.values)
def test_every_step_out_of_the_state(cast: Cast, state: str):
    """First all that must fail, which changes nothing; then each that works, on a request of its own."""
    service = made.service(cast)
    people = cast.everybody | {"stranger": make.person("approver", make.agency("Sở Khác"))}
    request = at(state, TRANSITIONS[0], cast, service)
    before = facts(request)
    for step in TRANSITIONS:
        for who in people:
            if works(step, state, who):
                continue
            with pytest.raises((ValidationError, Refused)):
                ACTIONS[step.name](request, people[who])
            assert facts(request) == before, f"{who} may {step.name}"
    for step in TRANSITIONS:
        for side in step.sides if state in step.sources else ():
            its_own = at(state, step, cast, service)
            ACTIONS[step.name](its_own, people[str(side)])
            moved = ConnectionRequest.objects.get(pk=its_own.pk)
            assert moved.state == step.target, f"{side} cannot {step.name}"
            assert moved.events.first().by == people[str(side)]


def facts(request: ConnectionRequest) -> tuple[object, ...]:
    again = ConnectionRequest.objects.get(pk=request.pk)
    return again.state, AuditEvent.objects.count(), RequestEvent.objects.count()


def works(step: Transition, state: str, who: str) -> bool:
    """Asking for a supplement, and giving it, is one action for two steps: with the clock or without."""
    stem = step.name.removesuffix("_running")
    return any(
        state in one.sources and who in {str(side) for side in one.sides}
        for one in TRANSITIONS
        if one.name.removesuffix("_running") == stem
    )


def test_the_owner_and_the_authority_are_told_of_a_new_request(cast: Cast):
    made.request_at(RequestState.SUBMITTED, cast)
    for person in (cast.approver, cast.officer):
        assert person.notices.filter(kind="request.submit").count() == 1
    assert not cast.contact.notices.filter(kind="request.submit").exists()


def test_nothing_leads_out_of_withdrawn():
    for state in (RequestState.WITHDRAWN, RequestState.DISCARDED):
        assert not [step for step in TRANSITIONS if state in step.sources]
    assert Side.REQUESTER in {side for step in TRANSITIONS for side in step.sides}
    assert RequestState.ISSUED in FINAL
