"""Requests and accounts for tests, made by the real actions: a request at a state has walked there."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import Agency, Person
from catalog.models import Dataset, Resource
from core import clock
from sharing.actions import consents, decisions, keying_in, requests, services
from sharing.actions.decisions import Issued
from sharing.models import CallRecord, ConnectionAccount, ConnectionRequest, SharingService
from sharing.states import RequestState
from tests import factories as make

ANSWERS: dict[str, Any] = {
    "data_scope": "Tên trường, số trường; toàn tỉnh.",
    "method": "online",
    "frequency": "200 lượt mỗi ngày",
    "starts_on": "2026-12-01",
    "purpose": "Đối chiếu khi giải quyết thủ tục hành chính.",
    "legal_basis": "Quyết định 12/QĐ-UBND ngày 05/01/2026",
    "handling": "Lưu 30 ngày ở trung tâm dữ liệu của cơ quan, sau đó xoá.",
    "undertaking": True,
    "contact_name": "Nguyễn Văn Thử",
    "contact_position": "Chuyên viên",
    "contact_phone": "0238 3840 000",
    "contact_email": "dau-moi@thu.example",
    "system_name": "Hệ thống một cửa",
    "system_owner": "Sở Thử nghiệm",
    "security_level": "3",
    "addresses": ["127.0.0.1"],
}
DOCUMENT = {"document_number": "845/STN-VP", "document_date": None}
REASON = "Yêu cầu chưa nêu rõ phạm vi dữ liệu."
GROUND = "khoản 1 Điều 15 Quyết định 22/2023/QĐ-UBND"


@dataclass
class Cast:
    """The people of a case, on three sides."""

    requester: Agency = field(default_factory=lambda: make.agency("Sở Tư pháp"))
    owner: Agency = field(default_factory=lambda: make.agency("Sở Giáo dục"))
    authority: Agency = field(
        default_factory=lambda: (
            Agency.objects.filter(is_data_authority=True).first()
            or make.agency("Sở Đầu mối", data_authority=True)
        )
    )

    def __post_init__(self) -> None:
        self.contact = make.person("contact_officer", self.requester)
        self.describer = make.person("contact_officer", self.owner)
        self.approver = make.person("approver", self.owner)
        self.officer = make.person("ict_officer", self.authority)

    @property
    def everybody(self) -> dict[str, Person]:
        return {
            "requester": self.contact,
            "owner": self.approver,
            "authority": self.officer,
        }


def service(
    cast: Cast, *, content: str = make.GOOD_CSV, columns: Sequence[str] = (), **facts: Any
) -> SharingService:
    """An offered service of the gateway with one published table of a shared dataset."""
    dataset = make.dataset("Mạng lưới cơ sở giáo dục", at=cast.owner, access=Dataset.Access.SHARED)
    table = dataset.resources.get()
    make.published(of=table, content=content)
    table.refresh_from_db()
    return service_of(cast, {table: columns}, **facts)


def service_of(
    cast: Cast, tables: Mapping[Resource, Sequence[str]], **facts: Any
) -> SharingService:
    """An offered service of the gateway with these tables of the owner, which are published."""
    described = services.describe(
        owner=cast.owner,
        facts={
            "title_vi": "Danh sách trường học",
            "title_en": "List of schools",
            "description_vi": "Trường học các cấp theo xã.",
            "form": SharingService.Form.DEFAULT,
            "method": SharingService.Method.ONLINE,
            "place": SharingService.Place.GATEWAY,
            "use_rules_vi": "Chỉ dùng cho mục đích đã nêu.",
            "availability": "24/7",
            "contact_post": "Văn phòng Sở",
            **facts,
        },
        tables={table: list(columns) for table, columns in tables.items()},
        by=cast.describer,
    )
    return services.offer(service=described, by=cast.approver)


def request_at(
    state: str, cast: Cast | None = None, of: SharingService | None = None
) -> ConnectionRequest:
    """A request that has gone through the real workflow up to `state`."""
    cast = cast or Cast()
    if state == RequestState.KEYING:
        return being_keyed_in(cast, of)
    request = requests.begin(service=of or service(cast), requester=cast.requester, by=cast.contact)
    for step in _steps_to(state, cast):
        step(request)
        request = ConnectionRequest.objects.get(pk=request.pk)
    assert request.state == state, request.state
    return request


def being_keyed_in(
    cast: Cast, of: SharingService | None = None, **document: Any
) -> ConnectionRequest:
    """A letter that an officer has begun to key in, every page of it filled in; it came today."""
    request = keying_in.begin(
        service=of or service(cast), requester=cast.requester, by=cast.officer
    )
    today = {"document_date": clock.today(), "received_on": clock.today()}
    requests.save(
        request=request,
        answers=ANSWERS,
        document={**DOCUMENT, **today, **document},
        by=cast.officer,
    )
    return ConnectionRequest.objects.get(pk=request.pk)


def keyed_in(cast: Cast, of: SharingService | None = None, **document: Any) -> ConnectionRequest:
    """The same, entered."""
    keying_in.finish(request=being_keyed_in(cast, of, **document), by=cast.officer)
    return ConnectionRequest.objects.get(origin=ConnectionRequest.Origin.KEYED_IN)


def issued(cast: Cast | None = None, of: SharingService | None = None, **limits: Any) -> Issued:
    """An account with working credentials."""
    cast = cast or Cast()
    request = request_at(RequestState.PROCESSING, cast, of)
    return issue(request, cast, **limits)


def issue(request: ConnectionRequest, cast: Cast, **limits: Any) -> Issued:
    given = {
        "daily_quota": 1000,
        "per_minute": 60,
        "networks": ["127.0.0.1"],
        "valid_to": clock.today() + timedelta(days=365),
    }
    return decisions.issue(request=request, by=cast.officer, **{**given, **limits})


def fill_in(request: ConnectionRequest, cast: Cast) -> None:
    document = {**DOCUMENT, "document_date": clock.today()}
    requests.save(request=request, answers=ANSWERS, document=document, by=cast.contact)


def consent(request: ConnectionRequest, cast: Cast, **facts: Any) -> None:
    consents.give(
        request=request,
        by=cast.approver,
        **{"document_number": "77/SGD-VP", "document_date": clock.today(), **facts},
    )


def called(account: ConnectionAccount, **facts: Any) -> CallRecord:
    """A call of the account as it stands in the record; it was answered, now, unless told otherwise."""
    usual: dict[str, Any] = {
        "at": clock.now(),
        "status": 200,
        "rows": 100,
        "bytes": 2048,
        "milliseconds": 3,
        "key": uuid4(),
    }
    return CallRecord.objects.create(account=account, **{**usual, **facts})


def _steps_to(state: str, cast: Cast) -> list[Callable[[ConnectionRequest], Any]]:
    send = [
        lambda request: fill_in(request, cast),
        lambda request: requests.submit(request=request, by=cast.contact),
    ]
    agree = [*send, lambda request: consent(request, cast)]
    take = [*agree, lambda request: decisions.take(request=request, by=cast.officer)]
    steps: dict[str, list[Callable[[ConnectionRequest], Any]]] = {
        RequestState.DRAFT: [],
        RequestState.SUBMITTED: send,
        RequestState.WAITING_CONSENT: [
            *send,
            lambda request: decisions.receive(request=request, by=cast.officer),
        ],
        RequestState.NEEDS_SUPPLEMENT: [
            *send,
            lambda request: decisions.ask_supplement(
                request=request, reason=REASON, by=cast.officer
            ),
        ],
        RequestState.OWNER_REFUSED: [
            *send,
            lambda request: consents.refuse(
                request=request,
                reason=REASON,
                legal_ground=GROUND,
                document_number="78/SGD-VP",
                document_date=clock.today(),
                by=cast.approver,
            ),
        ],
        RequestState.CONSENTED: agree,
        RequestState.PROCESSING: take,
        RequestState.ISSUED: [*take, lambda request: issue(request, cast)],
        RequestState.REFUSED: [
            *take,
            lambda request: decisions.refuse(
                request=request, reason=REASON, legal_ground=GROUND, by=cast.officer
            ),
        ],
        RequestState.WITHDRAWN: [
            *send,
            lambda request: requests.withdraw(request=request, by=cast.contact),
        ],
        RequestState.DISCARDED: [
            lambda request: requests.give_up(request=request, by=cast.contact)
        ],
    }
    return steps[state]
