"""Every agency address × every role: who lacks the right gets 404 or 403, never the page.

The table says which permission an address asks for; a guard fails when an address is missing from
it. Each address is asked by a member of its agency in every role, by the same role of another
agency, and by somebody who has not signed in.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from accounts.actions import invitations
from accounts.models import Agency, Invitation, Membership, Person
from accounts.roles import NEEDS_SECOND_FACTOR, ROLES, Permission
from catalog.actions import pulls, sources
from catalog.actions.sources import Settings
from catalog.models import Dataset, Pull, Release, Resource
from catalog.states import ReleaseState
from core import clock
from deadlines.actions import petitions
from deadlines.actions.opening import open_for_event
from deadlines.kinds import Owed, kind_of
from deadlines.models import Duty, Petition, Round
from deadlines.periods import Period
from sharing.actions import documents, roots, service_changes, stops
from sharing.models import (
    ConnectionAccount,
    ConnectionRequest,
    Document,
    PlannedStop,
    ServiceChange,
    SharingService,
    TrustedRoot,
)
from sharing.states import RequestState
from tests import factories as make
from tests.sharing import made, signing
from tests.sharing.made import Cast

P = Permission
# Address → what one must be allowed; the values of its parts are filled in by `parts`.
NEEDED: dict[str, Permission] = {
    "work_dataset": P.SEE_AGENCY_WORK,
    "dataset_edit": P.REGISTER_DATASET,
    "dataset_rename": P.CURATE_CATALOGUE,
    "dataset_publish_description": P.DECIDE_RELEASE,
    "dataset_withdraw": P.WITHDRAW_DATASET,
    "resource_add": P.REGISTER_DATASET,
    "resource_columns": P.REGISTER_DATASET,
    "resource_template": P.SEE_AGENCY_WORK,
    "upload": P.UPLOAD_RELEASE,
    "source": P.SEE_AGENCY_WORK,
    "source_edit": P.REGISTER_DATASET,
    "source_pull": P.REGISTER_DATASET,
    "source_approve": P.DECIDE_RELEASE,
    "source_revoke": P.DECIDE_RELEASE,
    "source_switch": P.REGISTER_DATASET,
    "pull": P.SEE_AGENCY_WORK,
    "pull_status": P.SEE_AGENCY_WORK,
    "release": P.SEE_AGENCY_WORK,
    "release_status": P.SEE_AGENCY_WORK,
    "release_file": P.SEE_AGENCY_WORK,
    "release_submit": P.UPLOAD_RELEASE,
    "release_receipt": P.SEE_AGENCY_WORK,
    "release_decide": P.DECIDE_RELEASE,
    "release_recall": P.UPLOAD_RELEASE,
    "release_discard": P.UPLOAD_RELEASE,
    "release_withdraw": P.WITHDRAW_DATASET,
    "duty": P.SEE_AGENCY_WORK,
    "duty_nothing": P.UPLOAD_RELEASE,
    "duty_ask_extension": P.UPLOAD_RELEASE,
    "duty_done": P.DECIDE_RELEASE,
    "duty_calendar": P.SEE_AGENCY_WORK,
    "petition": P.SEE_AGENCY_WORK,
    "office_agency": P.SEE_PROGRESS,
    "remind": P.REMIND,
    "duty_extend": P.DECIDE_DEADLINE,
    "duty_waive": P.DECIDE_DEADLINE,
    "office_request": P.ISSUE_ACCOUNT,
    "request_receive": P.ISSUE_ACCOUNT,
    "request_take": P.ISSUE_ACCOUNT,
    "request_ask_supplement": P.ISSUE_ACCOUNT,
    "request_refuse": P.ISSUE_ACCOUNT,
    "request_issue": P.ISSUE_ACCOUNT,
    "connection_account": P.SEE_AGENCY_WORK,
    "account_usage": P.SEE_AGENCY_WORK,
    "account_calls_csv": P.SEE_AGENCY_WORK,
    "account_guide": P.SEE_AGENCY_WORK,
    "account_rotate": P.REQUEST_CONNECTION,
    "credential_revoke": P.REQUEST_CONNECTION,
    "account_suspend": P.ISSUE_ACCOUNT,
    "account_resume": P.ISSUE_ACCOUNT,
    "account_end": P.ISSUE_ACCOUNT,
    "own_service": P.SEE_AGENCY_WORK,
    "service_usage": P.SEE_AGENCY_WORK,
    "service_calls_csv": P.SEE_AGENCY_WORK,
    "service_edit": P.DESCRIBE_SERVICE,
    "service_change": P.SEE_AGENCY_WORK,
    "service_offer": P.GIVE_CONSENT,
    "service_close": P.GIVE_CONSENT,
    "service_stop": P.GIVE_CONSENT,
    "service_stop_call_off": P.GIVE_CONSENT,
    "request_document": P.SEE_AGENCY_WORK,
    "request_document_state": P.SEE_AGENCY_WORK,
    "request_document_add": P.SEE_AGENCY_WORK,
    "agreement": P.SEE_AGENCY_WORK,
    "agreement_write": P.REQUEST_CONNECTION,
    "agreement_approve": P.GIVE_CONSENT,
    "connection_request": P.SEE_AGENCY_WORK,
    "request_step": P.REQUEST_CONNECTION,
    "request_check": P.REQUEST_CONNECTION,
    "request_receipt": P.SEE_AGENCY_WORK,
    "request_withdraw": P.REQUEST_CONNECTION,
    "request_give_up": P.REQUEST_CONNECTION,
    "request_reopen": P.REQUEST_CONNECTION,
    "consent": P.GIVE_CONSENT,
    "members": P.MANAGE_MEMBERS,
    "membership_end": P.MANAGE_MEMBERS,
    "invitation_cancel": P.MANAGE_MEMBERS,
    "person_disable": P.MANAGE_MEMBERS,
    "person_enable": P.MANAGE_MEMBERS,
}
# Addresses of nobody's agency: the right held anywhere opens them.
ANYWHERE: dict[str, Permission] = {
    "work_datasets": P.SEE_AGENCY_WORK,
    "dataset_register": P.REGISTER_DATASET,
    "approvals": P.DECIDE_RELEASE,
    "coverage": P.SEE_AGENCY_WORK,
    "leader": P.SEE_PROGRESS,
    "office_progress": P.SEE_PROGRESS,
    "office_overdue": P.SEE_PROGRESS,
    "remind_all": P.REMIND,
    "petitions": P.SEE_PROGRESS,
    "calendar": P.SEE_PROGRESS,
    "calendar_add": P.EDIT_CALENDAR,
    "calendar_edit": P.EDIT_CALENDAR,
    "calendar_remove": P.EDIT_CALENDAR,
    "rules": P.SEE_PROGRESS,
    "rule_replace": P.DECIDE_DEADLINE,
    "office_requests": P.ISSUE_ACCOUNT,
    "office_requests_csv": P.ISSUE_ACCOUNT,
    "key_in": P.ISSUE_ACCOUNT,
    "key_in_step": P.ISSUE_ACCOUNT,
    "key_in_check": P.ISSUE_ACCOUNT,
    "key_in_discard": P.ISSUE_ACCOUNT,
    "office_accounts": P.ISSUE_ACCOUNT,
    "office_usage": P.ISSUE_ACCOUNT,
    "office_usage_csv": P.ISSUE_ACCOUNT,
    "connections_usage": P.SEE_AGENCY_WORK,
    "connections_usage_csv": P.SEE_AGENCY_WORK,
    "services_usage": P.SEE_AGENCY_WORK,
    "services_usage_csv": P.SEE_AGENCY_WORK,
    "office_stops": P.ISSUE_ACCOUNT,
    "connection_reports": P.SEE_PROGRESS,
    "connection_reports_csv": P.SEE_PROGRESS,
    "stop_announce": P.ISSUE_ACCOUNT,
    "stop_call_off": P.ISSUE_ACCOUNT,
    "connections": P.SEE_AGENCY_WORK,
    "request_begin": P.REQUEST_CONNECTION,
    "consents": P.GIVE_CONSENT,
    "own_services": P.SEE_AGENCY_WORK,
    "service_new": P.DESCRIBE_SERVICE,
    "trusted_roots": P.TRUST_ROOTS,
    "trusted_root_remove": P.TRUST_ROOTS,
    "role_proposals": P.GRANT_EVERYWHERE,
    "role_proposal": P.GRANT_EVERYWHERE,
    "audit": P.SEE_AUDIT,
    "audit_csv": P.SEE_AUDIT,
    "auditing": P.SEE_AUDIT,
    "operations": P.OPERATE,
    "operations_clock": P.OPERATE,
}
# Whoever has signed in may open it: it says what is theirs to do, if anything is.
SIGNED_IN = "work"
GUARDED = ("lam-viec/", "dieu-hanh/", "lanh-dao/", "ket-noi/", "kiem-tra/")
REFUSED = {403, 404}


@dataclass
class Scene:
    """One agency with a dataset, a release that waits for approval, what it has to do, and an API.

    `review` is a deed outside the portal, `petition` asks for more time for `duty`; `pull` is the
    first attempt of the API;
    `account` is the agency's own, with the request it was issued on, which `document` belongs to;
    `proposal` asks for a role that takes two people;
    `service` is what the agency itself shares, `change` a proposal to change it, `own_stop` a stop of it,
    `asked` what another asks of
    it, `keyed` what officers are keying in for the agency, `root` nobody's in particular.
    """

    agency: Agency
    dataset: Dataset
    release: Release
    membership: Membership
    invitation: Invitation
    pull: Pull
    duty: Duty
    review: Duty
    petition: Petition
    account: ConnectionAccount
    stop: PlannedStop
    own_stop: PlannedStop
    service: SharingService
    change: ServiceChange
    asked: ConnectionRequest
    keyed: ConnectionRequest
    document: Document
    root: TrustedRoot
    proposal: Invitation

    def address(self, name: str) -> str:
        parts = {
            "slug": self.agency.slug if name in AGENCY_PAGES else self.dataset.slug,
            "resource_id": self.release.resource_id,
            "release_id": self.release.pk,
            "membership_id": self.membership.pk,
            "person_id": self.membership.person_id,
            "invitation_id": self._invitation(name),
            "pull_id": self.pull.pk,
            "duty_id": self.review.pk if name == "duty_done" else self.duty.pk,
            "petition_id": self.petition.pk,
            "period": PERIOD,
            "day": NATIONAL_DAY,
            "rule_id": self.duty.rule_id,
            "code": self.service.code if name in SERVICE_PAGES else self.account.code,
            "document_id": self.document.pk,
            "root_id": self.root.pk,
            "change_id": self.change.pk,
            "stop_id": self.own_stop.pk if name == "service_stop_call_off" else self.stop.pk,
            "request_id": self._request(name),
            "step": "du-lieu",
            "credential_id": self.account.credentials.get().pk,
        }
        return reverse(name, kwargs={part: parts[part] for part in PARTS[name]})

    def _invitation(self, name: str) -> int:
        return self.proposal.pk if name == "role_proposal" else self.invitation.pk

    def _request(self, name: str) -> object:
        if name.startswith("key_in"):
            return self.keyed.pk
        return self.asked.pk if name == "consent" else self.account.request_id


AGENCY_PAGES = (
    "members",
    "membership_end",
    "invitation_cancel",
    "person_disable",
    "person_enable",
    "duty_calendar",
    "office_agency",
    "remind",
)
SERVICE_PAGES = (
    "own_service",
    "service_edit",
    "service_change",
    "service_offer",
    "service_close",
    "service_stop",
    "service_stop_call_off",
    "service_usage",
    "service_calls_csv",
)
PERIOD = "2026Q3"
NATIONAL_DAY = date(2026, 9, 2)


def guarded_patterns() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, parts) of every address below the agency areas."""
    yield from _walk(get_resolver(), "")


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, path)
        elif isinstance(entry, URLPattern) and path.startswith(GUARDED) and entry.name:
            yield entry.name, tuple(entry.pattern.converters) + _outer_parts(path, entry)


