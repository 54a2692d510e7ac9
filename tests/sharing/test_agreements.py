"""Agreements for special requests: eleven headings, both sides' approval, versions, then the account."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import AuditEvent, Person
from accounts.permissions import Refused
from sharing.actions import agreements
from sharing.agreement_headings import HEADINGS
from sharing.models import Agreement, ConnectionAccount, ConnectionRequest, SharingService
from sharing.states import RequestState, Side
from tests import factories as make
from tests.sharing import made
from tests.sharing.desk import answer, look, send
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
WHOLE = {heading.key: f"Nội dung mục {heading.key}" for heading in HEADINGS}


@pytest.fixture
def case(cast: Cast) -> ConnectionRequest:
    service = made.service(cast, form=SharingService.Form.SPECIAL)
    return made.request_at(RequestState.PROCESSING, cast, service)


@pytest.fixture
def approver(cast: Cast) -> Person:
    """Of the agency that asks."""
    return make.person("approver", cast.requester)


def written(case: ConnectionRequest, cast: Cast, **facts: Any) -> Agreement:
    return agreements.write(request=case, by=cast.contact, **{"headings": WHOLE, **facts})


def agreed(case: ConnectionRequest, cast: Cast, approver: Person) -> Agreement:
    agreement = written(case, cast)
    agreements.approve(agreement=agreement, side=Side.REQUESTER, by=approver)
    return agreements.approve(agreement=agreement, side=Side.OWNER, by=cast.approver)


def test_there_are_eleven_headings():
    assert len(HEADINGS) == len({heading.key for heading in HEADINGS}) == 11


def test_agreed_when_both_sides_have_approved(
    cast: Cast, case: ConnectionRequest, approver: Person
):
    agreement = written(case, cast)
    one = agreements.approve(agreement=agreement, side=Side.OWNER, by=cast.approver)
    assert one.state == Agreement.State.DRAFT
    assert approver.notices.filter(kind="agreement.approved").exists()
    both = agreements.approve(agreement=agreement, side=Side.REQUESTER, by=approver)
    assert both.state == Agreement.State.AGREED
    assert cast.contact.notices.filter(kind="agreement.agreed").exists()
    actions = list(AuditEvent.objects.filter(action__startswith="agreement."))
    assert len(actions) == 3
    made.issue(case, cast)
    assert ConnectionAccount.objects.get().request == case


def test_an_unapproved_text_is_changed_in_place(cast: Cast, case: ConnectionRequest):
    written(case, cast)
    again = written(case, cast, headings={**WHOLE, "term": "Một năm."})
    assert (again.version, Agreement.objects.count()) == (1, 1)
    assert again.headings["term"] == "Một năm."


def test_a_new_version_replaces_the_agreed_one_once_it_is_agreed(
    cast: Cast, case: ConnectionRequest, approver: Person
):
    first = agreed(case, cast, approver)
    second = written(case, cast)
    first.refresh_from_db()
    assert (second.version, first.state) == (2, Agreement.State.AGREED)
    agreed(case, cast, approver)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (Agreement.State.REPLACED, Agreement.State.AGREED)


def test_a_text_one_side_approved_gives_way(cast: Cast, case: ConnectionRequest):
    first = written(case, cast)
    agreements.approve(agreement=first, side=Side.OWNER, by=cast.approver)
    second = written(case, cast)
    first.refresh_from_db()
    assert (second.version, first.state) == (2, Agreement.State.REPLACED)
    with pytest.raises(ValidationError, match="thay bằng bản mới"):
        agreements.approve(agreement=first, side=Side.OWNER, by=cast.approver)


def test_an_empty_heading_is_named(cast: Cast, case: ConnectionRequest):
    agreement = written(case, cast, headings={**WHOLE, "deletion": " "})
    with pytest.raises(ValidationError, match="Xoá, huỷ dữ liệu khi kết thúc"):
        agreements.approve(agreement=agreement, side=Side.OWNER, by=cast.approver)


def test_days_the_wrong_way_round(cast: Cast, case: ConnectionRequest):
    with pytest.raises(ValidationError, match="phải sau ngày bắt đầu"):
        written(case, cast, valid_from=date(2027, 1, 2), valid_to=date(2027, 1, 1))


def test_nobody_approves_for_the_other_side(cast: Cast, case: ConnectionRequest, approver: Person):
    agreement = written(case, cast)
    for side, by in (
        (Side.OWNER, approver),
        (Side.REQUESTER, cast.approver),
        (Side.REQUESTER, cast.contact),
        (Side.OWNER, cast.officer),
    ):
        with pytest.raises(Refused):
            agreements.approve(agreement=agreement, side=side, by=by)
    with pytest.raises(Refused):
        agreements.write(request=case, headings=WHOLE, by=cast.describer)


def test_only_for_special_requests_still_open(cast: Cast):
    case = made.request_at(RequestState.PROCESSING, cast)
    with pytest.raises(ValidationError, match="chia sẻ mặc định"):
        written(case, cast)


def test_written_and_approved_on_its_pages(
    client: Client, cast: Cast, case: ConnectionRequest, approver: Person
):
    assert "Chưa có văn bản thống nhất." in look(client, cast.officer, "agreement", case.pk)
    page = send(client, cast.contact, "agreement_write", case.pk, **WHOLE).content.decode()
    assert "Nội dung mục deletion" in page
    for person in (approver, cast.approver):
        page = send(client, person, "agreement_approve", case.pk).content.decode()
    assert "Đã thống nhất" in page
    again = send(client, cast.approver, "agreement_approve", case.pk).content.decode()
    assert "đã được duyệt hoặc đã thay bằng bản mới" in again
    stranger = make.person("approver", make.agency("Sở Khác"))
    for name in ("agreement", "agreement_write", "agreement_approve"):
        assert answer(client, stranger, name, case.pk).status_code == 404
