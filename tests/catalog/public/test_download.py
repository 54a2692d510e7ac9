"""Downloads: every format, names, conditional requests, refusals."""

import io
import json
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest
from django.test import Client

from catalog import files
from catalog.actions import dataset as dataset_actions
from catalog.actions import decision, excel
from catalog.downloads import Format, download_path, wanted_file
from catalog.models import Dataset, Release
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def release() -> Release:
    return factories.published()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def take(client: Client, release: Release, format: Format, **headers: str) -> Any:
    return client.get(download_path(release, format), headers=headers)


def test_csv_opens_in_excel_with_its_marks(release: Release, client: Client) -> None:
    response = take(client, release, Format.CSV)
    content = body(response)
    assert content.startswith(b"\xef\xbb\xbf")
    assert "Đô Lương" in content.decode()
    name = f"{release.resource.dataset.slug}_{release.period}.csv"
    assert (
        response["Content-Disposition"]
        == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert int(response["Content-Length"]) == len(content) == release.csv_size


def test_json_is_an_array_of_objects(release: Release, client: Client) -> None:
    rows = json.loads(body(take(client, release, Format.JSON)))
    assert rows[0] == {
        "ma_xa": "00123", "ten_xa": "Đô Lương", "so_truong": 12, "ti_le": 45.5, "ngay_bao_cao": "2026-09-30",
    }  # fmt: skip
    assert len(rows) == release.row_count


def test_parquet_is_read_by_others(release: Release, client: Client) -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(body(take(client, release, Format.PARQUET))))
    assert table.num_rows == 3
    assert table.column("ma_xa").to_pylist()[0] == "00123"


def test_the_original_is_what_was_delivered(release: Release, client: Client) -> None:
    response = take(client, release, Format.ORIGINAL)
    assert body(response).decode() == factories.GOOD_CSV
    assert f"_{release.period}_goc.csv" in response["Content-Disposition"]


def test_excel_is_there_once_prepared(release: Release, client: Client) -> None:
    excel.prepare(release.pk)
    release.refresh_from_db()
    response = take(client, release, Format.EXCEL)
    sheet = openpyxl.load_workbook(io.BytesIO(body(response))).worksheets[0]
    assert "Đô Lương" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_excel_not_ready_says_when(release: Release, client: Client) -> None:
    response = take(client, release, Format.EXCEL)
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert "đang được chuẩn bị" in response.content.decode()


def test_more_rows_than_a_worksheet_says_why(release: Release, client: Client) -> None:
    Release.objects.filter(pk=release.pk).update(row_count=1_048_576)
    response = take(client, release, Format.EXCEL)
    assert response.status_code == 404
    assert "quá sức một trang tính Excel" in response.content.decode()
    page = client.get(release.resource.dataset.get_absolute_url()).content.decode()
    assert ".xlsx" not in page


@pytest.mark.parametrize("format", [Format.CSV, Format.JSON, Format.PARQUET, Format.ORIGINAL])
def test_what_has_not_changed_is_not_sent_again(
    release: Release, client: Client, format: Format
) -> None:
    first = take(client, release, format)
    body(first)
    again = take(client, release, format, if_none_match=first["ETag"])
    assert again.status_code == 304
    since = take(client, release, format, if_modified_since=first["Last-Modified"])
    assert since.status_code == 304
    assert body(take(client, release, format, if_none_match='"other"'))


@pytest.mark.parametrize("format", [Format.CSV, Format.JSON, Format.PARQUET, Format.ORIGINAL])
def test_head_has_the_headers_and_no_body(release: Release, client: Client, format: Format) -> None:
    full = take(client, release, format)
    length = len(body(full))
    head = client.head(download_path(release, format))
    assert head.status_code == 200
    assert body(head) == b""
    assert head["ETag"] == full["ETag"]
    assert head["Content-Type"] == full["Content-Type"]
    if format is not Format.JSON:
        assert int(head["Content-Length"]) == length


def test_chosen_rows_as_csv(release: Release, client: Client) -> None:
    query = {"cot": "so_truong", "phep": "ge", "gia_tri": "12", "sort": "-so_truong"}
    response = client.get(download_path(release, Format.CSV), query)
    lines = body(response).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Mã xã,Tên xã")
    assert [line.split(",")[1] for line in lines[1:]] == ["Yên Thành", "Đô Lương"]
    assert f"{release.period}_loc.csv" in response["Content-Disposition"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"sort": "khong_co"},
        {"cot": "so_truong", "phep": "ge", "gia_tri": "x"},
        {"cot": "a", "phep": "b"},
    ],
)
def test_a_wrong_filter_is_refused_before_anything_is_sent(
    release: Release, client: Client, wrong: dict[str, str]
) -> None:
    response = client.get(download_path(release, Format.CSV), wrong)
    assert response.status_code == 400
    assert "Không lọc được bảng" in response.content.decode()


