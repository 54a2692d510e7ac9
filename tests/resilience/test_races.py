"""Two people press at the same instant: one effect, the other is told where things stand.

Two officers who decide one case stand in tests/sharing/test_issue_page.py, two sweeps in
test_killed_sweep.py, two datasets of one title in test_same_title_twice.py.
"""

from datetime import date, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import call_command

from accounts.actions import invitations, memberships
from accounts.models import AuditEvent, Invitation, Person
from catalog.actions import dataset as dataset_actions
from catalog.actions import decision, delivery, resource
from catalog.models import Dataset
from catalog.states import ReleaseState
from core import clock
from deadlines.actions import calendar, petitions
from deadlines.actions.opening import open_for_event
from deadlines.kinds import Owed, kind_of
from deadlines.models import CalendarDay, Duty, Petition
from sharing.actions import (
    accounts,
    agreements,
    consents,
    decisions,
    keying_in,
    requests,
    roots,
    services,
    stops,
)
from sharing.agreement_headings import HEADINGS
from sharing.models import ConnectionRequest, SharingService, TrustedRoot
from sharing.states import RequestState, Side
from tests import factories as make
from tests.resilience.races import Deed, beside
from tests.sharing import made, signing
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "Số liệu chưa khớp báo cáo quý."


def steps_since(mark: int) -> list[str]:
    """What was done since, as the audit trail has it."""
    return list(
        AuditEvent.objects.filter(pk__gt=mark).order_by("pk").values_list("action", flat=True)
    )


def only_the_first(first: Deed, second: Deed) -> str:
    """What the second was told, who left nothing behind."""
    mark = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    alone: list[list[str]] = []

    def deed() -> None:
        first()
        alone.append(steps_since(mark))

    told = beside(deed, second)
    assert steps_since(mark) == alone[0]
    return told


# --- Releases and datasets ------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "first", "second"),
    [
        ("ready", "submit", "submit"),
        ("ready", "submit", "discard"),
        ("submitted", "publish", "publish"),
        ("submitted", "publish", "return"),
        ("submitted", "publish", "recall"),
        ("submitted", "recall", "publish"),
        ("submitted", "return", "recall"),
        ("published", "withdraw", "withdraw"),
    ],
)
def test_a_release_takes_one_step(state: str, first: str, second: str):
    release = make.release_at(state)
    agency = release.resource.dataset.agency
    senders = [make.person("contributor", agency) for _ in range(2)]
    heads = [make.person("approver", agency) for _ in range(2)]

    def step(name: str, who: int) -> Deed:
        return {
            "submit": lambda: delivery.submit(release=release, by=senders[who]),
            "discard": lambda: delivery.discard(release=release, by=senders[who]),
            "recall": lambda: delivery.recall(release=release, by=senders[who]),
            "publish": lambda: decision.publish(release=release, by=heads[who]),
            "return": lambda: decision.return_to_agency(
                release=release, reason=REASON, by=heads[who]
            ),
            "withdraw": lambda: decision.withdraw(release=release, reason=REASON, by=heads[who]),
        }[name]

    assert "trạng thái" in only_the_first(step(first, 0), step(second, 1))


def test_two_files_for_one_period_leave_one_in_preparation():
    table = make.dataset().resources.get()
    people = [make.person("contributor", table.dataset.agency) for _ in range(2)]
    period = make.last_period(table)
    files = [make.incoming(make.GOOD_CSV), make.incoming(make.GOOD_CSV + "00126,Nghi Lộc,1,1,\n")]

    def upload(who: int) -> Deed:
        return lambda: delivery.upload(
            resource=table, period_code=period, file=files[who], by=people[who]
        )

    beside(upload(0), upload(1))
    alive = table.releases.exclude(state=ReleaseState.DISCARDED)
    assert alive.count() == 1


def test_a_description_is_published_once():
    dataset = make.dataset(access=Dataset.Access.LISTED)
    heads = [make.person("approver", dataset.agency) for _ in range(2)]

    def publish(who: int) -> Deed:
        return lambda: dataset_actions.publish_description(dataset=dataset, by=heads[who])

    assert only_the_first(publish(0), publish(1)) == ""

    def withdraw(who: int) -> Deed:
        return lambda: dataset_actions.withdraw(dataset=dataset, reason=REASON, by=heads[who])

    assert only_the_first(withdraw(0), withdraw(1))


