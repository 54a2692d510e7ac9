"""/dataset/: text, facets, order, pages."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory

from catalog.models import Dataset
from catalog.views.public.datasets import datasets
from tests import factories
from tests.catalog.public.conftest import MakePublic

pytestmark = pytest.mark.django_db


def titles(page: str) -> list[str]:
    """The titles listed, in order, without the marks of words that match."""
    found = re.findall(r"<h3>\s*<a href=\"/dataset/[^\"]+\">(.*?)</a>", page, flags=re.DOTALL)
    return [re.sub(r"</?mark>", "", title).strip() for title in found]


def test_it_lists_what_is_published(client: Client, public: MakePublic) -> None:
    public("Trạm y tế xã")
    factories.dataset("Bản nháp chưa công bố")
    page = client.get("/dataset/")
    assert page.status_code == 200
    assert titles(page.content.decode()) == ["Trạm y tế xã"]
    assert "1 bộ dữ liệu" in page.content.decode()


@pytest.mark.parametrize(
    "typed",
    ["truong hoc", "trường học", "TRƯỜNG HỌC", "tru\u031bo\u031b\u0300ng ho\u0323c", "truong ho"],
)
def test_marks_and_case_do_not_matter(client: Client, public: MakePublic, typed: str) -> None:
    public("Danh sách trường học")
    public("Trạm y tế xã")
    assert titles(client.get("/dataset/", {"q": typed}).content.decode()) == [
        "Danh sách trường học"
    ]


def test_who_finds_nothing_is_told_what_else_to_do(client: Client, public: MakePublic) -> None:
    public("Trạm y tế xã")
    page = client.get("/dataset/", {"q": "khong-co-gi-nhu-the"}).content.decode()
    assert "Không thấy dữ liệu cần tìm?" in page
    assert "Áp dụng bộ lọc" not in page  # there is nothing to tick
    narrowed = client.get("/dataset/", {"q": "khong-co-gi", "access": "open"}).content.decode()
    assert "Áp dụng bộ lọc" in narrowed
    assert 'href="/lien-he/"' in page.split("<main")[1].split("</main>")[0]


def test_d_with_stroke_is_d(client: Client, public: MakePublic) -> None:
    public("Đường bộ Đô Lương")
    assert titles(client.get("/dataset/", {"q": "duong do luong"}).content.decode()) == [
        "Đường bộ Đô Lương"
    ]


def test_who_types_accents_gets_those_first(client: Client, public: MakePublic) -> None:
    public("Má và con")
    public("Mà số")
    assert titles(client.get("/dataset/", {"q": "mà"}).content.decode())[0] == "Mà số"
    assert titles(client.get("/dataset/", {"q": "má"}).content.decode())[0] == "Má và con"


def test_a_quoted_phrase_is_meant_exactly(client: Client, public: MakePublic) -> None:
    public("Học trường chuyên")
    public("Trường học công lập")
    assert titles(client.get("/dataset/", {"q": '"trường học"'}).content.decode()) == [
        "Trường học công lập"
    ]


def test_years_joined_by_a_dash_are_found(client: Client, public: MakePublic) -> None:
    public("Kế hoạch 2026-2030")
    assert titles(client.get("/dataset/", {"q": "2030"}).content.decode()) == ["Kế hoạch 2026-2030"]


@pytest.mark.parametrize("typed", ["&", "' | !", "a:*b", "\0", "(((", "%", "\\", '"', "!!! ??"])
def test_signs_of_the_search_language_do_no_harm(
    client: Client, public: MakePublic, typed: str
) -> None:
    public("Trạm y tế xã")
    assert client.get("/dataset/", {"q": typed}).status_code == 200


def test_facets_narrow_and_count_without_themselves(client: Client, public: MakePublic) -> None:
    health, schools = factories.agency("Sở Y tế"), factories.agency("Sở Giáo dục")
    public("Trạm y tế", at=health)
    public("Bệnh viện", at=health)
    public("Trường học", at=schools)
    page = client.get("/dataset/", {"organization": health.slug})
    assert sorted(titles(page.content.decode())) == ["Bệnh viện", "Trạm y tế"]
    agencies = {option.title: option.count for option in page.context["facets"][0].options}
    assert agencies == {"Sở Y tế": 2, "Sở Giáo dục": 1}
    both = client.get("/dataset/", {"organization": [health.slug, schools.slug]})
    assert len(titles(both.content.decode())) == 3


def test_topics_formats_access_frequency_keywords_narrow(
    client: Client, public: MakePublic
) -> None:
    wanted = public(
        "Giáo viên",
        topics=[factories.topic("Giáo dục")],
        frequency="yearly",
        keywords=["giáo viên"],
    )
    Dataset.objects.filter(pk=wanted.pk).update(formats=["xlsx"])
    public("Trạm y tế")
    for chosen in (
        {"groups": "giao-duc"}, {"res_format": "XLSX"}, {"res_format": "xlsx"},
        {"frequency": "yearly"}, {"tags": "giáo viên"},
    ):  # fmt: skip
        assert titles(client.get("/dataset/", chosen).content.decode()) == ["Giáo viên"], chosen
    assert len(titles(client.get("/dataset/", {"access": "listed"}).content.decode())) == 2
    assert titles(client.get("/dataset/", {"access": "open"}).content.decode()) == []


def test_a_chip_leads_to_the_search_without_it(client: Client, public: MakePublic) -> None:
    agency = factories.agency("Sở Y tế")
    public("Trạm y tế", at=agency)
    page = client.get("/dataset/", {"q": "tram", "organization": agency.slug, "access": "listed"})
    first = page.context["chips"][0]
    assert first.text == "Cơ quan cung cấp: Sở Y tế"
    assert first.without == "?q=tram&access=listed"


def test_nothing_found_says_which_filter_to_drop(client: Client, public: MakePublic) -> None:
    agency = factories.agency("Sở Y tế")
    public("Trạm y tế", at=agency)
    page = client.get("/dataset/", {"q": "cau duong", "organization": agency.slug})
    assert [(s.text, s.count) for s in page.context["suggestions"]] == [("“cau duong”", 1)]
    assert "Bỏ bớt một điều kiện" in page.content.decode()


def test_a_value_nothing_has_stays_ticked(client: Client, public: MakePublic) -> None:
    public("Trạm y tế")
    empty = factories.agency("Sở Chưa có")
    page = client.get("/dataset/", {"organization": empty.slug})
    option = page.context["facets"][0].options[0]
    assert (option.title, option.count, option.chosen) == ("Sở Chưa có", 0, True)


def test_titles_sort_as_a_vietnamese_dictionary(client: Client, public: MakePublic) -> None:
    for title in ("Vinh", "Đô Lương", "Diễn Châu", "Dân số"):
        public(title)
    listed = titles(client.get("/dataset/", {"sort": "title"}).content.decode())
    assert listed == ["Dân số", "Diễn Châu", "Đô Lương", "Vinh"]
    assert titles(client.get("/dataset/", {"sort": "title_string asc"}).content.decode()) == listed


def test_twenty_a_page(client: Client, public: MakePublic) -> None:
    agency, by = factories.agency(), factories.person("contributor")
    by.memberships.update(agency=agency)
    for number in range(21):
        public(f"Bộ {number}", at=agency, by=by)
    first = client.get("/dataset/")
    assert len(titles(first.content.decode())) == 20
    assert 'rel="next"' in first.content.decode()
    assert len(titles(client.get("/dataset/", {"page": "2"}).content.decode())) == 1


@pytest.mark.parametrize(
    "wrong", [{"page": "99"}, {"page": "0"}, {"page": "x"}, {"sort": "wrong"}, {"page": "9" * 40}]
)
def test_what_cannot_be_gets_a_sentence_and_400(
    client: Client, public: MakePublic, wrong: dict[str, str]
) -> None:
    public("Trạm y tế")
    page = client.get("/dataset/", wrong)
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    assert titles(page.content.decode()) == ["Trạm y tế"]


def test_columns_that_match_are_named(client: Client, public: MakePublic) -> None:
    release = factories.published(of=factories.dataset("Bảng tổng hợp").resources.get())
    page = client.get("/dataset/", {"q": "ti le"}).content.decode()
    assert "Khớp ở cột:" in page
    assert release.resource.dataset.title in titles(page)


def test_what_is_typed_is_escaped(client: Client, public: MakePublic) -> None:
    public("Trạm <b>y tế</b>")
    page = client.get("/dataset/", {"q": "<b>y"}).content.decode()
    assert "<b>y" not in page.replace("<b class", "")


def test_the_queries_do_not_grow_with_the_results(
    public: MakePublic, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    agency, by = factories.agency(), factories.person("contributor")
    by.memberships.update(agency=agency)
    for number in range(21):
        public(f"Bộ {number}", at=agency, by=by, topics=[factories.topic(f"Chủ đề {number}")])
        if number in (0, 20):  # one result, and more than a page of them
            request = rf.get("/dataset/", {"q": "bo", "organization": agency.slug})
            request.user = AnonymousUser()
            with django_assert_num_queries(8):
                response = datasets(request)
            with django_assert_num_queries(1):  # who is in charge, at the foot of the page
                response.render()


def test_newest_data_first_without_words(client: Client, public: MakePublic) -> None:
    old, new = public("An toàn"), public("Biển")
    for dataset, day in ((old, date(2026, 1, 1)), (new, date(2026, 7, 1))):
        Dataset.objects.filter(pk=dataset.pk).update(data_updated_at=f"{day.isoformat()}T00:00Z")
    assert titles(client.get("/dataset/").content.decode()) == ["Biển", "An toàn"]
