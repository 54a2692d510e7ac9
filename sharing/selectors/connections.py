"""What agencies have asked for, and what waits for their answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from accounts.models import Agency, Person
from accounts.permissions import agencies_with, current_memberships
from accounts.roles import Permission
from sharing.models import ConnectionRequest, SharingService
from sharing.selectors.service_changes import waiting_changes
from sharing.states import BEFORE_CONSENT, FINAL, RequestState


def agencies_of(person: Person, permission: Permission) -> list[Agency]:
    """Those the person works for and may do this for, not all that the role reaches."""
    held = [one for one in current_memberships(person) if permission in one.role.permissions]
    return list({one.agency_id: one.agency for one in held}.values())


def requests_of(agencies: Iterable[Agency]) -> QuerySet[ConnectionRequest]:
    """What the agencies asked for, drafts too, the newest first; not what is still being keyed in."""
    found = _listed().filter(requester__in=agencies)
    unknown = Q(origin=ConnectionRequest.Origin.KEYED_IN, number="")
    return found.exclude(unknown).prefetch_related("accounts").order_by("-created_at", "pk")


def being_keyed_in() -> QuerySet[ConnectionRequest]:
    """What officers have begun to key in and not finished, the newest first."""
    found = _listed().filter(state=RequestState.KEYING)
    return found.select_related("created_by").order_by("-created_at", "pk")


def waiting_for_consent(person: Person) -> QuerySet[ConnectionRequest]:
    """Requests for data of the person's agencies that await their answer, the oldest first."""
    owners = agencies_with(person, Permission.GIVE_CONSENT)
    found = _listed().filter(service__owner__in=owners, state__in=BEFORE_CONSENT)
    return found.order_by("received_on", "number")


@dataclass(frozen=True)
class Waiting:
    """What waits for a person: how much, in words, and the name of the page it is on."""

    page: str
    number: int
    words: str


def waiting_for_owner(person: Person) -> list[Waiting]:
    """What waits for a decision of the person's agencies on their own data; two queries."""
    if not agencies_of(person, Permission.GIVE_CONSENT):
        return []
    found = []
    if n := waiting_for_consent(person).count():
        words = ngettext(
            "%(n)s yêu cầu chờ ý kiến của cơ quan bạn",
            "%(n)s yêu cầu chờ ý kiến của cơ quan bạn",
            n,
        )
        found.append(Waiting("consents", n, words % {"n": n}))
    if n := waiting_changes(person).exclude(proposed_by=person).count():
        words = ngettext(
            "%(n)s đề nghị thay đổi dịch vụ chia sẻ chờ duyệt",
            "%(n)s đề nghị thay đổi dịch vụ chia sẻ chờ duyệt",
            n,
        )
        found.append(Waiting("consents", n, words % {"n": n}))
    return found


def waiting_for_asker_and_authority(person: Person) -> list[Waiting]:
    """Requests the person's agencies have to supplement, and new ones; a query for each right."""
    found = []
    if asking := agencies_of(person, Permission.REQUEST_CONNECTION):
        lacking = requests_of(asking).filter(state=RequestState.NEEDS_SUPPLEMENT)
        if n := lacking.count():
            words = ngettext(
                "%(n)s yêu cầu kết nối của cơ quan bạn cần bổ sung",
                "%(n)s yêu cầu kết nối của cơ quan bạn cần bổ sung",
                n,
            )
            found.append(Waiting("connections", n, words % {"n": n}))
    if agencies_of(person, Permission.ISSUE_ACCOUNT):
        new = ConnectionRequest.objects.filter(state=RequestState.SUBMITTED)
        if n := new.count():
            words = ngettext(
                "%(n)s yêu cầu mới gửi chờ tiếp nhận", "%(n)s yêu cầu mới gửi chờ tiếp nhận", n
            )
            found.append(Waiting("office_requests", n, words % {"n": n}))
    return found


def open_requests(
    agencies: Iterable[Agency], service: SharingService
) -> QuerySet[ConnectionRequest]:
    """What the agencies have sent about the service and is not decided, the newest first."""
    found = requests_of(agencies).filter(service=service)
    return found.exclude(number="").exclude(state__in=FINAL)


def services_to_ask_for(agencies: Iterable[Agency]) -> QuerySet[SharingService]:
    """Everything on offer that is not the agencies' own, by title."""
    offered = SharingService.objects.offered().select_related("owner")
    return offered.exclude(owner__in=agencies).order_by("title_sort", "pk")


def _listed() -> QuerySet[ConnectionRequest]:
    return ConnectionRequest.objects.select_related(
        "service__owner", "requester", "duty__rule", "answer_duty__rule"
    )