def test_one_table_of_a_name():
    dataset = make.dataset()
    person = make.person("contributor", dataset.agency)
    add = lambda: resource.add(dataset=dataset, title_vi="Bảng phụ", by=person)  # noqa: E731
    assert "tên này" in only_the_first(add, add)


# --- People ---------------------------------------------------------------------


@pytest.fixture
def invited() -> Invitation:
    agency = make.agency()
    return invitations.invite(
        email="moi@thu.example",
        full_name="Người Mới",
        agency=agency,
        role_code="contributor",
        by=None,
    )


def accepting(invitation: Invitation) -> Deed:
    token = invitation.link.rstrip("/").rsplit("/", 1)[1]
    return lambda: invitations.accept(token=token, password=make.PASSWORD)


def test_an_invitation_is_accepted_once(invited: Invitation):
    assert only_the_first(accepting(invited), accepting(invited)) == "not found"
    assert Person.objects.filter(email=invited.email).count() == 1


def test_an_invitation_taken_back_is_not_accepted(invited: Invitation):
    admin = make.person("agency_admin", invited.agency)
    cancel = lambda: invitations.cancel(invitation=invited, by=admin)  # noqa: E731
    assert only_the_first(cancel, accepting(invited)) == "not found"
    assert not Person.objects.filter(email=invited.email).exists()


def test_one_account_for_two_invitations_of_an_address(invited: Invitation):
    other = invitations.invite(
        email=invited.email,
        full_name="Người Mới",
        agency=make.agency(),
        role_code="contributor",
        by=None,
    )
    assert "đã có tài khoản" in only_the_first(accepting(invited), accepting(other))


def test_an_invitation_sent_twice_leaves_one_link():
    agency = make.agency()
    admins = [make.person("agency_admin", agency) for _ in range(2)]

    def invite(who: int) -> Deed:
        return lambda: invitations.invite(
            email="moi@thu.example",
            full_name="Người Mới",
            agency=agency,
            role_code="contributor",
            by=admins[who],
        )

    assert beside(invite(0), invite(1)) == ""
    assert [one.is_open for one in Invitation.objects.order_by("pk")] == [False, True]


def test_a_role_is_ended_once():
    agency = make.agency()
    membership = make.person("contributor", agency).memberships.get()
    admins = [make.person("agency_admin", agency) for _ in range(2)]

    def end(who: int) -> Deed:
        return lambda: memberships.end(
            membership=membership, reason="Chuyển công tác từ tháng này.", by=admins[who]
        )

    assert only_the_first(end(0), end(1)) == ""


def test_a_recovery_code_opens_once_and_two_at_once_are_both_spent():
    person = make.person()
    kept = RecoveryCodes.activate(person)
    one, other, *_rest = kept.get_unused_codes()
    answers: list[bool] = []

    def use(code: str) -> Deed:
        """By somebody who read the codes before anybody used one."""
        mine = RecoveryCodes(Authenticator.objects.get(pk=kept.instance.pk))
        return lambda: answers.append(mine.validate_code(code))

    beside(use(one), use(one))
    assert answers == [True, False]
    beside(use(other), use(one))
    assert answers[2:] == [True, False]
    left = RecoveryCodes(Authenticator.objects.get(pk=kept.instance.pk)).get_unused_codes()
    assert not {one, other} & set(left)
    beside(use(left[0]), use(left[1]))
    assert answers[4:] == [True, True]
    after = RecoveryCodes(Authenticator.objects.get(pk=kept.instance.pk)).get_unused_codes()
    assert after == left[2:]


# --- Sharing --------------------------------------------------------------------


@pytest.fixture
def cast() -> Cast:
    call_command("load_deadlines", verbosity=0)
    call_command("load_sharing", verbosity=0)
    return Cast()


