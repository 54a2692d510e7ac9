"""Doing what the plan of sharing says, by the portal's own actions, each at its moment.

A step that the state of things does not allow (any more) is left out, so that a plan can be done again.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from accounts.models import Agency, Person
from accounts.queue import doing_here
from catalog.models import Resource
from core import clock
from deadlines.actions import duties
from deadlines.models import Duty
from deadlines.states import LIVE
from demo.people import DATA_AUTHORITY, email_of
from demo.sharing import papers
from demo.sharing.plan import Step
from demo.sharing.services import BY_KEY, DemoService
from demo.sharing.stories import STORIES, Stop, Story
from sharing.actions import (
    accounts,
    agreements,
    consents,
    decisions,
    documents,
    keying_in,
    requests,
    roots,
    services,
    stops,
)
from sharing.actions.decisions import Issued
from sharing.agreement_headings import HEADINGS
from sharing.duty_kinds import DEFAULT_LIST_REVIEW
from sharing.models import (
    ConnectionAccount,
    ConnectionRequest,
    Document,
    PlannedStop,
    SharingService,
    TrustedRoot,
)
from sharing.states import AccountState, RequestState, Side
from sharing.tasks import watch_terms

S = RequestState
GROUND = "khoản 1 Điều 15 Quyết định 22/2023/QĐ-UBND"
REVIEWED_BEFORE = timedelta(days=10)
FORGETFUL = "STP"  # it does not review its list in time
# From where the account for trying may be called: this computer and private networks.
NEARBY = ["127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"]
QUOTA = {"daily_quota": 5000, "per_minute": 60}
REASONS = {
    "ask_supplement": "Chưa nêu thời gian lưu trữ dữ liệu sau khi nhận (nội dung minh hoạ).",
    "owner_refuse": "Mục đích nêu trong văn bản chưa thuộc nhiệm vụ được giao (nội dung minh hoạ).",
    "refuse": "Hệ thống kết nối chưa được phê duyệt cấp độ an toàn (nội dung minh hoạ).",
    "withdraw": "Đã có nguồn dữ liệu khác (nội dung minh hoạ).",
}
# From which states a step is taken; others have taken it or never will.
FROM: dict[str, tuple[str, ...]] = {
    "receive": (S.SUBMITTED,),
    "ask_supplement": (S.SUBMITTED,),
    "supplement": (S.NEEDS_SUPPLEMENT,),
    "consent": (S.SUBMITTED, S.WAITING_CONSENT),
    "take": (S.CONSENTED,),
    "issue": (S.PROCESSING,),
    "owner_refuse": (S.WAITING_CONSENT,),
    "refuse": (S.PROCESSING,),
    "withdraw": (S.WAITING_CONSENT,),
    "agree": (S.SUBMITTED, S.WAITING_CONSENT),
    "approve_asking": (S.SUBMITTED, S.WAITING_CONSENT),
    "approve_owning": (S.SUBMITTED, S.WAITING_CONSENT),
}


class Desk:
    """Does the steps of one load. `for_trying`: the account whose secret is told once, if made now."""

    def __init__(self, today: date) -> None:
        self._today = today  # from which the stories count, whatever day a step is taken on
        self.for_trying: Issued | None = None
        self._seal: papers.Seal | None = None

    def morning(self) -> None:
        """What the schedule does on its own, and the agencies' reviews of their lists."""
        watch_terms()
        near = clock.today() + REVIEWED_BEFORE
        owed = Duty.objects.filter(kind=DEFAULT_LIST_REVIEW, state__in=LIVE, due__lte=near)
        for duty in owed.exclude(agency__key=FORGETFUL).select_related("agency"):
            note = "Đã rà soát, danh mục chia sẻ mặc định không thay đổi (nội dung minh hoạ)."
            duties.declare_done(duty=duty, note=note, by=_who("approver", duty.agency.key))

    def do_all(self, steps: Iterable[Step]) -> int:
        """How many were still to be done."""
        return sum(self._do(step) for step in steps)

    def _do(self, step: Step) -> bool:
        with clock.set_to(step.moment):
            match step.subject:
                case DemoService() as service:
                    return bool(getattr(self, f"_{step.name}")(service))
                case Stop() as stop:
                    return self._announce(stop)
                case Story() as story if step.name in ("rotate", "suspend", "end"):
                    return self._to_account(story, step)
                case Story() as story:
                    return self._on_request(story, step.name)

    # services

    def _describe(self, one: DemoService) -> bool:
        owner = Agency.objects.get(key=one.owner)
        if _service(one.key) is not None:
            return False
        tables = {}
        if one.place == SharingService.Place.GATEWAY:
            table = Resource.objects.get(dataset__slug=one.dataset, name=one.table)
            tables = {table: list(one.columns)}
        by = _who("contact_officer", one.owner)
        services.describe(owner=owner, facts=one.facts, tables=tables, by=by)
        return True

    def _offer(self, one: DemoService) -> bool:
        service = _service(one.key)
        if service is None or service.state != SharingService.State.DRAFT:
            return False
        services.offer(service=service, by=_who("approver", one.owner))
        return True

    def _announce(self, one: Stop) -> bool:
        service = _service(one.service)
        if service is None or PlannedStop.objects.filter(reason=one.reason).exists():
            return False
        stops.announce(
            service=service,
            begins_on=self._today + timedelta(days=one.begins),
            expected_back=self._today + timedelta(days=one.back),
            reason=one.reason,
            by=_who("ict_officer", DATA_AUTHORITY),
        )
        return True

    # requests

    def _on_request(self, story: Story, name: str) -> bool:
        request = request_of(story)
        if name in ("send", "write"):
            return self._written(story, request, is_sent=name == "send")
        if name == "key_in":
            return request is None and self._keyed_in_part(story)
        if request is None or request.state not in FROM[name]:
            return False
        return getattr(self, f"_{name}")(story, request) is not False

    def _written(self, story: Story, draft: ConnectionRequest | None, *, is_sent: bool) -> bool:
        if draft is not None and (draft.state != S.DRAFT or not is_sent):
            return False
        service = _service(story.service)
        if service is None or service.state != SharingService.State.OFFERED:
            return False
        by = _who("contact_officer", story.asker)
        asker = Agency.objects.get(key=story.asker)
        request = draft or requests.begin(service=service, requester=asker, by=by)
        letter = {"document_number": number_of(story), "document_date": clock.today()}
        requests.save(request=request, answers=answers_of(story, asker), document=letter, by=by)
        self._letter(story, request, Document.Role.REQUEST, by)
        if is_sent:
            requests.submit(request=request, by=by)
        return True

    def _keyed_in_part(self, story: Story) -> bool:
        """The page about the letter is filled in, the others not yet."""
        service = _service(story.service)
        if service is None or service.state != SharingService.State.OFFERED:
            return False
        asker, by = Agency.objects.get(key=story.asker), _officer()
        request = keying_in.begin(service=service, requester=asker, by=by)
        today = clock.today()
        letter = {
            "document_number": number_of(story), "document_date": today, "received_on": today,
        }  # fmt: skip
        requests.save(request=request, answers={}, document=letter, by=by)
        self._letter(story, request, Document.Role.REQUEST, by)
        return True

    def _receive(self, story: Story, request: ConnectionRequest) -> None:
        decisions.receive(request=request, by=_officer())

    def _ask_supplement(self, story: Story, request: ConnectionRequest) -> None:
        decisions.ask_supplement(request=request, reason=REASONS["ask_supplement"], by=_officer())

    def _supplement(self, story: Story, request: ConnectionRequest) -> None:
        by = _who("contact_officer", story.asker)
        self._letter(story, request, Document.Role.SUPPLEMENT, by)
        requests.supplement(request=request, note="Đã bổ sung thời gian lưu trữ.", by=by)

    def _consent(self, story: Story, request: ConnectionRequest) -> None:
        by = _who("approver", request.service.owner.key)
        self._letter(story, request, Document.Role.CONSENT, by)
        scope = {}
        if story.narrow:
            table = request.service.tables.get()
            scope = {str(table.resource_id): {"columns": list(story.narrow), "rows": []}}
        consents.give(
            request=request,
            document_number=_answer_number(request),
            document_date=clock.today(),
            scope=scope,
            by=by,
        )

    def _owner_refuse(self, story: Story, request: ConnectionRequest) -> None:
        by = _who("approver", request.service.owner.key)
        self._letter(story, request, Document.Role.CONSENT, by)
        consents.refuse(
            request=request,
            reason=REASONS["owner_refuse"],
            legal_ground=GROUND,
            document_number=_answer_number(request),
            document_date=clock.today(),
            by=by,
        )

    def _take(self, story: Story, request: ConnectionRequest) -> None:
        decisions.take(request=request, by=_officer())

    def _issue(self, story: Story, request: ConnectionRequest) -> None:
        issued = decisions.issue(
            request=request,
            networks=NEARBY if story.is_for_trying else request.answers["addresses"],
            valid_to=None if story.term is None else self._today + story.term,
            by=_officer(),
            **QUOTA,
        )
        if story.is_for_trying:
            self.for_trying = issued

    def _refuse(self, story: Story, request: ConnectionRequest) -> None:
        decisions.refuse(
            request=request, reason=REASONS["refuse"], legal_ground=GROUND, by=_officer()
        )

    def _withdraw(self, story: Story, request: ConnectionRequest) -> None:
        by = _who("contact_officer", story.asker)
        requests.withdraw(request=request, note=REASONS["withdraw"], by=by)

    def _agree(self, story: Story, request: ConnectionRequest) -> bool:
        if request.agreements.exists():
            return False
        headings = {one.key: f"{one.title}: theo yêu cầu {request.number} (nội dung minh hoạ)."
                    for one in HEADINGS}  # fmt: skip
        by = _who("contact_officer", story.asker)
        agreements.write(request=request, headings=headings, valid_from=clock.today(), by=by)
        return True

    def _approve_asking(self, story: Story, request: ConnectionRequest) -> bool:
        return _approved(request, Side.REQUESTER, story.asker)

    def _approve_owning(self, story: Story, request: ConnectionRequest) -> bool:
        return _approved(request, Side.OWNER, request.service.owner.key)

    # accounts

    def _to_account(self, story: Story, step: Step) -> bool:
        account = account_of(story)
        if account is None or account.state != AccountState.ACTIVE:
            return False
        if step.name == "end":
            accounts.end(account=account, reason=step.reason, by=_officer())
        elif step.name == "suspend":
            accounts.suspend(account=account, reason=step.code, note=step.reason, by=_officer())
        elif account.credentials.count() == 1:
            accounts.rotate(account=account, by=_who("contact_officer", story.asker))
        else:
            return False
        return True

    # letters

    def _letter(self, story: Story, request: ConnectionRequest, role: str, by: Person) -> None:
        content = papers.letter(
            str(Document.Role(role).label), f"{story.asker}: {story.purpose}", number_of(story)
        )
        if story.is_signed and (seal := self._trusted_seal()) is not None:
            content = seal.signed(content)
        file = papers.incoming(f"{role}-{number_of(story).replace('/', '-')}.pdf", content)
        with doing_here("sharing.check_document"):
            document = documents.add(request=request, role=role, file=file, by=by)
        documents.check(document.pk)

    def _trusted_seal(self) -> papers.Seal | None:
        """None where another load has made one: its key is gone, and letters stay unsigned."""
        if (
            self._seal is None
            and not TrustedRoot.objects.filter(name__contains="minh hoạ").exists()
        ):
            self._seal = papers.Seal(clock.now())
            roots.add(content=self._seal.root, by=_who("ict_leader", DATA_AUTHORITY))
        return self._seal


