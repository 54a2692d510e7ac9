"""The table of a dataset page: searched, narrowed, sorted, paged, over one period or all of them."""

import html
import json
import re
from html import unescape
from typing import Any
from unittest.mock import Mock
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.test import Client

from catalog.explorer import respelling
from tests import factories
from tests.catalog.public.explored import EARLIER, HOSPITALS, Explored
from tests.markup import markup
from tests.visitor import Form, form_with, forms_on

pytestmark = pytest.mark.django_db
NUMBERS = "Mã,Số\n" + "".join(f"{n:03},{n % 7}\n" for n in range(260))


@pytest.fixture
def hospitals(client: Client) -> Explored:
    return Explored(factories.published(content=HOSPITALS), client)


@pytest.fixture
def numbers(client: Client) -> Explored:
    return Explored(factories.published(content=NUMBERS), client)


@pytest.fixture
def two_periods(client: Client) -> Explored:
    table = factories.dataset().resources.get()
    factories.published(of=table, period="2026Q1", content=EARLIER)
    table.refresh_from_db()
    return Explored(factories.published(of=table, period="2026Q2", content=HOSPITALS), client)


def filter_form(page: Any) -> Form:
    """The form above the table; that of the period carries the same fields, hidden."""
    forms = forms_on(page.content.decode())
    return next(
        form for form in forms if "gia_tri" in [c.name for c in form.controls if not c.is_hidden]
    )


def test_only_years_and_codes_have_no_marks_between_their_figures(client: Client) -> None:
    content = (
        "Mã số,Năm,Số nam,Diện tích,Số năm\n"
        "10001,2026,33426,2050,1950\n10002,2025,33340,2060,2150\n10003,2024,1999,2070,1800\n"
    )
    explored = Explored(factories.published(content=content), client)
    first = [cell.text for cell in explored.shown().rows[0]]
    assert first == ["10001", "2026", "33.426", "2.050", "1.950"]
    described = explored.shown("?xem=tu-dien").columns
    most = {one.column.label: one.column.most for one in described}
    assert (most["Năm"], most["Số nam"]) == ("2026", "33.426")
    assert "33.426" in [value.words for value in described[2].top]
    chips = explored.shown("?cot=so_nam&phep=ge&gia_tri=33000").chips
    assert [chip.text for chip in chips] == ["Số nam lớn hơn hoặc bằng 33000"]


class TestSearch:
    def test_it_finds_words_anywhere_without_marks(self, hospitals: Explored) -> None:
        assert hospitals.codes(q="quynh luu") == ["003"]
        assert hospitals.codes(q="VINH") == ["001", "002", "005"]

    def test_what_is_found_is_marked(self, hospitals: Explored) -> None:
        text = markup(hospitals.get(q="nghe an"))
        assert "Bệnh viện Đa khoa<mark>Nghệ</mark><mark>An</mark>" in text
        assert "<mark>" not in markup(hospitals.get())

    def test_a_syllable_is_not_marked_in_a_longer_one(self, client: Client) -> None:
        page = Explored(factories.published(content="Mã,Tên\n1,báo cáo số ca\n"), client)
        assert "<td>báo cáo số<mark>ca</mark></td>" in markup(page.get(q="ca"))

    def test_the_form_as_a_browser_sends_it_finds_rows(self, hospitals: Explored) -> None:
        form = form_with(hospitals.get().content.decode(), ["q", "cot", "phep", "gia_tri"])
        asked = form.filled(q="quynh luu")
        assert ("gia_tri", "") in asked
        assert hospitals.codes(f"?{urlencode(asked)}") == ["003"]
        assert len(hospitals.shown(f"?{urlencode(asked)}").chips) == 1

    def test_a_condition_that_needs_no_value_is_one_without(self, hospitals: Explored) -> None:
        assert hospitals.codes(cot="hang", phep="empty", gia_tri="") == ["005"]

    def test_words_of_the_page_cannot_break_out_of_the_mark(self, client: Client) -> None:
        page = Explored(factories.published(content="Mã,Tên\n1,<b>an</b> & co\n"), client)
        assert "&lt;b&gt;<mark>an</mark>&lt;/b&gt; &amp; co" in markup(page.get(q="an"))

    def test_grouped_figures_are_marked_whole(self, hospitals: Explored) -> None:
        assert "<mark>1.650</mark>" in markup(hospitals.get(q="1650"))

    def test_the_words_stay_in_the_box_and_have_a_chip(self, hospitals: Explored) -> None:
        page = hospitals.get(q="vinh", sort="ma")
        chips = page.context["explorer"].shown.chips
        assert chips[0].text == "Tìm “vinh”"
        assert parse_qs(urlsplit(chips[0].without).query).keys() == {"ky", "sort"}
        assert 'value="vinh"' in markup(page)

    def test_a_search_without_words_is_refused(self, hospitals: Explored) -> None:
        assert hospitals.get(q="?!").status_code == 400

    def test_english_pages_mark_the_words_and_the_language(self, hospitals: Explored) -> None:
        page = hospitals.client.get(f"/en{hospitals.path}", {"q": "san"})
        assert '<span lang="vi">Bệnh viện<mark>Sản</mark>Nhi</span>' in markup(page)


