"""May this request, consent or account be treated so, now?

Each check raises ValidationError with the sentence to show.
"""

import ipaddress
from collections.abc import Iterable, Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Agency, Person
from accounts.permissions import check_permission, current_memberships, has_permission
from accounts.roles import Permission
from core import clock
from deadlines import law
from sharing.document_numbers import DocumentNumber
from sharing.models import ConnectionAccount, ConnectionRequest, SharingService
from sharing.states import (
    ACCOUNT_STEPS,
    FINAL,
    MAY,
    TRANSITIONS,
    AccountStep,
    RequestState,
    Side,
    Transition,
    transition,
)

STOP_NOTICE = "planned_stop_notice"
BEING_WRITTEN = (RequestState.DRAFT, RequestState.KEYING, RequestState.NEEDS_SUPPLEMENT)


def side_agency(request: ConnectionRequest, side: Side) -> Agency | None:
    """The agency on whose behalf that side acts; the data authority's roles need none."""
    match side:
        case Side.REQUESTER:
            return request.requester
        case Side.OWNER:
            return request.service.owner
    return None


def check_side(request: ConnectionRequest, step: Transition, by: Person) -> Side:
    """The side on which the person may take the step; the first that fits.

    Raises accounts.permissions.Refused of the last side that was tried.
    """
    for side in step.sides[:-1]:
        if has_permission(by, MAY[side], side_agency(request, side)):
            return side
    last = step.sides[-1]
    check_permission(by, MAY[last], side_agency(request, last))
    return last


def check_transition(request: ConnectionRequest, name: str) -> Transition:
    """The step, when the request's state allows it."""
    step = transition(name)
    if request.state not in step.sources:
        raise ValidationError(
            _("Yêu cầu đang ở trạng thái “%(state)s”, không thể thực hiện thao tác.")
            % {"state": request.get_state_display()},
            code="state",
        )
    return step


def open_steps(request: ConnectionRequest, by: Person) -> list[str]:
    """The names of the steps the person may take now."""
    return [
        step.name
        for step in TRANSITIONS
        if request.state in step.sources
        and any(has_permission(by, MAY[side], side_agency(request, side)) for side in step.sides)
    ]


def check_ground(ground: str) -> str:
    """A refusal names the law it rests on (NĐ47 chương IV)."""
    ground = ground.strip()
    if not ground:
        raise ValidationError(
            _(
                "Hãy ghi căn cứ pháp lý của việc không chấp thuận, ví dụ khoản 1 Điều 15 QĐ 22/2023."
            ),
            code="legal_ground",
        )
    return ground


def check_document_number(text: str) -> DocumentNumber:
    try:
        return DocumentNumber.parse(text)
    except ValueError:
        raise ValidationError(
            _("Số, ký hiệu văn bản chưa đúng dạng. Hãy ghi như 845/UBND-VX."),
            code="document_number",
        ) from None


def check_not_future(day: date, code: str) -> date:
    if day > clock.today():
        raise ValidationError(_("Ngày này chưa đến. Hãy kiểm tra lại."), code=code)
    return day


def check_arrival(received_on: date, document_date: date | None) -> date:
    """The day a document came: not one to come, not one before the document was signed."""
    check_not_future(received_on, "received_on")
    if document_date is not None and received_on < document_date:
        raise ValidationError(
            _("Ngày văn bản đến không thể trước ngày văn bản. Hãy kiểm tra lại hai ngày."),
            code="received_on",
        )
    return received_on


def check_not_past(day: date, code: str) -> date:
    if day < clock.today():
        raise ValidationError(_("Ngày này đã qua. Hãy chọn ngày từ hôm nay trở đi."), code=code)
    return day


def check_may_write(request: ConnectionRequest) -> None:
    """What a request says is written before it is sent, or while a supplement is asked for."""
    if request.state not in BEING_WRITTEN:
        raise ValidationError(_("Yêu cầu đã gửi, không sửa được nữa."), code="state")


