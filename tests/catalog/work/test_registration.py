"""Registering a dataset and changing its description."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency, AuditEvent
from catalog.models import Dataset
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of


def answers(**changes: Any) -> dict[str, Any]:
    """The registration form filled in well."""
    return {
        "title_vi": "Cơ sở khám bệnh, chữa bệnh",
        "title_en": "Health facilities",
        "description_vi": "Mỗi dòng là một cơ sở được cấp phép hoạt động.",
        "contact_post": "Phòng Nghiệp vụ Y",
        "contact_email": "nghiep-vu-y@thu.example",
        "topics": [factories.topic().pk],
        "keywords": "bệnh viện, trạm y tế,, bệnh viện",
        "frequency": "quarterly",
        "access": "open",
        "licence": factories.licence().pk,
        "legal_ground": "Quyết định 22/2023/QĐ-UBND",
        "spatial": "Tỉnh Nghệ An",
        "temporal_start": "2023-10-10",
        "overlap": "none",
        "not_secret": "on",
        **changes,
    }


def register(client: Client, agency: Agency, **changes: Any) -> Any:
    return client.post(reverse("dataset_register"), answers(agency=agency.pk, **changes))


def test_a_dataset_with_its_first_table(client: Client, agency: Agency, sign_in: SignIn) -> None:
    person = sign_in("contributor")
    response = register(client, agency)
    dataset = Dataset.objects.get()
    assert response["Location"] == reverse("work_dataset", args=["co-so-kham-benh-chua-benh"])
    assert (dataset.state, dataset.agency, dataset.created_by) == ("draft", agency, person)
    assert dataset.keywords == ["bệnh viện", "trạm y tế"]
    assert [topic.slug for topic in dataset.topics.all()] == ["y-te"]
    assert dataset.resources.get().title_vi == "Cơ sở khám bệnh, chữa bệnh"
    assert AuditEvent.objects.filter(action="dataset.registered", actor_id=person.pk).exists()


def test_the_form_asks_for_what_the_law_wants_to_know(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    page = client.get(reverse("dataset_register")).content.decode()
    assert "khoản 2 Điều 1" in page
    assert "khoản 4 Điều 4" in page
    assert "Cơ quan cung cấp: <b>Sở Y tế</b>" in page


def test_a_listed_dataset_gets_no_table(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    register(client, agency, access="listed")
    assert not Dataset.objects.get().resources.exists()


def test_an_empty_form_says_what_is_missing_and_links_to_it(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    response = client.post(reverse("dataset_register"), {})
    page = response.content.decode()
    assert response.status_code == 200
    assert title_of(page).startswith("Lỗi: Đăng ký bộ dữ liệu mới")
    assert 'href="#id_title_vi">Tên bộ dữ liệu: Hãy điền nội dung này.' in page
    assert "Hãy chọn một mục." in page
    assert not Dataset.objects.exists()


def test_state_secrets_are_out_of_scope(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    response = register(client, agency, not_secret="")
    assert "bí mật nhà nước không được đưa lên cổng" in response.content.decode()
    assert not Dataset.objects.exists()


def test_a_nearly_equal_title_is_shown_once_and_has_to_be_confirmed(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    known = factories.dataset("Các cơ sở khám bệnh, chữa bệnh", at=agency)
    response = register(client, agency)
    page = response.content.decode()
    assert known.title in page
    assert "Đây là bộ dữ liệu khác" in page
    assert Dataset.objects.count() == 1

    assert register(client, agency, distinct="on").status_code == 302
    assert Dataset.objects.count() == 2


def test_a_draft_of_another_agency_is_not_given_away(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    factories.dataset("Các cơ sở khám bệnh, chữa bệnh", at=factories.agency("Sở khác"))
    assert register(client, agency).status_code == 302


def test_a_published_dataset_of_another_agency_is_shown(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    other = factories.dataset("Cơ sở khám, chữa bệnh", at=factories.agency("Sở khác"))
    factories.published(of=other.resources.get())
    assert other.title in register(client, agency).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (
            {"temporal_start": "2026-01-01", "temporal_end": "2025-01-01"},
            "Ngày kết thúc phải sau ngày bắt đầu.",
        ),
        ({"overlap": "synchronised"}, "Hãy ghi tên cơ sở dữ liệu của bộ, ngành"),
        ({"keywords": "x" * 61}, "không quá 60 ký tự"),
        ({"temporal_start": "hôm qua"}, "Hãy ghi ngày theo dạng 31/08/2026."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    client: Client, agency: Agency, sign_in: SignIn, changes: dict[str, str], sentence: str
) -> None:
    sign_in("contributor")
    assert sentence in register(client, agency, **changes).content.decode()
    assert not Dataset.objects.exists()


def test_nobody_registers_for_another_agency(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    response = register(client, factories.agency("Sở khác"))
    assert response.status_code == 200
    assert not Dataset.objects.exists()


def test_a_person_of_two_agencies_chooses(client: Client, agency: Agency, sign_in: SignIn) -> None:
    person = sign_in("contributor")
    other = factories.agency("Sở Nội vụ")
    person.memberships.create(agency=other, role_code="contributor")
    assert '<select name="agency"' in client.get(reverse("dataset_register")).content.decode()
    register(client, other)
    assert Dataset.objects.get().agency == other


def test_the_illustrative_mark_is_offered_in_a_demonstration_only(
    client: Client, sign_in: SignIn, settings: Any
) -> None:
    sign_in("contributor")
    assert "is_illustrative" not in client.get(reverse("dataset_register")).content.decode()
    settings.DEMO = True
    assert "is_illustrative" in client.get(reverse("dataset_register")).content.decode()


def test_a_description_is_changed(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    dataset = factories.dataset(at=agency)
    address = reverse("dataset_edit", args=[dataset.slug])
    assert 'value="thử nghiệm"' in client.get(address).content.decode()
    response = client.post(address, answers(title_vi="Tên mới", keywords="mới"))
    assert response.status_code == 302
    dataset.refresh_from_db()
    assert (dataset.title_vi, dataset.keywords) == ("Tên mới", ["mới"])
    assert dataset.slug == "truong-hoc-theo-xa"


def test_the_agency_is_not_changed_by_editing(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    person = sign_in("contributor")
    other = factories.agency("Sở Nội vụ")
    person.memberships.create(agency=other, role_code="contributor")
    dataset = factories.dataset(at=agency)
    client.post(reverse("dataset_edit", args=[dataset.slug]), answers(agency=other.pk))
    dataset.refresh_from_db()
    assert dataset.agency == agency


def test_a_withdrawn_dataset_is_not_changed(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    from catalog.actions import dataset as actions

    sign_in("contributor")
    dataset = factories.published(of=factories.dataset(at=agency).resources.get()).resource.dataset
    approver = factories.person("approver", agency)
    actions.withdraw(dataset=dataset, reason="Trùng với dữ liệu khác.", by=approver)
    response = client.post(reverse("dataset_edit", args=[dataset.slug]), answers())
    assert "đã rút, không thay đổi được nữa" in response.content.decode()
