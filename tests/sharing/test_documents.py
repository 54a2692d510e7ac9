"""Documents of a request: kept with their verdict, whoever is on a side may take them home."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, Person
from accounts.permissions import Forbidden, NotFound, Refused
from core import clock, confined
from sharing.actions import decisions, documents, requests, roots
from sharing.models import ConnectionRequest, Document
from sharing.states import RequestState
from tests import factories as make
from tests.sharing import made, signing
from tests.sharing.desk import look
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
OFFICE = "Sở Tư pháp tỉnh Nghệ An"


@pytest.fixture(scope="module")
def root() -> signing.Certificate:
    return signing.root()


@pytest.fixture(scope="module")
def signed(root: signing.Certificate) -> bytes:
    return signing.signed_pdf(signing.certificate(OFFICE, issuer=root))


@pytest.fixture
def draft(cast: Cast) -> ConnectionRequest:
    return made.request_at(RequestState.DRAFT, cast)


def add(
    request: ConnectionRequest, by: Person, content: bytes, role: str = "request", name: str = ""
) -> Document:
    """Kept, and looked at as a worker does it."""
    document = keep(request, by, content, role, name)
    documents.check(document.pk)
    document.refresh_from_db()
    return document


def keep(
    request: ConnectionRequest, by: Person, content: bytes, role: str = "request", name: str = ""
) -> Document:
    file = make.incoming(content, name or "van-ban.pdf")
    return documents.add(request=request, role=role, file=file, by=by)


def post(client: Client, by: Person, request: ConnectionRequest, content: bytes, role: str) -> Any:
    client.force_login(by)
    file = SimpleUploadedFile("Văn bản 845.pdf", content, "application/pdf")
    address = reverse("request_document_add", args=[request.pk])
    return client.post(address, {"role": role, "file": file})


def test_kept_with_its_verdict_and_an_audit_row(
    cast: Cast, draft: ConnectionRequest, root: signing.Certificate, signed: bytes
):
    roots.add(content=root.der, by=make.person("ict_leader", cast.authority))
    document = add(draft, cast.contact, signed)
    assert document.verdict_code == "valid"
    assert document.verdict["signers"][0]["name"] == OFFICE
    with default_storage.open(document.file_key) as kept:
        assert kept.read() == signed
    [added] = AuditEvent.objects.filter(action="document.added")
    assert added.after["sha256"] == document.sha256
    [checked] = AuditEvent.objects.filter(action="document.checked")
    assert (checked.after["verdict"], checked.actor_id) == ("valid", None)


@pytest.mark.parametrize("kind", ["unsigned", "untrusted", "changed", "unreadable"])
def test_a_bad_signature_never_turns_a_file_away(
    cast: Cast, draft: ConnectionRequest, signed: bytes, kind: str
):
    content = {
        "unsigned": signing.plain_pdf(),
        "untrusted": signed,
        "changed": signing.with_changed_page(signed),
        "unreadable": b"%PDF-1.7 hong",
    }[kind]
    assert add(draft, cast.contact, content).verdict_code == kind


def test_the_verdict_stays_when_roots_change(
    cast: Cast, draft: ConnectionRequest, root: signing.Certificate, signed: bytes
):
    document = add(draft, cast.contact, signed)
    roots.add(content=root.der, by=make.person("ict_leader", cast.authority))
    document.refresh_from_db()
    assert document.verdict_code == "untrusted"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "không phải PDF"), (b"PK\x03\x04 tep word", "không phải PDF")],
)
def test_what_is_no_pdf_is_refused(
    cast: Cast, draft: ConnectionRequest, content: bytes, sentence: str
):
    with pytest.raises(ValidationError, match=sentence):
        keep(draft, cast.contact, content)
    assert not Document.objects.exists()


def test_too_large(cast: Cast, draft: ConnectionRequest, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(documents, "MOST_BYTES", 100)
    with pytest.raises(ValidationError, match="lớn hơn 50 MB"):
        keep(draft, cast.contact, signing.plain_pdf())


def test_the_same_file_twice_is_one_document(cast: Cast, draft: ConnectionRequest):
    content = signing.plain_pdf()
    assert keep(draft, cast.contact, content) == keep(draft, cast.contact, content)
    assert Document.objects.count() == 1
    assert AuditEvent.objects.filter(action="document.added").count() == 1


def step_page(client: Client, cast: Cast, draft: ConnectionRequest, **facts: str) -> str:
    """The page about the document, opened, or with one of its buttons pressed."""
    client.force_login(cast.contact)
    address = reverse("request_step", args=[draft.pk, "van-ban"])
    response = client.post(address, facts, follow=True) if facts else client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_wrong_file_is_removed_before_the_request_is_sent(
    client: Client,
    cast: Cast,
    draft: ConnectionRequest,
    django_capture_on_commit_callbacks: Any,
):
    """By the button on the page; what stands in the fields beside it is kept."""
    document = add(draft, cast.contact, signing.plain_pdf(), name="nham.pdf")
    page = step_page(client, cast, draft)
    assert f'name="remove" value="{document.pk}"' in page
    with django_capture_on_commit_callbacks(execute=True):
        pressed = {"remove": str(document.pk), "document_number": "845/STP-VP"}
        said = step_page(client, cast, draft, **pressed)
    assert "Đã gỡ văn bản nham.pdf." in said
    assert 'value="845/STP-VP"' in said
    assert not Document.objects.exists()
    assert not default_storage.exists(document.file_key)
    [removed] = AuditEvent.objects.filter(action="document.removed")
    assert (removed.before["sha256"], removed.actor_id) == (document.sha256, cast.contact.pk)
    again = step_page(client, cast, draft, remove=str(document.pk))
    assert "nham.pdf" not in again


def test_what_has_been_sent_stays(client: Client, cast: Cast, draft: ConnectionRequest):
    """Also while a supplement is written: only what came with that may go again."""
    sent = add(draft, cast.contact, signing.plain_pdf(), name="da-gui.pdf")
    made.fill_in(draft, cast)
    case = requests.submit(request=draft, by=cast.contact)
    decisions.ask_supplement(request=case, reason=made.REASON, by=cast.officer)
    case = ConnectionRequest.objects.get()
    late = add(case, cast.contact, signing.plain_pdf() + b"\n%", "supplement", "bo-sung.pdf")
    page = step_page(client, cast, case)
    assert f'value="{late.pk}"' in page
    assert f'value="{sent.pk}"' not in page
    assert "không gỡ được nữa" in step_page(client, cast, case, remove=str(sent.pk))
    step_page(client, cast, case, remove=str(late.pk))
    assert list(Document.objects.all()) == [sent]


def test_who_may_not_add_may_not_remove(cast: Cast, draft: ConnectionRequest):
    document = add(draft, cast.contact, signing.plain_pdf())
    for person in (
        cast.officer,
        cast.approver,
        make.person("contact_officer", make.agency("Sở Khác")),
    ):
        with pytest.raises(Refused):
            documents.remove(document=document, by=person)
    assert Document.objects.exists()


def test_removed_while_it_is_looked_at(
    cast: Cast, draft: ConnectionRequest, signed: bytes, monkeypatch: pytest.MonkeyPatch
):
    """The verdict of what is gone is dropped."""
    document = keep(draft, cast.contact, signed)
    judged = documents._judged

    def judged_too_late(found: Document) -> Any:
        verdict = judged(found)
        documents.remove(document=found, by=cast.contact)
        return verdict

    monkeypatch.setattr(documents, "_judged", judged_too_late)
    documents.check(document.pk)
    assert not Document.objects.exists()
    assert not AuditEvent.objects.filter(action="document.checked").exists()


def test_each_side_adds_its_own(cast: Cast):
    case = made.request_at(RequestState.SUBMITTED, cast)
    content = signing.plain_pdf()
    keep(case, cast.contact, content, "supplement")
    keep(case, cast.approver, content, "consent")
    for person, role, refusal in (
        (cast.approver, "request", NotFound),
        (cast.contact, "consent", NotFound),
        (cast.describer, "consent", Forbidden),
        (cast.officer, "request", Forbidden),
        (cast.officer, "consent", Forbidden),
        (make.person("approver", make.agency()), "consent", NotFound),
    ):
        with pytest.raises(refusal):
            keep(case, person, content, role)
    assert Document.objects.count() == 2


def test_officers_add_those_of_a_request_that_came_on_paper(cast: Cast):
    case = made.keyed_in(cast)
    content = signing.plain_pdf()
    for role in Document.Role:
        assert keep(case, cast.officer, content, role).role == role


@pytest.mark.parametrize(
    "state",
    [RequestState.ISSUED, RequestState.REFUSED, RequestState.WITHDRAWN, RequestState.DISCARDED],
)
def test_nothing_is_added_to_what_is_closed(cast: Cast, state: str):
    case = made.request_at(state, cast)
    with pytest.raises(ValidationError, match="đã kết thúc"):
        keep(case, cast.contact, signing.plain_pdf(), "supplement")
    assert documents.open_roles(case, cast.contact) == []


def test_a_refusing_owner_may_still_send_the_letter(cast: Cast):
    case = made.request_at(RequestState.OWNER_REFUSED, cast)
    assert keep(case, cast.approver, signing.plain_pdf(), "consent").role == "consent"


def test_sent_from_the_page(client: Client, cast: Cast, signed: bytes):
    case = made.request_at(RequestState.SUBMITTED, cast)
    response = post(client, cast.contact, case, signed, "supplement")
    assert response.headers["Location"] == reverse("connection_request", args=[case.pk])
    document = Document.objects.get()
    assert (document.file_name, document.uploaded_by) == ("Văn bản 845.pdf", cast.contact)


def test_the_page_refuses_what_the_action_refuses(client: Client, cast: Cast):
    case = made.request_at(RequestState.SUBMITTED, cast)
    for content, role, sentence in (
        (b"tep word", "supplement", "Tệp không phải PDF."),
        (signing.plain_pdf(), "khac", "Hãy chọn loại văn bản."),
    ):
        response = post(client, cast.contact, case, content, role)
        said = [str(message) for message in response.wsgi_request._messages]
        assert sentence in " ".join(said)
    client.post(reverse("request_document_add", args=[case.pk]), {"role": "supplement"})
    assert post(client, cast.officer, case, signing.plain_pdf(), "consent").status_code == 403
    assert not Document.objects.exists()


def test_whoever_is_on_a_side_takes_it_home(client: Client, cast: Cast, signed: bytes):
    case = made.request_at(RequestState.SUBMITTED, cast)
    document = keep(case, cast.contact, signed, "supplement", "Văn bản 845.pdf")
    address = reverse("request_document", args=[document.pk])
    for person in (cast.contact, cast.describer, cast.approver, cast.officer):
        client.force_login(person)
        response = client.get(address)
        assert response.status_code == 200
        assert b"".join(response.streaming_content) == signed
        assert response.headers["Content-Disposition"].startswith("attachment;")
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Type"] == "application/pdf"
        assert "no-store" in response.headers["Cache-Control"]
    client.force_login(make.person("approver", make.agency()))
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_draft_s_document_is_the_requester_s_alone(
    client: Client, cast: Cast, draft: ConnectionRequest
):
    document = keep(draft, cast.contact, signing.plain_pdf())
    client.force_login(cast.approver)
    assert client.get(reverse("request_document", args=[document.pk])).status_code == 404


def test_the_case_says_what_each_signature_is_worth(client: Client, cast: Cast, signed: bytes):
    case = made.request_at(RequestState.SUBMITTED, cast)
    add(case, cast.contact, signed, "supplement", "nguyen-ven.pdf")
    add(case, cast.contact, signing.with_changed_page(signed), "supplement", "bi-sua.pdf")
    add(case, cast.contact, signing.plain_pdf(), "supplement", "khong-ky.pdf")
    add(case, cast.contact, signing.encrypted_pdf(), "supplement", "mat-khau.pdf")
    page = look(client, cast.officer, "office_request", case.pk)
    for said in (
        "Toàn vẹn nhưng chưa tin cậy",
        f"Người ký: {OFFICE}, lúc ",
        "chưa có chứng thư gốc tin cậy",
        "Đã bị sửa sau khi ký",
        "Sau khi ký, nội dung văn bản đã bị sửa.",
        "Không có chữ ký số",
        "Tệp có mật khẩu nên không kiểm tra được chữ ký",
    ):
        assert said in page, said
    document = Document.objects.get(file_name="bi-sua.pdf")
    assert reverse("request_document", args=[document.pk]) in page
    assert "Thêm văn bản" not in page  # the officers add only what came on paper


def test_a_file_that_takes_too_much_is_given_up_with_a_sentence(
    client: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(documents, "LIMITS", replace(documents.LIMITS, cpu_seconds=2))
    case = made.request_at(RequestState.SUBMITTED, cast)
    document = add(case, cast.contact, signing.bomb_pdf(), "supplement")
    assert (document.verdict_code, document.verdict["problem"]) == ("unreadable", "too_heavy")
    assert document.attempts == 1
    page = look(client, cast.contact, "connection_request", case.pk)
    assert "Không kiểm tra được" in page
    assert "hãy xuất lại tệp PDF rồi gửi lại" in page


def test_until_a_worker_has_looked_the_page_says_so_and_asks_again(
    client: Client, cast: Cast, signed: bytes
):
    case = made.request_at(RequestState.SUBMITTED, cast)
    document = keep(case, cast.contact, signed, "supplement")
    page = look(client, cast.contact, "connection_request", case.pk)
    state = reverse("request_document_state", args=[document.pk])
    assert "Đang kiểm tra chữ ký số" in page
    assert f'hx-get="{state}"' in page
    documents.check(document.pk)
    client.force_login(cast.contact)
    entry = client.get(state, headers={"HX-Request": "true"}).content.decode()
    assert "Toàn vẹn nhưng chưa tin cậy" in entry
    assert "hx-get" not in entry
    assert client.get(state).headers["Location"] == reverse("connection_request", args=[case.pk])
    assert "htmx" not in look(client, cast.contact, "connection_request", case.pk)


def test_a_check_runs_once_and_what_was_left_is_queued_again(
    cast: Cast, signed: bytes, monkeypatch: pytest.MonkeyPatch
):
    queued: list[str] = []
    monkeypatch.setattr(documents, "after_commit", lambda _task, key: queued.append(key))
    case = made.request_at(RequestState.SUBMITTED, cast)
    document = keep(case, cast.contact, signed, "supplement")
    assert queued == [str(document.pk)]
    assert documents.resume_checks() == 0  # it has only just come
    with clock.set_to(clock.now() + 2 * documents.RESUME_AFTER):
        assert documents.resume_checks() == 1
    documents.check(document.pk)
    documents.check(document.pk)
    assert AuditEvent.objects.filter(action="document.checked").count() == 1
    with clock.set_to(clock.now() + 2 * documents.RESUME_AFTER):
        assert documents.resume_checks() == 0


def test_a_check_that_the_machine_broke_off_is_done_again(
    cast: Cast, signed: bytes, monkeypatch: pytest.MonkeyPatch
):
    case = made.request_at(RequestState.SUBMITTED, cast)
    document = keep(case, cast.contact, signed, "supplement")

    def killed(*_asked: object, **_limits: object) -> None:
        raise confined.Died("killed")

    with monkeypatch.context() as broken:
        broken.setattr(confined, "run", killed)
        documents.check(document.pk)
    document.refresh_from_db()
    assert (document.verdict_code, document.attempts) == ("checking", 1)
    documents.check(document.pk)
    document.refresh_from_db()
    assert document.verdict_code == "untrusted"


def test_what_breaks_its_workers_again_and_again_is_given_up(cast: Cast):
    case = made.request_at(RequestState.SUBMITTED, cast)
    document = keep(case, cast.contact, signing.plain_pdf(), "supplement")
    Document.objects.filter(pk=document.pk).update(attempts=documents.MOST_ATTEMPTS)
    documents.check(document.pk)
    document.refresh_from_db()
    assert (document.verdict_code, document.verdict["problem"]) == ("unreadable", "broken")
