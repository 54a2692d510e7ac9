"""CSV and TSV: the dialect, then either DuckDB reads the file itself or we tidy it."""

import csv
import itertools
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.tables.headers import SAMPLE_ROWS, Header, find_header, table_width
from catalog.tables.limits import MAX_CELL
from catalog.tables.problems import ProblemLog, Unreadable
from catalog.tables.reading import Loadable, Reading, check_width, write_tidy
from catalog.tables.scan import INVISIBLE, Facts, scan

_DELIMITERS = ",;\t|"
_SEP_LINE = re.compile(r'^"?sep=(.)"?\s*$', re.IGNORECASE)
_HTML = re.compile(r"\s*(?:<!doctype html|<html|<table|<\?xml[^>]*>\s*<html)", re.IGNORECASE)
# Invisible characters go; the no-break spaces become spaces.
_CLEAN = {
    **dict.fromkeys(set(range(32)) - {9, 10, 13}),
    **{ord(sign): None for sign in INVISIBLE},
    0x7F: None,
    0xA0: " ",
    0x202F: " ",
}
_SAMPLE_LINES = 400


@dataclass(frozen=True)
class Delimited:
    """A text file of rows: `lines()` gives them decoded, NFC, from below a `sep=` line."""

    path: Path
    facts: Facts
    delimiter: str
    sep_lines: int

    def lines(self) -> Iterator[str]:
        """Clean lines with their ends."""
        source = itertools.islice(self.facts.charset.lines(self.path), self.sep_lines, None)
        plain = not self.facts.controls
        for line in source:
            yield line if plain and line.isascii() else line.translate(_CLEAN)

    def records(self) -> Iterator[list[str]]:
        """Rows as the CSV reader splits them. Raises Unreadable("cell_too_long")."""
        reader = csv.reader(self.lines(), delimiter=self.delimiter)
        try:
            yield from reader
        except csv.Error:
            raise Unreadable("cell_too_long", row=reader.line_num, limit=MAX_CELL) from None


def open_delimited(path: Path) -> Delimited:
    """Decide encoding and delimiter. Raises Unreadable for what is not text."""
    csv.field_size_limit(MAX_CELL)
    facts = scan(path)
    if facts.controls > facts.size * 0.002 + 5:
        raise Unreadable("binary")
    top = list(itertools.islice(facts.charset.lines(path), _SAMPLE_LINES))
    if not any(line.strip() for line in top):
        raise Unreadable("empty")
    if _HTML.match("".join(top[:5])):
        raise Unreadable("html")
    declared = _SEP_LINE.match(top[0])
    if declared:
        return Delimited(path, facts, declared[1], 1)
    return Delimited(path, facts, _delimiter(top), 0)


def read_delimited(path: Path, scratch: Path, log: ProblemLog) -> Reading:
    """Read CSV or TSV. `Reading.load` is the file itself if it is tidy, else a tidied copy."""
    source = open_delimited(path)
    sample = list(itertools.islice(source.records(), SAMPLE_ROWS))
    header = find_header(sample, log)
    if not header.labels:
        raise Unreadable("empty")
    check_width(len(header.labels))
    _report_text(source.facts, log)
    whole = source.facts.tidy and _one_line_each(source, sample, header)
    load = (
        Loadable(path, source.delimiter, source.sep_lines + header.data)
        if whole
        else _tidied(source, header, scratch, log)
    )
    return Reading(
        format="tsv" if source.delimiter == "\t" else "csv",
        labels=header.labels,
        load=load,
        first_row=source.sep_lines + header.data + 1,
        header_row=source.sep_lines + header.row if header.row else None,
        encoding=source.facts.charset.name,
        delimiter=source.delimiter if len(header.labels) > 1 else None,
    )


def retidy(reading: Reading, scratch: Path, log: ProblemLog) -> Loadable:
    """The tidied copy of a file that DuckDB refused: rows of other lengths, odd quotes."""
    source = open_delimited(reading.load.path)
    sample = list(itertools.islice(source.records(), SAMPLE_ROWS))
    return _tidied(source, find_header(sample, ProblemLog()), scratch, log)


def _one_line_each(source: Delimited, sample: list[list[str]], header: Header) -> bool:
    """DuckDB skips lines, not records, and it must find the same width in every row."""
    broken = any("\n" in cell for row in sample[: header.data] for cell in row)
    same = all(len(row) == len(header.labels) for row in sample[header.data :])
    return same and not broken and len(header.labels) > 1


def _tidied(source: Delimited, header: Header, scratch: Path, log: ProblemLog) -> Loadable:
    target = scratch / "tidy.csv"
    records = itertools.islice(source.records(), header.data, None)
    first = source.sep_lines + header.data + 1
    write_tidy(_even(records, header.labels, first, source.facts, log), target)
    return Loadable(target)


def _even(
    records: Iterator[list[str]], labels: list[str], first: int, facts: Facts, log: ProblemLog
) -> Iterator[list[str]]:
    """Rows of one length, with a problem for each that was shorter, longer or broken."""
    width = len(labels)
    blank = [""] * width
    row: list[str] = []
    number = first
    for number, row in enumerate(records, start=first):
        if len(row) != width:
            row = _evened(row, number, width, log) if any(row) else blank
        if facts.charset.errors == "replace":
            _report_broken(row, number, labels, log)
        yield row
    if facts.quotes % 2 and row and any("\n" in cell for cell in row):
        log.add("unclosed_quote", row=number, value=row[-1])


def _evened(row: list[str], number: int, width: int, log: ProblemLog) -> list[str]:
    if len(row) < width:
        log.add("short_row", row=number, found=len(row), expected=width)
        return row + [""] * (width - len(row))
    extra = [cell for cell in row[width:] if cell.strip()]
    if extra:
        log.add("long_row", row=number, value=" ".join(extra), found=len(row), expected=width)
    return row[:width]


def _report_broken(row: list[str], number: int, labels: list[str], log: ProblemLog) -> None:
    for at, cell in enumerate(row):
        if "\ufffd" in cell:
            log.add("invalid_bytes", row=number, column=labels[at], value=cell)


def _report_text(facts: Facts, log: ProblemLog) -> None:
    if facts.controls:
        log.add("control_characters", times=facts.controls)
    if facts.charset.name in ("windows-1258", "tcvn3", "latin-1"):
        log.add("legacy_encoding", encoding=facts.charset.name.upper())


def _delimiter(lines: list[str]) -> str:
    """The delimiter under which the most rows have the same number of cells, above one."""
    scores = {sign: _evenness(lines, sign) for sign in _DELIMITERS}
    return max(_DELIMITERS, key=lambda sign: scores[sign])


def _evenness(lines: list[str], sign: str) -> float:
    try:
        rows = [row for row in csv.reader(lines[:200], delimiter=sign) if any(row)]
    except csv.Error:  # a cell beyond the limit: not this sign, or reported while reading
        return 0.0
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return 0.0
    width = table_width([row for row in rows if len(row) > 1])
    # Title rows have one cell whatever the sign; the rest should agree.
    (_, agreeing), *_rest = widths.most_common(1)
    named = sum(map(bool, next(row for row in rows if len(row) > 1)))
    return agreeing / len(rows) + min(width, 40) / 200 + (0.3 if named >= width else 0.0)


# Python's own limit is 131,072 characters; a long geometry needs more.
csv.field_size_limit(min(MAX_CELL, sys.maxsize))
