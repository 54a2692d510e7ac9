"""Filters and tags of the templates."""

from html import unescape

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from catalog.states import ReleaseState
from core.vietnamese import normalise
from portal.templatetags.portal import page_numbers, size, state_look
from portal.templatetags.searching import marked, plain


def test_sizes_as_people_read_them() -> None:
    assert [size(n) for n in (None, 12, 151_552, 2_516_582, 3 * 1024**3)] == [
        "", "12 byte", "148 KB", "2,4 MB", "3,0 GB",
    ]  # fmt: skip


def test_every_state_has_a_shape() -> None:
    assert all(len(state_look(state)) == 2 for state in ReleaseState)


def test_long_pagers_leave_some_out() -> None:
    page = Paginator(range(1000), 10).page(50)
    assert [str(n) for n in page_numbers(page)] == [
        "1",
        "…",
        "48",
        "49",
        "50",
        "51",
        "52",
        "…",
        "100",
    ]


def test_a_changed_query_goes_back_to_the_first_page(rf: RequestFactory) -> None:
    context = Context({"request": rf.get("/?page=3&cot=a&cot=b&sort=x")})
    assert Template("{% query sort='y' %}").render(context) == "?cot=a&amp;cot=b&amp;sort=y"
    assert (
        Template("{% query page=4 %}").render(context) == "?cot=a&amp;cot=b&amp;page=4&amp;sort=x"
    )


def test_whole_words_are_marked_without_accents() -> None:
    assert marked("Trường <học> lệ", ["truong", "hoc"]) == (
        "<mark>Trường</mark> &lt;<mark>học</mark>&gt; lệ"
    )
    assert marked("Không có gì", None) == "Không có gì"


def test_a_syllable_is_no_part_of_a_longer_one() -> None:
    assert marked("Báo cáo số ca mắc, cả năm", ["ca"]) == (
        "Báo cáo số <mark>ca</mark> mắc, <mark>cả</mark> năm"
    )


@given(st.text(max_size=60), st.lists(st.text(min_size=1, max_size=5), max_size=3))
def test_marking_loses_nothing(text: str, words: list[str]) -> None:
    if not words:
        return
    bare = marked(text, words).replace("<mark>", "").replace("</mark>", "")
    assert unescape(bare) == normalise(text)


def test_markdown_becomes_one_line() -> None:
    assert plain("**Đậm**\n\n- một\n- hai") == "Đậm một hai"


@pytest.mark.parametrize("name", ["datasets", "organizations"])
def test_the_page_one_is_on_is_marked(rf: RequestFactory, name: str) -> None:
    from django.urls import resolve

    request = rf.get("/dataset/")
    request.resolver_match = resolve("/dataset/")
    link = Template(f'{{% nav_link "{name}" "x" %}}').render(Context({"request": request}))
    assert ('aria-current="page"' in link) is (name == "datasets")