def case_steps(case: ConnectionRequest, cast: Cast) -> dict[str, Deed]:
    return {
        "submit": lambda: requests.submit(request=case, by=cast.contact),
        "give_up": lambda: requests.give_up(request=case, by=cast.contact),
        "withdraw": lambda: requests.withdraw(request=case, by=cast.contact),
        "supplement": lambda: requests.supplement(request=case, note="", by=cast.contact),
        "consent": lambda: made.consent(case, cast),
        "no": lambda: consents.refuse(
            request=case,
            reason=made.REASON,
            legal_ground=made.GROUND,
            document_number="78/SGD-VP",
            document_date=clock.today(),
            by=cast.approver,
        ),
        "receive": lambda: decisions.receive(request=case, by=cast.officer),
        "take": lambda: decisions.take(request=case, by=cast.officer),
        "issue": lambda: made.issue(case, cast),
        "finish": lambda: keying_in.finish(request=case, by=cast.officer),
        "discard": lambda: keying_in.discard(request=case, by=cast.officer),
    }


@pytest.mark.parametrize(
    ("state", "first", "second"),
    [
        (RequestState.SUBMITTED, "withdraw", "consent"),
        (RequestState.SUBMITTED, "consent", "no"),
        (RequestState.SUBMITTED, "consent", "consent"),
        (RequestState.SUBMITTED, "receive", "receive"),
        (RequestState.NEEDS_SUPPLEMENT, "supplement", "supplement"),
        (RequestState.CONSENTED, "take", "take"),
        (RequestState.PROCESSING, "issue", "withdraw"),
        (RequestState.KEYING, "finish", "finish"),
        (RequestState.KEYING, "finish", "discard"),
    ],
)
def test_a_request_takes_one_step(cast: Cast, state: str, first: str, second: str):
    steps = case_steps(made.request_at(state, cast), cast)
    assert "trạng thái" in only_the_first(steps[first], steps[second])


@pytest.mark.parametrize("second", ["submit", "give_up"])
def test_a_draft_is_sent_once(cast: Cast, second: str):
    draft = made.request_at(RequestState.DRAFT, cast)
    made.fill_in(draft, cast)
    steps = case_steps(draft, cast)
    assert "trạng thái" in only_the_first(steps["submit"], steps[second])


def test_begun_twice_goes_on_with_the_same(cast: Cast):
    service = made.service(cast)
    for begin in (
        lambda: requests.begin(service=service, requester=cast.requester, by=cast.contact),
        lambda: keying_in.begin(service=service, requester=cast.requester, by=cast.officer),
    ):
        assert only_the_first(begin, begin) == ""
    assert ConnectionRequest.objects.count() == 2


def test_what_is_done_to_an_account_and_its_service_is_done_once(cast: Cast):
    account = made.issued(cast).account
    credential = account.credentials.get()
    revoke = lambda: accounts.revoke_credential(credential=credential, by=cast.contact)  # noqa: E731
    suspend = lambda: accounts.suspend(  # noqa: E731
        account=account, reason="security", note=REASON, by=cast.officer
    )
    resume = lambda: accounts.resume(account=account, by=cast.officer)  # noqa: E731
    end = lambda: accounts.end(account=account, reason=REASON, by=cast.officer)  # noqa: E731
    rotate = lambda: accounts.rotate(account=account, by=cast.contact)  # noqa: E731
    close = lambda: services.close(service=account.service, reason=REASON, by=cast.approver)  # noqa: E731
    for first, second in (
        (revoke, revoke),
        (suspend, suspend),
        (resume, resume),
        (end, rotate),
        (close, close),
    ):
        assert only_the_first(first, second)
    assert account.credentials.count() == 1


def test_a_service_is_described_and_offered_once(cast: Cast):
    offered = made.service(cast)
    facts = {name: getattr(offered, name) for name in services.DESCRIBING}
    table = offered.tables.get().resource

    def describe() -> SharingService:
        return services.describe(
            owner=cast.owner, facts=facts, tables={table: []}, by=cast.describer
        )

    assert beside(describe, describe) == ""  # two drafts of one title: an address each
    draft = SharingService.objects.filter(state=SharingService.State.DRAFT).first()
    assert draft is not None
    offer = lambda: services.offer(service=draft, by=cast.approver)  # noqa: E731
    assert "đã được công bố" in only_the_first(offer, offer)


