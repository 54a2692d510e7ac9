"""Requests and accounts for the checks that only look: one case at each desk, one account, one stop."""

from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command

from accounts.models import Agency, Person
from core import clock
from sharing.actions import agreements, documents, roots, service_changes, services, stops
from sharing.agreement_headings import HEADINGS
from sharing.models import (
    ConnectionAccount,
    ConnectionRequest,
    Document,
    PlannedStop,
    ServiceChange,
    ServiceProbe,
    SharingService,
)
from sharing.states import RequestState
from tests import factories as make
from tests.sharing import made, signing
from tests.sharing.made import Cast

LATE = timedelta(days=14)


@dataclass
class Connections:
    """`late`: its five working days have passed; `asked`: it waits for the owner's consent;
    `draft`: nothing of it has been written; `keyed`: officers are entering it, with the number of another;
    `change`: wanted of the service on special request, nobody has decided.
    """

    cast: Cast
    late: ConnectionRequest
    asked: ConnectionRequest
    account: ConnectionAccount
    service_draft: SharingService
    stop: PlannedStop
    special: ConnectionRequest
    elsewhere: SharingService
    draft: ConnectionRequest
    keyed: ConnectionRequest
    change: ServiceChange

    def names(self) -> list[str]:
        people = (self.cast.contact, self.cast.describer, self.cast.approver, self.cast.officer)
        return [
            self.cast.requester.name_vi,
            self.cast.owner.name_vi,
            self.account.service.title_vi,
            "Mạng lưới cơ sở giáo dục",
            "CA gốc thử nghiệm",
            self.special.service.title_vi,
            self.elsewhere.title_vi,
            *(person.full_name for person in people),
        ]


def build(authority: Agency, officer: Person) -> Connections:
    call_command("load_sharing", verbosity=0)
    cast = Cast(authority=authority)
    service = made.service(cast, answer_days=5)
    asker = Cast(requester=make.agency("Sở Nội vụ"), owner=cast.owner, authority=authority)
    with clock.set_to(clock.now() - LATE):
        late = made.request_at(RequestState.PROCESSING, cast, service)
        account = made.issued(asker, service).account
    use(account)
    root = signing.root()
    roots.add(content=root.der, by=officer)
    signed = signing.signed_pdf(signing.certificate("Sở Tư pháp", issuer=root))
    for content in (signed, signing.with_changed_page(signed), signing.plain_pdf()):
        document = documents.add(
            request=late,
            role=Document.Role.SUPPLEMENT,
            file=make.incoming(content, "bo-sung.pdf"),
            by=cast.contact,
        )
        documents.check(document.pk)
    special = special_request(cast)
    return Connections(
        cast=cast,
        late=late,
        special=special,
        change=wanted_change(special.service, cast),
        elsewhere=service_elsewhere(cast),
        asked=made.request_at(RequestState.SUBMITTED, cast, service),
        draft=made.request_at(RequestState.DRAFT, cast, service),
        keyed=made.being_keyed_in(cast, service),
        account=account,
        service_draft=services.describe(
            owner=cast.owner,
            facts={name: getattr(service, name) for name in services.DESCRIBING},
            tables={one.resource: [] for one in service.tables.all()},
            by=cast.describer,
        ),
        stop=stops.announce(
            service=service,
            begins_on=clock.today() + timedelta(days=60),
            expected_back=clock.today() + timedelta(days=62),
            reason="Nâng cấp máy chủ của trung tâm dữ liệu.",
            by=officer,
        ),
    )


def use(account: ConnectionAccount) -> None:
    """Calls of today, more than one page of them, some refused."""
    table = account.service.tables.get().resource_id
    query = f"ten_xa=X%C3%A3%20{'x' * 60}&fields=ma_xa,ten_xa&page[size]=100"
    for number in range(60):
        made.called(account, resource_id=table, query=query, fields=["ma_xa", "ten_xa"] * 3)
        if number % 20 == 0:
            made.called(account, status=429, problem="over-quota", rows=0, bytes=300)


def special_request(cast: Cast) -> ConnectionRequest:
    """One that rests on an agreement, written but for some headings; with its service."""
    service = made.service(
        cast,
        title_vi="Hồ sơ học sinh",
        title_en="Pupils’ records",
        form=SharingService.Form.SPECIAL,
    )
    request = made.request_at(RequestState.CONSENTED, cast, service)
    headings = {one.key: "Theo văn bản của hai cơ quan." for one in HEADINGS[:9]}
    agreements.write(request=request, headings=headings, by=cast.contact)
    return ConnectionRequest.objects.select_related("service").get(pk=request.pk)


def wanted_change(service: SharingService, cast: Cast) -> ServiceChange:
    """Fewer columns and other hours."""
    return service_changes.propose(
        service=service,
        facts={"availability": "Giờ hành chính"},
        tables={one.resource: ["ma_xa", "ten_xa"] for one in service.tables.all()},
        reason="Máy chủ chỉ chạy giờ hành chính.",
        by=cast.describer,
    )


def service_elsewhere(cast: Cast) -> SharingService:
    """One outside the gateway that has been looked at for a week, and does not answer now."""
    service = made.service_of(
        cast,
        {},
        title_vi="Tra cứu học bạ",
        title_en="School reports",
        place=SharingService.Place.EXTERNAL,
        endpoint="https://hoc-ba.example/v1",
    )
    now, answers = clock.now(), [95, 120, None, 180]
    ServiceProbe.objects.bulk_create(
        ServiceProbe(
            service=service,
            at=now - timedelta(hours=6 * number),
            ok=bool(number and answers[number % 4]),
            milliseconds=answers[number % 4] if number else None,
            error="" if number and answers[number % 4] else "certificate",
        )
        for number in range(28)
    )
    return service
