"""Taking the list of records out of a JSON answer that wraps it: {"data": {"items": [...]}}."""

from collections.abc import Iterator
from pathlib import Path

from tables.problems import Unreadable
from tables.reading.jsonfiles import dumped, members
from tables.reading.jsonstream import JsonStream
from tables.reading.scan import scan


def extract_rows(source: Path, rows_path: str, target: Path) -> None:
    """Write the array at the dotted path (keys of nested objects) as a JSON file of its own.

    The same records give the same bytes, whatever the answer says around them (its time, a number of
    the request). Numbers keep every digit. Raises Unreadable for broken JSON, and where the path leads
    to no array.
    """
    stream = JsonStream(source, scan(source).charset.codec)
    try:
        _go_to(stream, rows_path)
        with target.open("w", encoding="utf-8") as out:
            out.write("[")
            for text in _separated(stream):
                out.write(text)
            out.write("\n]\n")
    finally:
        stream.close()


def _separated(stream: JsonStream) -> Iterator[str]:
    for at, item in enumerate(stream.items()):
        yield f"{',' if at else ''}\n{dumped(item)}"


def _go_to(stream: JsonStream, rows_path: str) -> None:
    for name in rows_path.split("."):
        if stream.peek() != "{" or not _enter(stream, name):
            raise Unreadable("json_no_rows", path=rows_path)
    if stream.peek() != "[":
        raise Unreadable("json_no_rows", path=rows_path)


def _enter(stream: JsonStream, name: str) -> bool:
    """Stand before the value of the key, if the object has it."""
    for key in members(stream):
        if key == name:
            return True
        stream.value()
    return False
