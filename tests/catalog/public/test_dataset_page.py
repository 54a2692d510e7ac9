"""/dataset/<slug>: facts, table, periods, metadata; moved, withdrawn, draft and closed ones."""

import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from catalog.actions import dataset as dataset_actions
from catalog.actions import resource as resource_actions
from catalog.models import Dataset, Release
from catalog.views.public.dataset import dataset
from tests import factories
from tests.catalog.public.conftest import MakePublic

pytestmark = pytest.mark.django_db

MANY_ROWS = "Mã,Tên,Năm,Số lớp\n" + "".join(
    f"{n:03},Trường {n},2026,{n * 1000}\n" for n in range(120)
)


@pytest.fixture
def release() -> Release:
    return factories.published()


@pytest.fixture
def long() -> Release:
    return factories.published(content=MANY_ROWS)


def page_of(release: Release, client: Client, **query: Any) -> Any:
    return client.get(release.resource.dataset.get_absolute_url(), query)


def cells(page: Any) -> list[list[str | None]]:
    return [[cell.text for cell in row] for row in page.context["explorer"].shown.rows]


def test_it_shows_the_newest_data(release: Release, client: Client) -> None:
    page = page_of(release, client)
    text = page.content.decode()
    assert page.status_code == 200
    assert "<h1>Trường học theo xã</h1>" in text
    assert cells(page)[0] == ["00123", "Đô Lương", "12", "45,5", "30/09/2026"]
    assert "Tải CSV" in text
    assert "Bảng chính" in text
    assert "Dữ liệu mở" in text


def test_every_download_stands_on_the_page(release: Release, client: Client) -> None:
    text = page_of(release, client).content.decode()
    slug, period = release.resource.dataset.slug, release.period
    for name in (
        f"{slug}_{period}.csv",
        f"{slug}_{period}.json",
        f"{slug}_{period}.parquet",
        f"{slug}_{period}_goc.csv",
    ):
        assert name in text
    assert "XLSX: đang chuẩn bị" in text


def test_it_sorts_both_ways_and_says_so(long: Release, client: Client) -> None:
    page = page_of(long, client, sort="-so_lop")
    assert cells(page)[0][:2] == ["119", "Trường 119"]
    assert 'aria-sort="descending"' in page.content.decode()
    assert cells(page_of(long, client, sort="so_lop"))[0][0] == "000"


def test_years_are_not_grouped_but_figures_are(long: Release, client: Client) -> None:
    assert cells(page_of(long, client, sort="-so_lop"))[0][2:] == ["2026", "119.000"]


def test_english_figures_on_english_pages(long: Release, client: Client) -> None:
    page = client.get(f"/en{long.resource.dataset.get_absolute_url()}", {"sort": "-so_lop"})
    assert cells(page)[0][3] == "119,000"


def test_fifty_rows_a_page(long: Release, client: Client) -> None:
    assert len(cells(page_of(long, client))) == 50
    assert cells(page_of(long, client, page="3"))[0][0] == "100"
    assert len(cells(page_of(long, client, page="3"))) == 20


def test_a_filter_narrows_and_has_a_chip_and_a_download(long: Release, client: Client) -> None:
    page = page_of(long, client, cot="ten", phep="contains", gia_tri="TRUONG 11")
    table = page.context["explorer"].shown
    assert table.total == 11
    assert [chip.text for chip in table.chips] == ["Tên chứa TRUONG 11"]
    assert "cot=" not in table.chips[0].without
    text = page.content.decode()
    assert '<b class="tn">11</b> trong 120 dòng khớp' in text
    assert "Tải 11 dòng này" in text


def test_filters_add_up(long: Release, client: Client) -> None:
    query = "?cot=ten&phep=contains&gia_tri=11&cot=so_lop&phep=ge&gia_tri=112.000"
    page = client.get(long.resource.dataset.get_absolute_url() + query)
    assert [row[0] for row in cells(page)] == [f"{n}" for n in range(112, 120)]
    without_first = page.context["explorer"].shown.chips[0].without
    assert len(cells(client.get(long.resource.dataset.get_absolute_url() + without_first))) == 8


