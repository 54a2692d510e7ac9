"""Adding a table and writing the data dictionary."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from catalog.actions import resource as actions
from catalog.models import Dataset, Resource
from tests import factories
from tests.catalog.work.conftest import SignIn, title_of


@pytest.fixture
def table(agency: Agency) -> Resource:
    release = factories.published(of=factories.dataset(at=agency).resources.get())
    return Resource.objects.get(pk=release.resource_id)


def said(names: list[str], **changes: str) -> dict[str, str]:
    """The form of the dictionary, sent with a label for each column."""
    form = {"cot-TOTAL_FORMS": str(len(names)), "cot-INITIAL_FORMS": str(len(names))}
    for place, name in enumerate(names):
        form |= {f"cot-{place}-name": name, f"cot-{place}-label": f"Cột {name}"}
    return form | changes


def names_of(table: Resource) -> list[str]:
    return [column["name"] for column in table.columns]


def test_a_table_is_added(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    dataset = factories.dataset(at=agency)
    client.post(reverse("resource_add", args=[dataset.slug]), {"title_vi": "Giáo viên theo xã"})
    assert [one.name for one in dataset.resources.all()] == ["bang-chinh", "giao-vien-theo-xa"]


def test_a_second_table_of_the_same_name(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    dataset = factories.dataset(at=agency)
    response = client.post(reverse("resource_add", args=[dataset.slug]), {"title_vi": "Bảng chính"})
    assert "đã có bảng với tên này" in response.content.decode()


def test_a_listed_dataset_takes_no_table(client: Client, agency: Agency, sign_in: SignIn) -> None:
    sign_in("contributor")
    dataset = factories.dataset(at=agency, access=Dataset.Access.LISTED)
    response = client.post(reverse("resource_add", args=[dataset.slug]), {"title_vi": "Bảng"})
    assert "chỉ công bố thông tin mô tả" in response.content.decode()


def test_columns_are_described(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    address = reverse("resource_columns", args=[table.pk])
    page = client.get(address).content.decode()
    assert "so_truong" in page
    assert "số nguyên" in page
    names = names_of(table)
    sent = said(
        names,
        **{
            "cot-0-is_key": "on",
            "cot-2-unit": "trường",
            "cot-2-description_vi": "Số trường công lập",
            "cot-2-required": "on",
        },
    )
    assert client.post(address, sent).status_code == 302
    table.refresh_from_db()
    assert table.key_columns == [names[0]]
    assert table.columns[2] | {"unit": "trường", "required": True} == table.columns[2]
    assert table.columns[2]["description_vi"] == "Số trường công lập"
    assert table.columns[2]["type"] == "integer"


def test_each_page_of_a_wide_table_is_saved_by_itself(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    person = sign_in("contributor")
    columns = [{"name": f"c{n}", "label": f"C{n}", "type": "text"} for n in range(30)]
    table = actions.add(
        dataset=factories.dataset(at=agency),
        title_vi="Bảng rộng",
        by=person,
        columns=columns,
        key_columns=["c0", "c29"],
    )
    address = reverse("resource_columns", args=[table.pk])
    second = [f"c{n}" for n in range(25, 30)]
    client.post(f"{address}?page=2", said(second, **{"cot-0-is_key": "on"}))
    table.refresh_from_db()
    assert table.key_columns == ["c0", "c25"]
    assert table.columns[0]["label"] == "C0"
    assert table.columns[29]["label"] == "Cột c29"


def test_a_column_needs_a_label(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    sent = said(names_of(table), **{"cot-1-label": ""})
    page = client.post(reverse("resource_columns", args=[table.pk]), sent).content.decode()
    assert 'href="#id_cot-1-label"' in page
    assert title_of(page).startswith("Lỗi: ")


def test_a_column_that_is_not_there(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    response = client.post(reverse("resource_columns", args=[table.pk]), said(["khong_co"]))
    assert "Bảng không có cột này" in response.content.decode()


def test_before_the_first_release_there_is_nothing_to_describe(
    client: Client, agency: Agency, sign_in: SignIn
) -> None:
    sign_in("contributor")
    table = factories.dataset(at=agency).resources.get()
    page = client.get(reverse("resource_columns", args=[table.pk])).content.decode()
    assert "Từ điển được lập khi kỳ dữ liệu đầu tiên" in page
    assert client.get(reverse("resource_template", args=[table.pk])).status_code == 404


def test_the_template_is_a_header_row(client: Client, table: Resource, sign_in: SignIn) -> None:
    sign_in("contributor")
    response: Any = client.get(reverse("resource_template", args=[table.pk]))
    text = response.content.decode("utf-8-sig")
    assert text == "Mã xã,Tên xã,Số trường,Tỉ lệ,Ngày báo cáo\n"
    assert 'filename="mau-bang-chinh.csv"' in response["Content-Disposition"]
