"""CSV and TSV: the dialect, then either DuckDB reads the file itself or we tidy it."""

import csv
import itertools
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from tables.limits import MAX_CELL
from tables.problems import ProblemLog, Unreadable
from tables.reading.charsets import mended
from tables.reading.headers import SAMPLE_ROWS, Header, find_header, table_width
from tables.reading.outside import Outside, named_beyond
from tables.reading.records import Splitter
from tables.reading.scan import INVISIBLE, Facts, scan
from tables.reading.source import Loadable, Reading, check_width, write_tidy

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
_DROPPED = {code: kept for code, kept in _CLEAN.items() if not kept}
_UNCLEAN, _UNSEEN = (
    re.compile("[" + "".join(map(re.escape, map(chr, signs))) + "]") for signs in (_CLEAN, _DROPPED)
)
_SAMPLE_LINES = 400


@dataclass(frozen=True)
class Delimited:
    """A text file of rows: `lines()` gives them decoded, NFC, from below a `sep=` line.

    `gaps` is how many delimiters a line usually has.
    """

    path: Path
    facts: Facts
    delimiter: str
    sep_lines: int
    gaps: int = 0

    def lines(self) -> Iterator[str]:
        """Clean lines with their ends."""
        lines = itertools.islice(self.facts.charset.lines(self.path), self.sep_lines, None)
        # Text that was decoded wrongly may need its no-break spaces.
        unclean, clean = (_UNSEEN, _DROPPED) if self.mends else (_UNCLEAN, _CLEAN)
        for line in lines:
            yield line.translate(clean) if unclean.search(line) else line

    def records(self, stray: Callable[[int, str], None] | None = None) -> Iterator[list[str]]:
        """Rows of cells; `stray` as in Splitter. Raises Unreadable("cell_too_long")."""
        splitter = Splitter(self.delimiter, self.gaps)
        yield from splitter.rows(self.lines(), first=self.sep_lines + 1, stray=stray)

    @property
    def mends(self) -> bool:
        """May cells hold text that was decoded wrongly?"""
        return self.facts.wrong or self.facts.charset.codec != "utf-8"


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
    sep_lines = 1 if declared else 0
    lines = top[sep_lines:]
    delimiter = declared[1] if declared else _delimiter(lines)
    return Delimited(path, facts, delimiter, sep_lines, _usual_gaps(lines, delimiter))


def read_delimited(path: Path, scratch: Path, log: ProblemLog) -> Reading:
    """Read CSV or TSV. `Reading.load` is the file itself if it is tidy, else a tidied copy."""
    source = open_delimited(path)
    raw = list(itertools.islice(source.records(), SAMPLE_ROWS))
    sample = _mended(raw) if source.mends else raw
    header = find_header(sample, log, first=source.sep_lines + 1)
    if not header.labels:
        raise Unreadable("empty")
    check_width(len(header.labels))
    _report_text(source.facts, log)
    _report_heading(raw, sample, header, source.sep_lines + 1, log)
    reading = Reading(
        format="tsv" if source.delimiter == "\t" else "csv",
        labels=header.labels,
        load=Loadable(path, source.delimiter, source.sep_lines + header.data),
        first_row=source.sep_lines + header.data + 1,
        header_row=source.sep_lines + header.row if header.row else None,
        encoding=source.facts.charset.name,
        delimiter=source.delimiter if len(header.labels) > 1 else None,
        lines=source.facts.lines,
    )
    if source.facts.tidy and _one_line_each(source, sample, header):
        return reading
    return _tidied(source, sample, header, reading, scratch, log)


def retidy(reading: Reading, scratch: Path, log: ProblemLog) -> Reading:
    """With a tidied copy of a file that DuckDB may not read: rows of other lengths, odd quotes."""
    source = open_delimited(reading.load.path)
    raw = list(itertools.islice(source.records(), SAMPLE_ROWS))
    sample = _mended(raw) if source.mends else raw
    header = find_header(sample, ProblemLog(), first=source.sep_lines + 1)
    return _tidied(source, sample, header, reading, scratch, log)


def _mended(rows: list[list[str]]) -> list[list[str]]:
    return [[mended(cell).translate(_CLEAN) for cell in row] for row in rows]


def _one_line_each(source: Delimited, sample: list[list[str]], header: Header) -> bool:
    """DuckDB skips lines, not records, and it must find the same width in every row."""
    broken = any("\n" in cell for row in sample[: header.data] for cell in row)
    rows = sample[header.top :]
    same = all(len(row) == len(header.labels) for row in rows)
    return same and not broken and len(header.labels) > 1


def _tidied(
    source: Delimited,
    sample: list[list[str]],
    header: Header,
    reading: Reading,
    scratch: Path,
    log: ProblemLog,
) -> Reading:
    """Rows of one length; what stands beyond the header has columns of its own."""
    fields = max(map(len, sample[header.top : header.top + header.height]), default=0)
    target = scratch / "tidy.csv"
    labels = header.labels
    while True:
        found = ProblemLog()
        rows = _Rows(source, labels, fields or len(labels), header, found)
        write_tidy(rows.even(), target)
        if rows.outside.wide <= len(labels):
            break
        # Once more, now that the widest row is known.
        labels = named_beyond(labels, rows.outside.wide)
        check_width(len(labels))
    rows.outside.report(labels, found)
    log.take(found)
    return replace(reading, labels=labels, load=Loadable(target))