def test_nothing_matches_is_said(long: Release, client: Client) -> None:
    page = page_of(long, client, cot="ten", phep="eq", gia_tri="không có")
    assert page.status_code == 200
    assert "Không có dòng nào khớp" in page.content.decode()


def test_empty_cells_can_be_asked_for(release: Release, client: Client) -> None:
    assert page_of(release, client, cot="ten_xa", phep="empty").context["explorer"].shown.total == 0
    assert (
        page_of(release, client, cot="ten_xa", phep="not_empty").context["explorer"].shown.total
        == 3
    )


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"sort": "khong_co"}, "Bảng không có cột"),
        ({"cot": "khong_co", "phep": "eq", "gia_tri": "1"}, "Bảng không có cột"),
        (
            {"cot": "so_lop", "phep": "eq", "gia_tri": "abc"},
            "không hợp lệ cho cột “Số lớp” kiểu số nguyên",
        ),
        ({"cot": "so_lop", "phep": "contains", "gia_tri": "1"}, "Phép “chứa” không dùng được"),
        ({"cot": "so_lop", "phep": "like", "gia_tri": "1"}, "Không có phép so sánh"),
        ({"cot": "so_lop", "phep": "ge"}, "thiếu giá trị"),
        ({"page": "9"}, "không có trang đó"),
        ({"page": "0"}, "không có trang đó"),
        ({"page": "x"}, "không có trang đó"),
        ({"page": "99999999999999999999"}, "không có trang đó"),
        ({"page": "9999999999"}, "không có trang đó"),
    ],
)
def test_what_cannot_be_gets_a_sentence_and_the_plain_table(
    long: Release, client: Client, wrong: dict[str, str], sentence: str
) -> None:
    page = page_of(long, client, **wrong)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    assert len(cells(page)) == 50


def test_another_period(client: Client) -> None:
    table = factories.dataset().resources.get()
    factories.published(of=table, period="2026Q2")
    factories.published(
        of=table, period="2026Q1", content=factories.GOOD_CSV.replace("Đô Lương", "Kỳ trước")
    )
    page = client.get(table.dataset.get_absolute_url(), {"ky": "2026Q1"})
    assert cells(page)[0][1] == "Kỳ trước"
    assert [p.release.period for p in page.context["recent_periods"]] == ["2026Q2", "2026Q1"]


def test_a_period_without_data_is_404_with_the_newest(release: Release, client: Client) -> None:
    page = page_of(release, client, ky="1999Q1")
    assert page.status_code == 404
    assert "Dưới đây là kỳ mới nhất" in page.content.decode()
    assert len(cells(page)) == 3


def test_several_tables_switch(release: Release, client: Client) -> None:
    owner = release.resource.dataset
    second = factories.resource(owner, title="Bảng giáo viên")
    factories.published(of=second, content="Mã,Giáo viên\n001,12\n")
    first = client.get(owner.get_absolute_url()).content.decode()
    address = f"{owner.get_absolute_url()}/resource/{second.pk}"
    assert address in first
    assert cells(client.get(address)) == [["001", "12"]]


def test_a_table_of_another_dataset_is_not_here(release: Release, client: Client) -> None:
    other = factories.published()
    address = f"{release.resource.dataset.get_absolute_url()}/resource/{other.resource_id}"
    assert client.get(address).status_code == 404


def test_the_dictionary_has_the_words_of_the_agency(release: Release, client: Client) -> None:
    table = release.resource
    table.refresh_from_db()
    resource_actions.describe_columns(
        resource=table,
        descriptions={
            "so_truong": {
                "label": "Tổng số trường",
                "unit": "trường",
                "description_vi": "Công lập và tư thục",
            }
        },
        key_columns=["ma_xa"],
        by=factories.person("contributor", table.dataset.agency),
    )
    assert "Tổng số trường (trường)" in page_of(release, client).content.decode()
    text = page_of(release, client, xem="tu-dien").content.decode()
    assert "Công lập và tư thục" in text
    assert "từ 8 đến 15" in text


