"""What no page may say: raw marks of the machine, a year with a point in it, the same words twice."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from tests.pages.conftest import Seen

pytestmark = pytest.mark.django_db
# What begins a new piece of text for the reader, and what is no text of the page's own.
BLOCKS = {
    "p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "h4", "option", "label", "summary", "div",
    "caption", "figcaption", "legend", "title", "tr", "section", "ul", "nav", "article", "button", "a",
}  # fmt: skip
MACHINE = {"script", "style", "code", "pre", "textarea", "datalist"}
# An address is written as it is asked for; the rows of a table are what agencies delivered.
ADDRESS = re.compile(r"https?://\S+")
WRONG = {
    "an empty choice without words": re.compile(r"-{4,}"),
    "a year with a point": re.compile(r"(?<![\d.,])2[.,]02\d(?![\d.,])"),
    "a month as machines write it": re.compile(r"(?<![\w/-])20\d\d-(0[1-9]|1[0-2])(?![\w])"),
    "a period as machines write it": re.compile(r"(?<![\w/-])20\d\dQ[1-4](?!\w)"),
    "a mark of a template": re.compile(r"{{|}}|{%|%}|%\(\w+\)|\{[a-z_]+\}"),
    "a word of Python": re.compile(r"(?<!-)\b(None|True|False|NaN)\b"),
    "the same words twice": re.compile(r"\b(\w{2,}(?: \w+){1,4})[:,]? \1\b", re.IGNORECASE),
    "what is not verified": re.compile("chưa xác minh"),
}


class _Texts(HTMLParser):
    """The pieces of text of a page, each as it is read."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = [""]
        self._machine = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.pieces.append("")
        self._machine += tag in MACHINE

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.pieces.append("")
        self._machine -= tag in MACHINE

    def handle_data(self, data: str) -> None:
        if not self._machine:
            self.pieces[-1] += data


def texts(page: str) -> Iterator[str]:
    parser = _Texts()
    parser.feed(page)
    parser.close()
    for piece in parser.pieces:
        if words := " ".join(ADDRESS.sub("", piece).split()):
            yield words


@pytest.mark.parametrize("what", WRONG)
def test_no_page_shows(site: list[Seen], what: str):
    found = {
        (page.path, match[0], text)
        for page in site
        for text in texts(page.text)
        if (match := WRONG[what].search(text))
    }
    assert "\n".join(map(str, sorted(found))) == ""


def test_every_choice_has_words(site: list[Seen]):
    options = re.compile(r"<option[^>]*>([^<]*)")
    empty = {
        (page.path, words)
        for page in site
        for words in options.findall(re.sub(r"<datalist.*?</datalist>", "", page.text, flags=re.S))
        if not re.search(r"\w", words)
    }
    assert "\n".join(map(str, sorted(empty))) == ""