def _outer_parts(path: str, entry: URLPattern) -> tuple[str, ...]:
    own = set(entry.pattern.converters)
    known = (
        "slug",
        "resource_id",
        "release_id",
        "membership_id",
        "invitation_id",
        "pull_id",
        "duty_id",
        "petition_id",
        "request_id",
    )
    return tuple(part for part in known if f":{part}>" in path and part not in own)


PARTS = dict(guarded_patterns())


def test_every_guarded_address_is_in_the_table():
    assert set(PARTS) == {*NEEDED, *ANYWHERE, SIGNED_IN}


@pytest.fixture(scope="module")
def kept_scene(django_db_setup: None, django_db_blocker: Any) -> Iterator[Scene]:
    """Made once: tests only knock, and what they write is taken back around it."""
    with django_db_blocker.unblock(), transaction.atomic(), translation.override("vi"):
        yield build_scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(kept_scene: Scene, db: None) -> Scene:
    return kept_scene


def build_scene() -> Scene:
    agency = make.agency()
    earlier = make.published(of=make.dataset(at=agency).resources.get(), period="2026Q2")
    release = make.release_at(ReleaseState.SUBMITTED, of=earlier.resource)
    member = make.person("contributor", agency)
    invitation = invitations.invite(
        email="moi@thu.example",
        full_name="Người mới",
        agency=agency,
        role_code="contributor",
        by=None,
    )
    call_command("load_deadlines", verbosity=0)
    call_command("load_sharing", verbosity=0)
    duty = owe(agency, "dataset_update", "quarterly_update", str(release.resource.dataset_id))
    in_a_round(duty)
    cast = Cast(requester=agency)
    request = made.request_at(RequestState.PROCESSING, cast)
    document = documents.add(
        request=request,
        role=Document.Role.SUPPLEMENT,
        file=make.incoming(signing.plain_pdf(), "van-ban.pdf"),
        by=cast.contact,
    )
    account = made.issue(request, cast).account
    as_owner = Cast(owner=agency)
    service = made.service(as_owner)
    return Scene(
        agency,
        release.resource.dataset,
        release,
        member.memberships.get(),
        invitation,
        asked_once(release.resource, agency),
        duty,
        review=owe(agency, "open_data_list_review", "open_data_list_review", agency.key),
        petition=petitions.ask_extension(
            duty=duty,
            until=clock.today() + timedelta(days=400),
            reason="Phần mềm đang nâng cấp.",
            by=make.person("contributor", agency),
        ),
        account=account,
        stop=announced(account.service, cast.officer),
        own_stop=announced(service, as_owner.approver),
        service=service,
        change=service_changes.propose(
            service=service,
            facts={"availability": "giờ hành chính"},
            tables={one.resource: one.columns for one in service.tables.all()},
            reason="Máy chủ chỉ chạy giờ hành chính.",
            by=as_owner.describer,
        ),
        asked=made.request_at(RequestState.SUBMITTED, as_owner, service),
        keyed=made.being_keyed_in(cast, account.service),
        document=document,
        root=roots.add(content=signing.root().der, by=make.person("ict_leader", cast.authority)),
        proposal=proposed(cast.authority),
    )