def test_a_stop_is_announced_and_called_off_once(cast: Cast):
    service = made.service(cast)
    days = {
        "begins_on": clock.today() + timedelta(days=60),
        "expected_back": clock.today() + timedelta(days=61),
    }
    announce = lambda: stops.announce(service=service, reason=REASON, by=cast.officer, **days)  # noqa: E731
    assert only_the_first(announce, announce)
    stop = service.stops.get()
    call_off = lambda: stops.call_off(stop=stop, by=cast.officer)  # noqa: E731
    assert "đã huỷ" in only_the_first(call_off, call_off)


def test_an_agreement_is_approved_once_by_each_side(cast: Cast):
    service = made.service(cast, form=SharingService.Form.SPECIAL)
    case = made.request_at(RequestState.PROCESSING, cast, service)
    headings = {heading.key: "Nội dung" for heading in HEADINGS}
    agreement = agreements.write(request=case, headings=headings, by=cast.contact)
    approve = lambda: agreements.approve(  # noqa: E731
        agreement=agreement, side=Side.OWNER, by=cast.approver
    )
    assert "đã được duyệt" in only_the_first(approve, approve)


def test_a_certificate_is_trusted_once(cast: Cast):
    leader = make.person("ict_leader", cast.authority)
    content = signing.root().der
    add = lambda: roots.add(content=content, by=leader)  # noqa: E731
    assert "đã có trong danh sách" in only_the_first(add, add)
    root = TrustedRoot.objects.get()
    remove = lambda: roots.remove(root=root, by=leader)  # noqa: E731
    assert "đã được bỏ" in only_the_first(remove, remove)


# --- Time limits ----------------------------------------------------------------


def test_a_duty_is_asked_about_once(cast: Cast):
    staff, duty = owed()

    def ask(who: int) -> Deed:
        return lambda: asked(duty, staff[who])

    assert "chờ quyết định" in only_the_first(ask(0), ask(1))


@pytest.mark.parametrize(
    ("first", "second"),
    [("accept", "accept"), ("accept", "refuse"), ("accept", "take_back"), ("take_back", "accept")],
)
def test_a_petition_is_decided_once(cast: Cast, first: str, second: str):
    staff, duty = owed()
    petition = asked(duty, staff[0])
    officers = [make.person("ict_leader", cast.authority) for _ in range(2)]

    def step(name: str, who: int) -> Deed:
        by = officers[who]
        return {
            "accept": lambda: petitions.accept(petition=petition, document="12/QĐ", by=by),
            "refuse": lambda: petitions.refuse(petition=petition, reason=REASON, by=by),
            "take_back": lambda: petitions.take_back(petition=petition, by=staff[who]),
        }[name]

    assert only_the_first(step(first, 0), step(second, 1))


def owed() -> tuple[list[Person], Duty]:
    """A duty that began today, and two of the agency's staff."""
    agency = make.agency()
    owes = Owed(agency.pk, str(make.dataset(at=agency).pk), "Trường học theo xã")
    duty = open_for_event(
        kind=kind_of("dataset_update"),
        rule_code="quarterly_update",
        since=clock.today(),
        owed=owes,
        by=None,
    )
    return [make.person("contributor", agency) for _ in range(2)], duty


def asked(duty: Duty, by: Person) -> Petition:
    until = duty.due + timedelta(days=30)
    return petitions.ask_extension(duty=duty, until=until, reason=REASON, by=by)


def test_a_day_of_the_calendar_is_one_row(cast: Cast):
    officers = [make.person("ict_leader", cast.authority) for _ in range(2)]
    day = date(2031, 3, 3)

    def enter(who: int) -> Deed:
        return lambda: calendar.set_day(
            day=day,
            kind="holiday",
            name_vi="Nghỉ bão",
            certainty=3,
            document="15/TB",
            by=officers[who],
        )

    assert beside(enter(0), enter(1)) == ""
    assert CalendarDay.objects.filter(day=day).count() == 1