def request_of(story: Story) -> ConnectionRequest | None:
    """The request of that story, if it has been written."""
    found = ConnectionRequest.objects.select_related("service__owner", "requester")
    return found.filter(document_number=number_of(story), requester__key=story.asker).first()


def account_of(story: Story) -> ConnectionAccount | None:
    return ConnectionAccount.objects.filter(
        request__document_number=number_of(story), agency__key=story.asker
    ).first()


def number_of(story: Story) -> str:
    """Of its letter: another one for every story."""
    return f"{101 + 7 * STORIES.index(story)}/{story.asker.removesuffix('2025')}-MH"


def answers_of(story: Story, asker: Agency) -> dict[str, Any]:
    return {
        "data_scope": "Toàn bộ các trường của dịch vụ, toàn tỉnh (nội dung minh hoạ).",
        "method": "online",
        "frequency": "200 lượt mỗi ngày, trong giờ hành chính",
        "starts_on": clock.today().isoformat(),
        "purpose": f"{story.purpose} (nội dung minh hoạ).",
        "legal_basis": "Quyết định minh hoạ về việc giao nhiệm vụ năm 2026",
        "handling": "Lưu 30 ngày tại trung tâm dữ liệu của cơ quan, sau đó xoá.",
        "undertaking": True,
        "contact_name": "Cán bộ đầu mối",
        "contact_position": "Chuyên viên",
        "contact_phone": "0238 3000 000",
        "contact_email": email_of("contact_officer", story.asker),
        "system_name": story.system,
        "system_owner": asker.name_vi,
        "security_level": "3",
        "addresses": [f"203.0.113.{STORIES.index(story) + 1}/32"],
    }


def _approved(request: ConnectionRequest, side: Side, agency: str) -> bool:
    agreement = request.agreements.filter(state="draft").first()
    if agreement is None or getattr(agreement, f"{side}_approved_by_id"):
        return False
    agreements.approve(agreement=agreement, side=side, by=_who("approver", agency))
    return True


def _service(key: str) -> SharingService | None:
    one = BY_KEY[key]
    return SharingService.objects.filter(owner__key=one.owner, title_vi=one.title_vi).first()


def _answer_number(request: ConnectionRequest) -> str:
    number = int(request.number.rpartition("-")[2])
    return f"{300 + number}/{request.service.owner.key.removesuffix('2025')}-MH"


def _who(role: str, agency: str) -> Person:
    return Person.objects.get(email=email_of(role, agency))


def _officer() -> Person:
    return _who("ict_officer", DATA_AUTHORITY)