def proposed(authority: Agency) -> Invitation:
    leaders = [make.person("ict_leader", authority) for _ in range(2)]
    return invitations.invite(
        email="lanh-dao-moi@thu.example",
        full_name="Lãnh đạo mới",
        agency=authority,
        role_code="ict_leader",
        by=leaders[0],
    )


def announced(service: SharingService, by: Person) -> PlannedStop:
    return stops.announce(
        service=service,
        begins_on=clock.today() + timedelta(days=60),
        expected_back=clock.today() + timedelta(days=61),
        reason="Nâng cấp máy chủ của trung tâm dữ liệu.",
        by=by,
    )


def asked_once(table: Resource, agency: Agency) -> Pull:
    """The first attempt of an API that nobody has begun to ask."""
    person = make.person("contributor", agency)
    settings = Settings(url="https://csdl.thu.example/so-lieu?ky={period}")
    source = sources.configure(resource=table, settings=settings, by=person)
    return pulls.ask(source=source, period_code="2026Q1", by=person)


def in_a_round(duty: Duty) -> None:
    """The duty belongs to the round of PERIOD."""
    duty.round = Round.objects.create(
        kind=duty.kind,
        period=PERIOD,
        period_end=Period.parse(PERIOD).last_day,
        rule=duty.rule,
        start=duty.start,
        due=duty.due,
        closing_on=duty.due + timedelta(days=31),
    )
    duty.save(update_fields=["round"])