class TestConditions:
    def test_one_of_several_values(self, hospitals: Explored) -> None:
        assert hospitals.codes(cot="huyen", phep="in", gia_tri="Vinh; Kỳ Sơn") == [
            "001", "002", "004", "005",
        ]  # fmt: skip

    def test_a_value_with_a_semicolon_stands_in_quotes(self, client: Client) -> None:
        page = Explored(
            factories.published(content='Mã,Tên\n1,"a;b"\n2,c\n3,a\n'), client
        )  # fmt: skip
        assert page.codes(cot="ten", phep="in", gia_tri='"a;b"; c') == ["1", "2"]
        chip = page.shown(cot="ten", phep="in", gia_tri='"a;b"; c').chips[0]
        assert chip.text == "Tên là một trong a;b; c"

    @pytest.mark.parametrize(
        ("column", "ends", "found"),
        [
            ("so_giuong", "110; 850", ["002", "003", "004"]),
            ("ti_le", "60,5; 75", ["004", "005"]),
            ("ngay_cap", "01/01/2018; 31/12/2019", ["002", "003"]),
        ],
    )
    def test_between_two_values(
        self, hospitals: Explored, column: str, ends: str, found: list[str]
    ) -> None:
        assert hospitals.codes(cot=column, phep="between", gia_tri=ends) == found

    def test_between_needs_two(self, hospitals: Explored) -> None:
        page = hospitals.get(cot="so_giuong", phep="between", gia_tri="110")
        assert page.status_code == 400

    def test_every_chip_takes_one_away_and_one_link_all(self, hospitals: Explored) -> None:
        query = (
            "?q=vinh&cot=so_giuong&phep=ge&gia_tri=100&cot=hang&phep=eq&gia_tri=I&sort=-so_giuong"
        )
        table = hospitals.shown(query)
        assert [chip.text for chip in table.chips] == [
            "Tìm “vinh”",
            "Số giường lớn hơn hoặc bằng 100",
            "Hạng bằng I",
            "Xếp theo Số giường giảm dần",
        ]
        left = [len(hospitals.shown(chip.without).chips) for chip in table.chips]
        assert left == [3, 3, 3, 3]
        assert len(hospitals.codes(table.plain_address)) == 5
        assert "Bỏ tất cả" in markup(hospitals.get(query))

    def test_a_refused_condition_can_be_taken_away_and_the_others_stay(
        self, hospitals: Explored
    ) -> None:
        query = "?cot=hang&phep=eq&gia_tri=I&cot=so_giuong&phep=ge&gia_tri=nhiều"
        page = hospitals.get(query)
        table = page.context["explorer"].shown
        assert page.status_code == 400
        assert "Chưa dùng được:" in markup(page)
        assert [row[0].text for row in table.rows] == ["001", "002"]
        assert [bool(chip.reason) for chip in table.chips] == [False, True]
        assert hospitals.codes(table.chips[1].without) == ["001", "002"]

    def test_the_form_keeps_all_that_was_typed_and_is_mended_in_place(
        self, hospitals: Explored
    ) -> None:
        first = filter_form(hospitals.get())
        good = first.filled(q="benh vien", cot="hang", phep="eq", gia_tri="I")
        second = filter_form(hospitals.get(f"?{urlencode(good)}"))
        bad = [*second.untouched[:-3], ("cot", "so_giuong"), ("phep", "ge"), ("gia_tri", "nhiều")]
        page = hospitals.get(f"?{urlencode(bad)}")
        assert page.status_code == 400
        assert '<p class="error" id="gia_tri_error"><b>Lỗi:</b>' in markup(page)
        form = filter_form(page)
        assert form.untouched == bad
        mended = [(name, "1000" if value == "nhiều" else value) for name, value in form.untouched]
        assert hospitals.codes(f"?{urlencode(mended)}") == ["001"]

    def test_a_chart_keeps_the_conditions_it_can_use(self, hospitals: Explored) -> None:
        query = "&cot=hang&phep=eq&gia_tri=I&cot=so_giuong&phep=ge&gia_tri=nhiều"
        page = hospitals.get(f"?xem=bieu-do&kieu=cot&x=huyen&y=count{query}")
        chart = page.context["explorer"].shown
        assert page.status_code == 400
        assert len(chart.kept.query.conditions) == 1
        assert ("gia_tri", "nhiều") in chart.kept_pairs
        assert [bool(chip.reason) for chip in chart.chips] == [False, True]

    def test_an_example_of_the_api_keeps_the_conditions_it_can_use(
        self, hospitals: Explored
    ) -> None:
        query = "&cot=hang&phep=eq&gia_tri=I&cot=so_giuong&phep=ge&gia_tri=nhiều"
        page = hospitals.get(f"?xem=api{query}")
        assert page.status_code == 400
        address = urlsplit(page.context["explorer"].shown.json_address)
        answer = hospitals.client.get(f"{address.path}?{address.query}")
        assert len(answer.json()["data"]) == 2


