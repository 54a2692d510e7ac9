"""Files that cannot be read: one sentence each, never a traceback."""

import json
import re
import string
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tables import Unreadable
from tables.messages import PROBLEMS, QUERY, UNREADABLE, say
from tests.tables.reading import read, zipped

HOSTILE = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CASES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("a.csv", b"", "empty"),
    "only spaces": ("a.csv", b"  \n\n", "empty"),
    "only a header": ("a.csv", b"Ma,Ten,So\n", "only_header"),
    "a portable document": ("a.pdf", b"%PDF-1.7 abc", "document"),
    "a document by its name": ("a.docx.xml", b"<a/>", "xml"),
    "a picture called csv": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "unsupported"),
    "garbage": ("a.csv", bytes(range(256)) * 40, "binary"),
    "a locked workbook": (
        "a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a broken workbook": ("a.xls", OLE + bytes(4000), "broken_workbook"),
    "a page called workbook": ("a.xls", b"<html><table><tr><td>1</td></tr></table>", "html"),
    "half a zip": ("a.zip", b"PK\x03\x04" + bytes(50), "broken_zip"),
    "too many columns": (
        "a.csv", (",".join(f"c{n}" for n in range(1001)) + "\n" + "1," * 1000 + "1\n").encode(),
        "too_many_columns"),
    "a list of numbers": ("a.json", b"[1,2,3]", "json_not_table"),
    "an object of values": ("a.json", b'{"a":1}', "json_not_table"),
    "half a json": ("a.json", b'[{"a":1},{"a":', "broken_json"),
    "a deep json": ("a.json", b'[{"a":' + b"[" * 100_000, "json_too_deep"),
    "no object at all": ("a.json", b"[]", "json_not_table"),
    "an endless cell": ("a.csv", b'a,b\n1,"' + b"x" * 1_100_000 + b"\n", "cell_too_long"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_says_why(case: str, tmp_path: Path) -> None:
    name, content, code = CASES[case]
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, content, name)
    assert refused.value.code == code
    assert "{" not in str(refused.value)


def test_a_zip_of_two_files(tmp_path: Path) -> None:
    content = zipped(tmp_path, {"a.csv": b"a,b\n1,2\n", "b.csv": b"a,b\n1,2\n"})
    with pytest.raises(Unreadable, match="chứa 2"):
        read(tmp_path, content, "a.zip")


def test_a_zip_bomb(tmp_path: Path) -> None:
    content = zipped(tmp_path, {"a.csv": bytes(30_000_000)})
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, content, "a.zip")
    assert refused.value.code == "zip_bomb"


def test_a_zip_in_a_zip(tmp_path: Path) -> None:
    inner = zipped(tmp_path, {"a.csv": b"a,b\n1,2\n"})
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, zipped(tmp_path, {"b.zip": inner}), "a.zip")
    assert refused.value.code == "unsupported"


@pytest.mark.parametrize("code", [*UNREADABLE, *PROBLEMS, *QUERY])
def test_every_sentence_fills_in_and_ends(code: str) -> None:
    template = {**UNREADABLE, **PROBLEMS, **QUERY}[code]
    named = {name for _, name, _, _ in string.Formatter().parse(template) if name}
    sentence = say(code, dict.fromkeys(named, "5"))
    assert re.search(r"[.)]$", sentence)
    assert "{" not in sentence


def said_or_read(job: Callable[[], int]) -> bool:
    """Either rows were read or a sentence was said; anything else is raised."""
    try:
        return job() > 0
    except Unreadable as refused:
        return bool(str(refused))


@HOSTILE
@given(content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.json", "a.xlsx", "a"]))
def test_any_bytes_give_a_table_or_a_sentence(tmp_path: Path, content: bytes, name: str) -> None:
    assert said_or_read(lambda: read(tmp_path, content, name).found["rows"])


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@HOSTILE
@given(content=JUNK)
def test_any_json_gives_a_table_or_a_sentence(tmp_path: Path, content: object) -> None:
    assert said_or_read(lambda: read(tmp_path, json.dumps(content), "a.json").found["rows"])


@HOSTILE
@given(content=st.text(alphabet='ab1,;"\n\r\t .-=', max_size=80))
def test_any_small_text_gives_a_table_or_a_sentence(tmp_path: Path, content: str) -> None:
    assert said_or_read(lambda: read(tmp_path, content).found["rows"])