def owe(agency: Agency, kind: str, rule_code: str, subject: str) -> Duty:
    """A duty that began today; without the sweep, which takes its time over all that ever was."""
    return open_for_event(
        kind=kind_of(kind),
        rule_code=rule_code,
        since=clock.today(),
        owed=Owed(agency.pk, subject, "Trường học theo xã"),
        by=None,
    )


@pytest.mark.parametrize("role", ROLES)
def test_own_agency(scene: Scene, role: str):
    """A member sees what the role allows, and is told 403 otherwise."""
    client = signed_in(role, scene.agency)
    for name, permission in NEEDED.items():
        status = status_of(client, scene.address(name))
        if permission in ROLES[role].permissions:
            assert status not in REFUSED | {500}, f"{role} may not open {name}: {status}"
        else:
            assert status in REFUSED, f"{role} opens {name}: {status}"


@pytest.mark.parametrize("role", ROLES)
def test_another_agency(scene: Scene, role: str):
    """To somebody of another agency nothing of this one exists, unless the role reaches everywhere."""
    client = signed_in(role, make.agency("Sở Khác"))
    for name, permission in NEEDED.items():
        status = status_of(client, scene.address(name))
        reaches = ROLES[role].everywhere and permission in ROLES[role].permissions
        if reaches:
            assert status not in REFUSED | {500}, f"{role} may not open {name}: {status}"
        else:
            expected = REFUSED if ROLES[role].everywhere else {404}
            assert status in expected, f"{role} of another agency opens {name}: {status}"


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_no_agency(scene: Scene, role: str):
    client = signed_in(role, scene.agency)
    for name, permission in ANYWHERE.items():
        status = status_of(client, scene.address(name))
        allowed = permission in ROLES[role].permissions
        assert (status == 200) == allowed, f"{role}: {name} answers {status}"