@dataclass
class _Rows:
    """The rows of data, with a problem for each that was shorter, longer or broken.

    `fields` is how many the header has, named or not.
    """

    source: Delimited
    labels: list[str]
    fields: int
    header: Header
    log: ProblemLog
    outside: Outside = field(init=False)

    def __post_init__(self) -> None:
        self.outside = Outside(len(self.header.labels))

    def even(self) -> Iterator[list[str]]:
        """Rows as long as there are labels."""
        width = len(self.labels)
        blank = [""] * width
        first = self.source.sep_lines + self.header.data + 1
        records = itertools.islice(self.source.records(self._stray), self.header.data, None)
        broken, mends = self.source.facts.broken, self.source.mends
        for number, row in enumerate(records, start=first):
            if mends:
                row = self._mended(row, number)
            if len(row) != width or len(row) > self.fields:
                row = self._evened(row, number, width) if any(row) else blank
            elif width > len(self.header.labels):
                self.outside.see(number, row)
            if broken:
                self._report_broken(row, number)
            yield row

    def _evened(self, row: list[str], number: int, width: int) -> list[str]:
        self.outside.see(number, row) if len(row) <= self.fields else self._report_long(row, number)
        if len(row) < min(width, self.fields):
            self.log.add("short_row", row=number, found=len(row), expected=min(width, self.fields))
        return row[:width] + [""] * (width - len(row))

    def _report_long(self, row: list[str], number: int) -> None:
        extra = [cell for cell in row[self.fields :] if cell.strip()]
        if extra:
            self.outside.widen(row)
            self.log.add("long_row", row=number, value=" ".join(extra), found=len(row),
                         expected=self.fields)  # fmt: skip

    def _mended(self, row: list[str], number: int) -> list[str]:
        mended_row = [mended(cell) for cell in row]
        if mended_row != row:
            for at, (cell, right) in enumerate(zip(row, mended_row, strict=True)):
                if cell != right:
                    self.log.add("encoded_twice", row=number, column=self._label(at), value=cell,
                                 repaired=right)  # fmt: skip
        return [cell.translate(_CLEAN) for cell in mended_row]

    def _report_broken(self, row: list[str], number: int) -> None:
        for at, cell in enumerate(row):
            if "\ufffd" in cell:
                self.log.add("invalid_bytes", row=number, column=self._label(at), value=cell)

    def _stray(self, number: int, line: str) -> None:
        if number > self.source.sep_lines + self.header.data:
            self.log.add("unclosed_quote", row=number, value=line)

    def _label(self, at: int) -> str:
        return self.labels[at] if at < len(self.labels) else f"Cột {at + 1}"


def _report_heading(
    raw: list[list[str]], sample: list[list[str]], header: Header, first: int, log: ProblemLog
) -> None:
    """Headings that were decoded wrongly, now or before."""
    for at in range(header.top, header.top + header.height):
        for cell, right in zip(raw[at], sample[at], strict=True):
            if "\ufffd" in right:
                log.add("invalid_bytes", row=first + at, column=right, value=right)
            if mended(cell) != cell:
                log.add("encoded_twice", row=first + at, column=right, value=cell, repaired=right)


def _report_text(facts: Facts, log: ProblemLog) -> None:
    if facts.controls:
        log.add("control_characters", times=facts.controls)
    if facts.charset.name in ("windows-1258", "tcvn3", "windows-1252"):
        log.add("legacy_encoding", encoding=facts.charset.name.upper())


def _delimiter(lines: list[str]) -> str:
    """The delimiter under which the most rows have the same number of cells, above one."""
    scores = {sign: _evenness(lines, sign) for sign in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda sign: scores[sign])
    # A list of texts under one heading: "Nguyễn Văn A, Vinh". No cell begins with a space in a table.
    if best == "," and _only_prose(lines):
        return next((sign for sign in ";|\t" if not any(sign in line for line in lines)), best)
    return best


def _only_prose(lines: list[str]) -> bool:
    texts = [line for line in lines if line.strip()]
    if "," in texts[0] or any('"' in line for line in texts) or len(texts) < 2:
        return False
    commas = sum(line.count(",") for line in texts)
    return commas == sum(line.count(", ") for line in texts) and not any(
        re.fullmatch(r"[\d.]+", cell.strip()) for line in texts for cell in line.split(",")
    )


def _usual_gaps(lines: list[str], delimiter: str) -> int:
    found = Counter(line.count(delimiter) for line in lines if delimiter in line)
    return found.most_common(1)[0][0] if found else 0


def _evenness(lines: list[str], sign: str) -> float:
    top = lines[:200]
    try:
        split = Splitter(sign, _usual_gaps(top, sign)).rows(top)
        rows = [row for row in split if any(row)]
    except Unreadable:  # a cell beyond the limit: not this sign, or reported while reading
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
