"""Sharing in the demonstration: every state is there, made by the real actions, once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.models import AuditEvent
from core import clock
from demo.catalogue import DATASETS
from demo.history.crew import crew_of
from demo.history.events import What
from demo.history.plan import Plan, make_plan
from demo.history.walk import walk
from demo.sharing.load import Sharing
from demo.sharing.services import SERVICES
from demo.sharing.stories import STORIES
from sharing.models import (
    Agreement,
    CallRecord,
    ConnectionAccount,
    ConnectionRequest,
    Credential,
    Document,
    PlannedStop,
    SharingService,
    TrustedRoot,
)
from sharing.states import AccountState, RequestState
from tests.sharing.gateway.conftest import ask_token

pytestmark = pytest.mark.django_db
BEGIN, TODAY = date(2025, 6, 16), date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 11, 0, tzinfo=clock.VIETNAM)
SLUGS = {one.dataset for one in SERVICES}


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> Iterator[None]:
    settings.DEMO = True
    with clock.set_to(NOW):
        yield


def walked() -> Sharing:
    """Datasets are registered and described; their files would take minutes and are not needed here."""
    datasets = [one for one in DATASETS if one.slug in SLUGS]
    plan = make_plan(NOW, begin=BEGIN, datasets=datasets)
    few = (What.APPOINT, What.REGISTER, What.DESCRIBE)
    plan = Plan(tuple(event for event in plan.events if event.what in few))
    sharing = Sharing(TODAY, BEGIN, SLUGS)
    with crew_of(1) as crew:
        walk(plan, BEGIN, TODAY, crew=crew, beside=sharing, tell=lambda day: None)
    sharing.finish()
    return sharing


def counted() -> dict[str, int]:
    models = (SharingService, ConnectionRequest, ConnectionAccount, Credential, Document, CallRecord,
              PlannedStop, Agreement, TrustedRoot, AuditEvent)  # fmt: skip
    return {model.__name__: model.objects.count() for model in models}


def test_every_state_is_there_and_a_second_load_adds_nothing(client: Client) -> None:
    call_command("load_reference", verbosity=0)
    sharing = walked()
    assert SharingService.objects.filter(state="offered").count() == len(SERVICES) - 1
    assert SharingService.objects.get(place="lgsp").state == "draft"
    assert not SharingService.objects.filter(is_illustrative=False).exists()

    states = Counter(ConnectionRequest.objects.values_list("state", flat=True))
    # A draft that was given up is nobody's to see.
    assert set(states) == set(RequestState.values) - {RequestState.DISCARDED}
    assert states.total() == len(STORIES)
    running = ConnectionRequest.objects.filter(state="processing")
    assert sorted(one.duty.due < TODAY for one in running if one.duty) == [False, True]

    found = Counter(ConnectionAccount.objects.values_list("state", flat=True))
    assert set(found) == set(AccountState.values)
    assert ConnectionAccount.objects.get(state="suspended").suspension_reason == "security"
    assert ConnectionAccount.objects.filter(credentials__ends_at__isnull=False).count() == 1
    assert ConnectionAccount.objects.get(warned_days=30).valid_to == date(2026, 12, 10)

    past, ahead = PlannedStop.objects.order_by("begins_on")
    assert past.ended_at is not None
    assert ahead.began_at is None
    assert ahead.begins_on > TODAY
    assert set(Agreement.objects.values_list("state", flat=True)) == {"agreed", "draft"}

    verdicts = set(Document.objects.values_list("verdict_code", flat=True))
    assert verdicts == {"valid", "unsigned"}
    for document in Document.objects.filter(verdict_code="valid"):
        [signer] = document.verdict["signers"]
        assert datetime.fromisoformat(signer["at"]) <= document.uploaded_at
    assert "minh hoạ" in TrustedRoot.objects.get().name
    assert "PRIVATE" not in TrustedRoot.objects.get().certificate

    assert CallRecord.objects.values("account").distinct().count() == 2
    assert not CallRecord.objects.filter(at__gt=NOW).exists()
    assert not AuditEvent.objects.filter(at__gt=NOW).exists()

    issued = sharing.for_trying
    assert issued is not None
    assert issued.secret not in str(list(Credential.objects.values()))
    assert ask_token(client, issued.client_id, issued.secret).status_code == 200

    before = counted()
    assert walked().for_trying is None
    assert counted() == before