@pytest.mark.parametrize("role", ROLES)
def test_a_password_alone_opens_nothing_that_needs_more(scene: Scene, role: str, settings: Any):
    settings.REQUIRE_2FA = True
    client = signed_in(role, scene.agency)
    held = ROLES[role].permissions & NEEDS_SECOND_FACTOR
    for name, permission in {**NEEDED, **ANYWHERE}.items():
        if permission in held:
            response = client.get(scene.address(name))
            assert response.status_code == 302, f"{role} opens {name}: {response.status_code}"
            assert response.headers["Location"] == reverse("mfa_activate_totp"), name


@pytest.mark.parametrize("name", [*NEEDED, *ANYWHERE, SIGNED_IN])
def test_a_visitor_is_asked_to_sign_in(scene: Scene, client: Client, name: str):
    response = client.get(scene.address(name))
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/dang-nhap/?next=")


@pytest.mark.parametrize("role", [code for code, role in ROLES.items() if not role.everywhere])
def test_writing_is_refused_like_reading(scene: Scene, role: str):
    """No method is a way around: nobody of another agency changes anything, nor leaves a trace."""
    client = signed_in(role, make.agency("Sở Khác"))
    before = states()
    decisions = DECISIONS if role == "approver" else DECISIONS[:1]
    for name in NEEDED:
        address = scene.address(name)
        answers = [client.post(address, {"decision": one}) for one in decisions]
        answers.append(client.delete(address))
        statuses = {answer.status_code for answer in answers}
        assert statuses <= {403, 404, 405}, f"{role} writes to {name}: {statuses}"
    assert states() == before


DECISIONS = ("publish", "accept", "take_back")


def states() -> list[object]:
    """What nobody else may change: how many there are of everything, and what state they are in."""
    rooms = ("accounts", "catalog", "deadlines", "sharing")
    models = [model for model in apps.get_models() if model._meta.app_label in rooms]
    return [
        {model.__name__: model._base_manager.count() for model in models},
        *(
            list(model.objects.order_by("pk").values_list("state", flat=True))
            for model in (Release, Duty, Petition, SharingService, ConnectionRequest)
        ),
    ]


def status_of(client: Client, address: str) -> int:
    response = client.get(address)
    if response.streaming:
        list(response.streaming_content)  # to the end, so that the file is closed
    return response.status_code


def signed_in(role: str, agency: Agency) -> Client:
    client = Client()
    client.force_login(
        make.person(role, agency), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client