def test_several_tables_name_the_table(release: Release, client: Client) -> None:
    alone = download_path(release, Format.CSV)
    factories.resource(release.resource.dataset, title="Bảng giáo viên")
    fresh = Release.objects.select_related("resource__dataset").get(pk=release.pk)
    named = download_path(fresh, Format.CSV)
    assert named.endswith(f"_{release.resource.name}_{release.period}.csv")
    answer = client.get(alone)
    assert (answer.status_code, answer["Location"]) == (301, named)


def test_a_renamed_dataset_redirects_its_files(release: Release, client: Client) -> None:
    old = download_path(release, Format.CSV)
    dataset_actions.rename(
        dataset=release.resource.dataset, slug="ten-moi", by=factories.person("ict_officer")
    )
    answer = client.get(old)
    assert answer.status_code == 301
    assert answer["Location"].endswith(f"/ten-moi_{release.period}.csv")
    assert body(client.get(answer["Location"]))


def test_the_newer_delivery_of_a_period_takes_the_address(release: Release, client: Client) -> None:
    address = download_path(release, Format.CSV)
    tag = client.head(address)["ETag"]
    newer = factories.GOOD_CSV.replace("Đô Lương", "Tân Kỳ")
    factories.published(of=release.resource, period=release.period, content=newer)
    assert "Tân Kỳ" in body(client.get(address)).decode()
    assert client.head(address)["ETag"] != tag


def test_a_withdrawn_period_is_not_there(release: Release, client: Client) -> None:
    address = download_path(release, Format.CSV)
    approver = factories.person("approver", release.resource.dataset.agency)
    decision.withdraw(release=release, reason="Nhầm tệp của kỳ khác.", by=approver)
    gone = client.get(address)
    assert gone.status_code == 410
    assert "Nhầm tệp của kỳ khác." in gone.content.decode()


def test_a_withdrawn_dataset_is_gone(release: Release, client: Client) -> None:
    owner = release.resource.dataset
    dataset_actions.withdraw(
        dataset=owner,
        reason="Số liệu trùng với bộ khác.",
        by=factories.person("approver", owner.agency),
    )
    assert take(client, release, Format.CSV).status_code == 410


@pytest.mark.parametrize("state", ["ready", "submitted", "returned"])
def test_what_is_not_published_is_not_there(client: Client, state: str) -> None:
    table = factories.published(period="2026Q1").resource
    waiting = factories.release_at(state, of=table, period="2026Q2")
    assert take(client, waiting, Format.CSV).status_code == 404
    assert take(client, waiting, Format.ORIGINAL).status_code == 404


@pytest.mark.parametrize("format", list(Format))
def test_shared_data_are_refused_with_a_sentence(client: Client, format: Format) -> None:
    table = factories.dataset(access=Dataset.Access.SHARED).resources.get()
    response = take(client, factories.published(of=table), format)
    assert response.status_code == 403
    assert "chỉ chia sẻ giữa các cơ quan nhà nước" in response.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "x",
        "x.csv",
        "x_2026Q9.csv",
        "x_2026Q3.exe",
        "../x_2026Q3.csv",
        "x_2026Q3.csv.csv",
        "_2026Q3.csv",
    ],
)
def test_names_that_are_none_of_ours(release: Release, client: Client, name: str) -> None:
    start = download_path(release, Format.CSV).rpartition("/")[0]
    assert client.get(f"{start}/{name}").status_code == 404


def test_post_is_no_way_to_download(release: Release, client: Client) -> None:
    assert client.post(download_path(release, Format.CSV)).status_code == 405


def test_names_say_period_and_format() -> None:
    wanted = wanted_file("truong-hoc_bang_2026-09-30_goc.xlsx")
    assert wanted
    assert (wanted.period, wanted.format) == ("2026-09-30", Format.ORIGINAL)


def test_files_are_sent_from_disk_not_from_memory(release: Release, client: Client) -> None:
    response = take(client, release, Format.CSV)
    assert response.streaming
    assert files.cached(f"{release.folder}/{files.CSV}").stat().st_size == int(
        response["Content-Length"]
    )
    response.close()