def test_made_up_figures_say_so(client: Client) -> None:
    table = factories.dataset(is_illustrative=True).resources.get()
    text = page_of(factories.published(of=table), client).content.decode()
    assert "Số liệu minh hoạ." in text


def test_the_data_block_for_search_engines_parses(release: Release, client: Client) -> None:
    text = page_of(release, client).content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, flags=re.DOTALL)
    assert block
    facts = json.loads(block[1])
    assert facts["@id"].endswith(release.resource.dataset.get_absolute_url())
    assert {one["encodingFormat"] for one in facts["distribution"]} >= {
        "text/csv",
        "application/json",
    }


def test_the_data_block_cannot_be_broken_out_of(client: Client) -> None:
    table = factories.dataset("Tên </script><script>alert(1)</script>").resources.get()
    text = page_of(factories.published(of=table), client).content.decode()
    assert "<script>alert" not in text


def test_without_javascript_there_is_no_inline_code(release: Release, client: Client) -> None:
    text = page_of(release, client).content.decode()
    assert not re.search(r"\son[a-z]+=|\sstyle=|javascript:", text)


def test_a_renamed_dataset_redirects_and_keeps_the_query(release: Release, client: Client) -> None:
    old = release.resource.dataset
    dataset_actions.rename(dataset=old, slug="ten-moi", by=factories.person("ict_officer"))
    answer = client.get(f"/dataset/{old.slug}", {"ky": release.period})
    assert (answer.status_code, answer["Location"]) == (
        301,
        f"/dataset/ten-moi?ky={release.period}",
    )


def test_a_withdrawn_dataset_is_gone_and_says_why(release: Release, client: Client) -> None:
    owner = release.resource.dataset
    dataset_actions.withdraw(
        dataset=owner,
        reason="Số liệu trùng với bộ khác.",
        by=factories.person("approver", owner.agency),
    )
    page = client.get(owner.get_absolute_url())
    assert page.status_code == 410
    assert "Số liệu trùng với bộ khác." in page.content.decode()
    assert "<time" in page.content.decode()


def test_a_draft_does_not_exist(client: Client) -> None:
    assert client.get(factories.dataset().get_absolute_url()).status_code == 404
    assert client.get("/dataset/chua-bao-gio-co").status_code == 404


@pytest.mark.parametrize("spelling", ["/dataset/{}/", "/bo-du-lieu/{}"])
def test_other_spellings_lead_to_the_one_address(
    release: Release, client: Client, spelling: str
) -> None:
    slug = release.resource.dataset.slug
    answer = client.get(spelling.format(slug))
    assert (answer.status_code, answer["Location"]) == (301, f"/dataset/{slug}")


@pytest.mark.parametrize(
    ("access", "sentence"),
    [("shared", "chia sẻ giữa các cơ quan nhà nước"), ("listed", "chỉ công bố thông tin mô tả")],
)
def test_closed_data_show_the_description_and_why(
    public: MakePublic, client: Client, access: str, sentence: str
) -> None:
    page = client.get(public("Hồ sơ đất đai", access=access).get_absolute_url())
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "/download/" not in page.content.decode()


def test_data_of_a_shared_dataset_are_not_shown(client: Client) -> None:
    table = factories.dataset("Hồ sơ", access=Dataset.Access.SHARED).resources.get()
    page = page_of(factories.published(of=table), client)
    assert "Đô Lương" not in page.content.decode()
    assert page.context["explorer"] is None


def test_the_queries_are_few_and_do_not_grow(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    table = factories.dataset().resources.get()
    for period in ("2026Q1", "2026Q2"):
        factories.published(of=table, period=period)
        request = rf.get(table.dataset.get_absolute_url())
        request.user = AnonymousUser()
        # the last recorded change, the dataset, its tables, their releases, its newest duty
        with django_assert_num_queries(5):
            response = dataset(request, table.dataset.slug)
        # the agency, the terms, the topics; how often it was used, which is then kept for an hour;
        # who is in charge, at the foot of the page
        with django_assert_num_queries(5 if period == "2026Q1" else 4):
            response.render()
        with django_assert_num_queries(1):
            dataset(request, table.dataset.slug)