class TestSpelling:
    """Conditions that compare letter by letter, with a value the table spells otherwise."""

    @pytest.mark.parametrize(
        ("op", "typed", "found"),
        [
            ("eq", "vinh", ["001", "002", "005"]),
            ("eq", "QUYNH LUU", ["003"]),
            ("in", "Vinh; ky son", ["001", "002", "004", "005"]),
            ("ne", "VINH", ["003", "004"]),
        ],
    )
    def test_the_page_says_so_and_leads_to_the_spelling_there_is(
        self, hospitals: Explored, op: str, typed: str, found: list[str]
    ) -> None:
        form = filter_form(hospitals.get())
        page = hospitals.get(f"?{urlencode(form.filled(cot='huyen', phep=op, gia_tri=typed))}")
        link = re.search(r'<a href="([^"]+)">lọc theo cách viết', markup(page))
        assert page.status_code == 200
        assert link
        assert hospitals.codes(unescape(link[1])) == found
        assert "lọc theo cách viết" not in markup(hospitals.get(unescape(link[1])))

    @pytest.mark.parametrize(
        ("op", "typed"), [("eq", "Vinh"), ("in", "Vinh; Hà Nội"), ("ne", "Vinh"), ("eq", "Hue")]
    )
    def test_not_where_the_value_is_there_or_nothing_is_alike(
        self, hospitals: Explored, op: str, typed: str
    ) -> None:
        assert hospitals.shown(cot="huyen", phep=op, gia_tri=typed).respelling is None

    def test_of_several_spellings_all_are_taken(self, client: Client) -> None:
        content = "Mã,Nơi\n1,Vinh\n2,VINH\n3,Huế\n"
        page = Explored(factories.published(content=content), client)
        for op, found in (("eq", ["1", "2"]), ("ne", ["3"])):
            table = page.shown(cot="noi", phep=op, gia_tri="vinh")
            assert page.codes(table.respelled_address) == found

    def test_several_columns_cost_one_question(
        self, hospitals: Explored, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = Mock(wraps=respelling.spellings)
        monkeypatch.setattr(respelling, "spellings", asked)
        query = "?cot=huyen&phep=eq&gia_tri=vinh&cot=hang&phep=eq&gia_tri=i"
        assert hospitals.codes(hospitals.shown(query).respelled_address) == ["001", "002"]
        assert asked.call_count == 1

    def test_the_chart_of_such_rows_says_so_too(self, hospitals: Explored) -> None:
        query = "?xem=bieu-do&kieu=cot&x=hang&y=count&cot=huyen&phep=in&gia_tri=vinh"
        chart = hospitals.shown(query)
        assert "lọc theo cách viết" in markup(hospitals.get(query))
        spelled = hospitals.shown(chart.respelled_address)
        assert spelled.kept.query.conditions[0].value == ["Vinh"]
        assert spelled.choice == chart.choice

    def test_over_all_periods_and_in_a_frame(self, two_periods: Explored) -> None:
        query = "?ky=tat-ca&cot=huyen&phep=eq&gia_tri=vinh"
        assert len(two_periods.shown(two_periods.shown(query).respelled_address).rows) == 4
        frame = f"/nhung/{two_periods.release.resource_id}/bang{query}"
        assert "lọc theo cách viết" in markup(two_periods.client.get(frame))


class TestForm:
    def test_operations_stand_under_the_columns_they_fit(self, hospitals: Explored) -> None:
        text = markup(hospitals.get())
        for group in ("Cột văn bản", "Mọi cột", "Cột số, cột ngày"):
            assert f'<optgroup label="{group}">' in text

    def test_of_a_chosen_column_only_fitting_ones(self, hospitals: Explored) -> None:
        groups = hospitals.shown(chon="bao_hiem").operation_groups
        assert [one.op for _label, group in groups for one in group] == [
            "eq", "ne", "in", "empty", "not_empty",
        ]  # fmt: skip

    def test_values_of_small_columns_are_proposed(self, hospitals: Explored) -> None:
        text = markup(hospitals.get())
        assert '<datalist id="goi-y-huyen"><option value="Vinh">' in text

    def test_the_form_keeps_what_is_in_use(self, hospitals: Explored) -> None:
        table = hospitals.shown("?q=vinh&cot=hang&phep=eq&gia_tri=I&sort=-ma&dong=100")
        kept = {name: value for name, value in table.kept_pairs if name != "ky"}
        assert kept == {"cot": "hang", "phep": "eq", "gia_tri": "I", "sort": "-ma", "dong": "100"}


class TestValues:
    def test_they_are_listed_with_their_counts(self, hospitals: Explored) -> None:
        values = hospitals.shown(chon="huyen").offered_values
        assert [(value.words, value.count) for value in values] == [
            ("Vinh", 3),
            ("Kỳ Sơn", 1),
            ("Quỳnh Lưu", 1),
        ]

    def test_a_click_narrows_a_second_adds_a_third_takes_away(self, hospitals: Explored) -> None:
        first = hospitals.shown(chon="huyen").offered_values[0].address
        assert hospitals.codes(first) == ["001", "002", "005"]
        second = self.offered(hospitals, first, "Kỳ Sơn").address
        assert hospitals.codes(second) == ["001", "002", "004", "005"]
        assert self.offered(hospitals, second, "Vinh").is_chosen
        third = self.offered(hospitals, second, "Vinh").address
        assert hospitals.codes(third) == ["004"]

    def test_counts_leave_out_the_columns_own_choice(self, hospitals: Explored) -> None:
        query = "?chon=huyen&cot=huyen&phep=eq&gia_tri=Vinh&cot=hang&phep=eq&gia_tri=III"
        values = hospitals.shown(query).offered_values
        assert [value.words for value in values] == ["Kỳ Sơn", "Quỳnh Lưu"]

    @pytest.mark.parametrize(
        ("column", "words"),
        [
            ("ngay_cap", "15/06/2018"),
            ("bao_hiem", "Không"),
            ("ti_le", "90,25"),
            ("so_giuong", "12"),
        ],
    )
    def test_of_every_type_they_lead_to_their_rows(
        self, hospitals: Explored, column: str, words: str
    ) -> None:
        value = self.offered(hospitals, f"?chon={column}", words)
        assert len(hospitals.codes(value.address)) == value.count

    def test_columns_with_many_values_are_not_proposed(self, numbers: Explored) -> None:
        assert [link.column.name for link in numbers.shown().value_links] == ["so"]

    def test_an_unknown_column_is_refused(self, hospitals: Explored) -> None:
        page = hospitals.get(chon="khong_co")
        assert page.status_code == 400
        assert "Bảng không có cột" in markup(page)

    @staticmethod
    def offered(page: Explored, query: str, words: str) -> Any:
        values = page.shown(query).offered_values
        return next(value for value in values if value.words == words)


class TestOrder:
    def test_equal_rows_stay_in_the_order_before(self, hospitals: Explored) -> None:
        by_beds = self.head(hospitals, "?sort=-so_giuong", "huyen")
        assert parse_qs(urlsplit(by_beds).query)["sort"] == ["huyen,-so_giuong"]
        assert hospitals.codes(by_beds) == ["004", "003", "001", "002", "005"]

    def test_a_second_click_turns_the_order(self, hospitals: Explored) -> None:
        once = self.head(hospitals, "", "so_giuong")
        assert hospitals.codes(once)[0] == "005"
        assert hospitals.codes(self.head(hospitals, once, "so_giuong"))[0] == "001"

    def test_only_the_first_key_is_announced(self, hospitals: Explored) -> None:
        text = markup(hospitals.get(sort="huyen,-so_giuong"))
        assert text.count("aria-sort=") == 1
        assert "Xếp theo Huyện tăng dần, Số giường giảm dần" in text

    @staticmethod
    def head(page: Explored, query: str, column: str) -> str:
        headings = page.shown(query).headings
        return next(one.address for one in headings if one.column.name == column)


class TestPaging:
    @pytest.mark.parametrize(("size", "rows"), [("25", 25), ("100", 100), ("200", 200), ("7", 50)])
    def test_rows_on_a_page(self, numbers: Explored, size: str, rows: int) -> None:
        assert len(numbers.codes(dong=size)) == rows

    def test_the_size_goes_along(self, numbers: Explored) -> None:
        table = numbers.shown(dong="25", q="3")
        addresses = [heading.address for heading in table.headings]
        addresses += [chip.without for chip in table.chips]
        assert all("dong=25" in address for address in addresses)

    def test_a_page_is_reached_by_its_number(self, numbers: Explored) -> None:
        text = markup(numbers.get())
        assert re.search(r'name="page"[^>]* max="6"', text)
        assert numbers.codes(page=6)[0] == "250"

    def test_a_short_table_offers_no_pages(self, hospitals: Explored) -> None:
        text = markup(hospitals.get())
        assert "Số dòng mỗi trang" not in text
        assert "Đến trang" not in text


class TestDownloads:
    def test_the_found_rows_are_taken_in_every_format(self, hospitals: Explored) -> None:
        page = hospitals.get(q="vinh", cot="hang", phep="eq", gia_tri="I")
        offered = page.context["explorer"].chosen_rows
        assert [one.label for one in offered][:4] == ["CSV", "XLSX", "JSON", "JSON Lines"]
        taken = {one.label: self.content(hospitals, one.path) for one in offered}
        assert all(taken.values())
        assert [row["ma"] for row in json.loads(taken["JSON"])] == ["001", "002"]
        text = markup(page).replace("&amp;", "&")
        assert all(f'href="{one.path}"' in text for one in offered)

    def test_the_whole_table_is_taken_from_the_top_of_the_page(self, hospitals: Explored) -> None:
        assert "dòng này" not in markup(hospitals.get(sort="-ma"))

    @staticmethod
    def content(page: Explored, path: str) -> bytes:
        return b"".join(page.client.get(path).streaming_content)


class TestAllPeriods:
    def test_a_chart_of_all_periods_is_named_after_them(self, two_periods: Explored) -> None:
        page = two_periods.get("?ky=tat-ca&xem=bieu-do&kieu=cot&x=huyen&y=count")
        link = re.search(r'href="([^"]+bieu-do.csv[^"]+)"', markup(page))
        assert link
        answer = two_periods.client.get(unescape(link[1]))
        assert "_tat-ca_bieu-do.csv" in answer["Content-Disposition"]

    def test_rows_of_all_periods_with_the_period_first(self, two_periods: Explored) -> None:
        table = two_periods.shown(ky="tat-ca", sort="ma")
        assert [row[0].text for row in table.rows][:2] == ["Quý II/2026", "Quý I/2026"]
        assert (table.total, table.look.row_count) == (7, 7)
        assert [row[-1].text for row in table.rows][:2] == ["Có", None]

    def test_it_is_a_choice_of_the_select(self, two_periods: Explored) -> None:
        assert '<option value="tat-ca">Tất cả các kỳ' in markup(two_periods.get())
        assert '<option value="tat-ca" selected>' in markup(two_periods.get(ky="tat-ca"))

    def test_one_period_has_no_such_choice(self, hospitals: Explored) -> None:
        assert "tat-ca" not in markup(hospitals.get())

    def test_a_period_can_be_chosen_as_a_value(self, two_periods: Explored) -> None:
        table = two_periods.shown(ky="tat-ca", chon="ky")
        assert [(one.words, one.count) for one in table.offered_values] == [
            ("Quý II/2026", 5),
            ("Quý I/2026", 2),
        ]
        older = two_periods.shown(table.offered_values[1].address)
        assert older.total == 2
        assert older.chips[0].text == "Kỳ bằng Quý I/2026"

    def test_conditions_go_along_when_the_period_changes(self, two_periods: Explored) -> None:
        page = two_periods.get("?ky=tat-ca&cot=hang&phep=eq&gia_tri=II&page=1&chon=ma")
        kept = page.context["explorer"].kept_parameters
        assert kept == [("cot", "hang"), ("phep", "eq"), ("gia_tri", "II")]

    def test_the_button_at_the_top_gives_what_is_on_the_page(self, two_periods: Explored) -> None:
        """Whoever has chosen all periods takes all of them, in every format offered there."""
        for query, rows in (("", 5), ("?ky=tat-ca", 7)):
            page = two_periods.get(query)
            text = markup(page)
            assert ("Tải CSV (tất cả các kỳ)" in text) == (rows == 7)
            first = re.search(r'<a class="btn full-s" href="([^"]+)"', text)
            assert first
            written = self.taken(two_periods, html.unescape(first[1]))
            assert len(written.decode().splitlines()) == rows + 1
            for other in page.context["explorer"].other_downloads:
                assert not other.ready or self.taken(two_periods, other.path)

    @staticmethod
    def taken(page: Explored, path: str) -> bytes:
        answer = page.client.get(path)
        assert answer.status_code == 200, path
        return b"".join(answer.streaming_content)

    def test_the_found_rows_are_taken_from_the_api(self, two_periods: Explored) -> None:
        page = two_periods.get("?ky=tat-ca&cot=hang&phep=eq&gia_tri=II&dong=25")
        address = f"/api/v1/resources/{two_periods.release.resource_id}/rows"
        offered = page.context["explorer"].chosen_rows
        assert [one.path for one in offered] == [
            f"{address}?hang__eq=II&period=all&format={code}"
            for code in ("csv", "xlsx", "ndjson", "parquet")
        ]
        whole = b"".join(two_periods.client.get(offered[0].path).streaming_content)
        assert whole.decode().count("Quỳnh Lưu") == 2  # in two columns of one row