def check_writer(request: ConnectionRequest, by: Person) -> None:
    """The agency that asks writes its request; officers write what they key in. Raises Refused."""
    if request.is_being_keyed_in:
        check_permission(by, Permission.ISSUE_ACCOUNT)
    else:
        check_permission(by, Permission.REQUEST_CONNECTION, request.requester)


def check_being_keyed_in(request: ConnectionRequest) -> None:
    if not request.is_being_keyed_in:
        raise ValidationError(_("Yêu cầu này đã nhập xong, không sửa được nữa."), code="state")


def works_on_a_side(request: ConnectionRequest, person: Person) -> bool:
    """Whether the person is a member of the agency that asks or of the one that owns the data."""
    sides = (request.requester_id, request.service.owner_id)
    return any(one.agency_id in sides for one in current_memberships(person))


def check_may_be_asked(service: SharingService, requester: Agency) -> None:
    if service.state != SharingService.State.OFFERED:
        raise ValidationError(_("Dịch vụ này hiện không nhận yêu cầu kết nối."), code="closed")
    if service.owner_id == requester.pk:
        raise ValidationError(
            _("Cơ quan không cần yêu cầu kết nối tới dữ liệu của chính mình."), code="own"
        )


def check_may_agree(request: ConnectionRequest) -> None:
    """Only sharing on special request rests on an agreement, and only what is still open (Đ13)."""
    if request.service.form != SharingService.Form.SPECIAL:
        raise ValidationError(
            _("Dịch vụ chia sẻ mặc định không cần văn bản thống nhất."), code="form"
        )
    if request.state in FINAL - {RequestState.ISSUED}:
        raise ValidationError(_("Yêu cầu đã kết thúc."), code="state")


def check_issuer(request: ConnectionRequest, by: Person) -> None:
    """Separation of duties: whoever issues is not of the requesting agency."""
    if any(one.agency_id == request.requester_id for one in current_memberships(by)):
        raise ValidationError(
            _("Người thuộc cơ quan yêu cầu không được xử lý yêu cầu của cơ quan mình."),
            code="same_agency",
        )


def check_networks(networks: Iterable[str]) -> list[str]:
    """Addresses and networks in one spelling.

    Raises ValidationError, all sentences at once, for what is none and for what no agency calls from.
    """
    read = [(text.strip()[:50], _network(text.strip())) for text in networks]
    if refused := [
        ValidationError(sentence, code="networks") for sentence in _wrong_networks(read)
    ]:
        raise ValidationError(refused, code="networks")
    return [str(network) for _text, network in read]


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _wrong_networks(
    read: Iterable[tuple[str, ipaddress.IPv4Network | ipaddress.IPv6Network | None]],
) -> Iterator[str]:
    for text, network in read:
        if network is None:
            yield _(
                "“%(text)s” không phải địa chỉ IP hoặc dải địa chỉ. Hãy ghi như 203.0.113.0/28."
            ) % {"text": text}
        elif network.prefixlen == 0:
            yield _("“%(text)s” là mọi địa chỉ. Hãy bỏ trống nếu không giới hạn địa chỉ.") % {
                "text": text
            }
        elif network.is_link_local or network.is_multicast:
            yield _(
                "“%(text)s” không phải địa chỉ mà một hệ thống gọi ra ngoài được. Hãy ghi địa chỉ mạng "
                "của cơ quan."
            ) % {"text": text}


def earliest_stop() -> date:
    """The first day on which a stop announced today may begin. Raises deadlines.law.NoRule."""
    today = clock.today()
    return law.counted(law.rule_on(STOP_NOTICE, today), today, law.calendar()).due


def check_account_step(account: ConnectionAccount, name: str) -> AccountStep:
    step = ACCOUNT_STEPS[name]
    if account.state not in step.sources:
        raise ValidationError(
            _("Tài khoản đang ở trạng thái “%(state)s”, không thể thực hiện.")
            % {"state": account.get_state_display()},
            code="state",
        )
    return step
