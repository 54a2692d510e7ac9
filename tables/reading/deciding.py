"""Deciding each column's type over all of its values.

A sample says which types are worth testing; the test itself looks at every value. Words that say
"nothing" do not stand in the way of numbers, days and answers; texts keep them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from core.vietnamese import fold, normalise
from tables import patterns
from tables.patterns import EN, SPACED, VI, WHOLE, Form, is_absent, matches, one_of
from tables.problems import ProblemLog
from tables.reading import losses
from tables.reading.source import Reading

_SAMPLE = 4_000
# Fewer odd values than this share, in a column of another type, are worth a report.
_ODD_SHARE = 0.2
_DECIMALS = re.compile(r"\b(?:vi do|kinh do|toa do|lat|lon|lng|latitude|longitude)\b")
_IDENTIFIER = re.compile(
    r"\b(?:cccd|cmnd|so dinh danh|ma so thue|mst|dien thoai|so dt|sdt|di dong|hotline|fax"
    r"|so tai khoan)\b"
)
# Codes name things, nobody adds them up. With its mark, since folded "mã" is also "mạ" and "mả";
# "mã lực" is horsepower.
# Numbers of sections and versions: 1.10 comes after 1.9.
_SECTION = re.compile(
    r"\bmục\b(?! tiêu| đích)|\bchương\b(?! trình)|\bphiên bản\b|\bversion\b|\bsection\b|\bs?tt\b"
    r"|\bsố thứ tự\b|^stt"
)
_CODE = re.compile(r"\bmã\b(?! lực)|^ma_|\bcode\b|_code$")


@dataclass(frozen=True)
class Column:
    """A decided column: `raw` is its name in the raw table, `form` how to cast it."""

    raw: str
    name: str
    label: str
    form: Form
    counts: Mapping[str, int] = field(default_factory=dict, repr=False)

    @property
    def type(self) -> str:
        """One of text, integer, number, date, datetime, boolean, geometry."""
        return self.form.type


_TESTS: dict[str, str] = {
    "filled": "{c} IS NOT NULL",
    "numberish": matches("{c}", patterns.NUMBERISH),
    "dateish": matches("{c}", patterns.DATEISH),
    "code": matches("{c}", patterns.CODE_FORM),
    **{name: matches("{c}", form) for name, form in patterns.NUMBER_FORMS.items()},
    **{
        f"{name}_whole": f"({form.template}) IS NOT NULL"
        for name, form in patterns.INTEGERS.items()
    },
    "dot": "contains({c}, '.') AND " + matches("{c}", patterns.NUMBER_FORMS[VI]),
    "date": f"({patterns.DATES['day_first'].template}) IS NOT NULL",
    "us_date": f"({patterns.DATES['us'].template}) IS NOT NULL",
    "datetime": f"({patterns.DATETIMES['day_first'].template}) IS NOT NULL",
    "us_datetime": f"({patterns.DATETIMES['us'].template}) IS NOT NULL",
    "boolean": f"({patterns.BOOLEAN.template}) IS NOT NULL",
    "answer": f"({patterns.BOOLEAN.template}) IS NOT NULL OR ({is_absent('{c}')})",
    "absent": is_absent("{c}"),
}
# "Qu?nh L?u": programs write so what their character set has no sign for. Addresses ask "?page=".
_LOST_LETTERS = (
    "contains({c}, '?') AND NOT contains({c}, '://') AND NOT contains({c}, '=')"
    r" AND regexp_matches({c}, '\pL\?\pL')"
)
_ALWAYS = ("filled", "absent")
_FAMILIES = {
    "numberish": (
        "code", "dot", *patterns.NUMBER_FORMS, *(f"{name}_whole" for name in patterns.INTEGERS)
    ),
    "dateish": ("date", "us_date", "datetime", "us_datetime"),
}  # fmt: skip
_KINDS = (*_FAMILIES["numberish"][2:], *_FAMILIES["dateish"])
_ODD_TESTS = (WHOLE, VI, EN, "date", "datetime")


def decide(
    con: duckdb.DuckDBPyConnection, reading: Reading, names: Sequence[str], log: ProblemLog
) -> list[Column]:
    """Decide every column of the table `raw`, whose columns are c0, c1, …"""
    raws = [f"c{at}" for at in range(len(names))]
    counts = _count(con, raws)
    styles = _styles_of_file(counts)
    columns = []
    for at, (raw, name, label) in enumerate(zip(raws, names, reading.labels, strict=True)):
        known = reading.number_styles.get(at)
        if at in reading.geometries:
            form = patterns.GEOMETRY
        elif _is_answer(con, raw, counts[raw], text=at in reading.texts):
            form = patterns.BOOLEAN
        else:
            form = _form(counts[raw], label, known, styles)
        if at in reading.texts and form.type in ("integer", "number"):
            form = patterns.TEXT
        if form.type in ("integer", "number"):
            place = losses.Place(raw, label, reading.first_row, written=known is None)
            form = losses.kept_form(con, place, form, log)
        columns.append(Column(raw, name, label, form, counts[raw]))
        _report(con, columns[-1], reading, known, styles, log)
    return columns


def report_absent(
    con: duckdb.DuckDBPyConnection, columns: Sequence[Column], reading: Reading, log: ProblemLog
) -> None:
    """Name the cells whose word for "nothing" became an empty cell."""
    for column in columns:
        if column.type in ("text", "geometry") or not column.counts.get("absent", 1):
            continue
        emptied = f"{is_absent(column.raw)} AND {column.form.cast(column.raw)} IS NULL"
        report_cells(con, column, emptied, reading, log, "null_word")


def report_cells(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    where: str,
    reading: Reading,
    log: ProblemLog,
    rule: str,
    **params: str,
) -> None:
    """Report the cells of a column for which the SQL `where` is true; all are counted."""
    losses.report_cells(con, losses.Place(column.raw, column.label, reading.first_row), where, log,
                        rule, **params)  # fmt: skip


def _count(con: duckdb.DuckDBPyConnection, raws: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many values of each column pass each test; tests not worth making are absent."""
    (rows,) = con.execute("SELECT count(*) FROM raw").fetchone() or (0,)
    if rows <= _SAMPLE:
        return _counted_by_family(con, raws, "raw")
    step = max(1, rows // (_SAMPLE // 2))
    con.execute(
        "CREATE TEMP TABLE sample AS"
        f" SELECT * FROM raw WHERE rowid < {_SAMPLE // 2} OR rowid % {step} = 0"
    )
    rough = _counted_by_family(con, raws, "sample")
    counts = _counted(con, {raw: _worthwhile(rough[raw]) for raw in raws}, "raw")
    unsure = [raw for raw in raws if _surprised(rough[raw], counts[raw])]
    return counts | _counted(con, {raw: tuple(_TESTS) for raw in unsure}, "raw")


def _counted_by_family(
    con: duckdb.DuckDBPyConnection, raws: Sequence[str], source: str
) -> dict[str, dict[str, int]]:
    """Cheap tests first: a column of names is not tried as thirty kinds of dates."""
    first = (*_ALWAYS, *_FAMILIES, "boolean", "answer")
    counts = _counted(con, dict.fromkeys(raws, first), source)
    wanted = {
        raw: tuple(
            test
            for gate, tests in _FAMILIES.items()
            if counts[raw][gate] * 2 >= _values(counts[raw]) > 0
            for test in tests
        )
        for raw in raws
    }
    exact = _counted(con, wanted, source)
    return {raw: counts[raw] | exact[raw] for raw in raws}


def _worthwhile(rough: Mapping[str, int]) -> tuple[str, ...]:
    """Tests that every sampled value passed: no other can be passed by all values.

    Where there is none, the one that nearly all passed, for the report of the odd values.
    """
    filled = _values(rough)
    if not filled:
        return tuple(_TESTS)
    if rough["answer"] == rough["filled"] and rough["boolean"]:
        return (*_ALWAYS, "boolean", "answer")
    if rough.get("code"):
        return ("filled", "code")
    full = [test for test in _KINDS if rough.get(test) == filled]
    if "date" in full or "datetime" in full:
        full = [test for test in full if not test.startswith("us_")]
    if not full:
        best = max(_ODD_TESTS, key=lambda test: rough.get(test, 0))
        full = [best] if rough.get(best, 0) >= filled * (1 - _ODD_SHARE) / 2 else []
    numbers = [test for test in ("code", "dot") if full and test not in full]
    return (*_ALWAYS, *full, *numbers) if full else ("filled",)


def _surprised(rough: Mapping[str, int], count: Mapping[str, int]) -> bool:
    """The sample promised a type that the whole column does not keep."""
    promised = [t for t in _KINDS if t in count and rough.get(t) == _values(rough) > 0]
    if "answer" in count and rough["answer"] == rough["filled"]:
        return count["answer"] < count["filled"]
    return bool(promised) and all(count[test] < _values(count) for test in promised)


def _counted(
    con: duckdb.DuckDBPyConnection, wanted: Mapping[str, Sequence[str]], source: str
) -> dict[str, dict[str, int]]:
    """Columns that want the same tests are laid one below the other: each test is planned once."""
    counts = {raw: dict.fromkeys(tests, 0) for raw, tests in wanted.items()}
    alike: dict[tuple[str, ...], list[str]] = {}
    for raw, tests in wanted.items():
        alike.setdefault(tuple(tests), []).append(raw)
    for tests, raws in alike.items():
        if not tests:
            continue
        sums = (f"count(*) FILTER ({_TESTS[test].replace('{c}', 'value')})" for test in tests)
        names = ", ".join(raws)
        cells = f"UNPIVOT (SELECT {names} FROM {source}) ON {names} INTO NAME raw VALUE value"
        found = con.execute(f"SELECT raw, {', '.join(sums)} FROM ({cells}) GROUP BY raw").fetchall()
        for raw, *passed in found:
            counts[raw] = dict(zip(tests, passed, strict=True))
    return counts


def _values(count: Mapping[str, int]) -> int:
    """Cells that say something."""
    return count["filled"] - count.get("absent", 0)


def _styles_of_file(counts: Mapping[str, Mapping[str, int]]) -> set[str]:
    """Ways of writing decimals that some column proves."""
    return {style for count in counts.values() for style in (VI, EN) if _proves(count, style)}


def _proves(count: Mapping[str, int], style: str) -> bool:
    other = EN if style == VI else VI
    values = _values(count)
    return bool(values) and count.get(style, 0) == values and count.get(other, 0) < values


def _is_answer(
    con: duckdb.DuckDBPyConnection, raw: str, count: Mapping[str, int], *, text: bool
) -> bool:
    """Yes and no, each said in one way. "Không có" alone says no only beside a yes."""
    if text or not count.get("boolean") or count.get("answer", 0) < count["filled"]:
        return False
    yes, no = (one_of("word", words) for words in (patterns.TRUE_WORDS, patterns.FALSE_WORDS))
    ways_yes, ways_no, nothing = con.execute(
        f"SELECT count(*) FILTER ({yes}), count(*) FILTER ({no}),"
        f" count(*) FILTER ({no} AND {is_absent('word')})"
        f" FROM (SELECT DISTINCT lower({raw}) AS word FROM raw WHERE {raw} IS NOT NULL)"
    ).fetchone() or (0, 0, 0)
    return ways_yes <= 1 and ways_no <= 1 and (ways_yes == 1 or not nothing)


def _form(count: Mapping[str, int], label: str, known: str | None, styles: set[str]) -> Form:
    """The one form that all values have; text where there is none. `known`: a style of numbers."""
    values = _values(count)
    if not values:
        return patterns.TEXT
    full = {test for test, found in count.items() if found == values}
    for family, day, us in (
        (patterns.DATES, "date", "us_date"),
        (patterns.DATETIMES, "datetime", "us_datetime"),
    ):
        if day in full or us in full:
            return family["day_first" if day in full else "us"]
    if count.get("code") or (_names_things(label) and known is None):
        return patterns.TEXT
    form = _number_form(count, full, label, known, styles)
    sections = known is None and form.type == "number" and _SECTION.search(_words(label))
    return patterns.TEXT if sections else form


def _names_things(label: str) -> bool:
    return bool(_IDENTIFIER.search(fold(label)) or _CODE.search(_words(label)))


def _words(label: str) -> str:
    return normalise(label).lower()


def _number_form(
    count: Mapping[str, int], full: set[str], label: str, known: str | None, styles: set[str]
) -> Form:
    if WHOLE in full:
        return patterns.INTEGERS[WHOLE] if f"{WHOLE}_whole" in full else patterns.TEXT
    style = _style(count, full, label, known, styles)
    if style is None:
        return patterns.TEXT
    return (patterns.INTEGERS if f"{style}_whole" in full else patterns.NUMBERS)[style]


def _style(
    count: Mapping[str, int], full: set[str], label: str, known: str | None, styles: set[str]
) -> str | None:
    if known in full:
        return known
    if VI in full and EN in full:
        return _ambiguous_style(count, label, styles)
    return next((style for style in (VI, EN, SPACED) if style in full), None)


def _ambiguous_style(count: Mapping[str, int], label: str, styles: set[str]) -> str:
    """Every value could be 1.234 = 1234 or 1.234 = 1,234: other columns may tell."""
    dots = count["dot"] > 0
    if _DECIMALS.search(fold(label)):
        return EN if dots else VI
    if len(styles) == 1:
        return next(iter(styles))
    return VI if dots else EN


def _report(
    con: duckdb.DuckDBPyConnection,
    column: Column,
    reading: Reading,
    known: str | None,
    styles: set[str],
    log: ProblemLog,
) -> None:
    count, values = column.counts, _values(column.counts)
    if column.type == "geometry":
        report_cells(con, column, f"{column.raw} IS NULL", reading, log, "no_position")
    if not values or column.type == "geometry":
        return
    if column.type == "text":
        _report_odd(con, column, reading, log)
        lost = _LOST_LETTERS.replace("{c}", column.raw)
        report_cells(con, column, lost, reading, log, "lost_letters")
    if column.form.name == "us":
        log.add("us_dates", column=column.label, value=_example(con, column.raw))
    both = count.get(VI) == count.get(EN) == values > count.get(WHOLE, 0)
    if both and known is None and len(styles) != 1 and not _DECIMALS.search(fold(column.label)):
        grouped = f"NOT {matches(column.raw, patterns.NUMBER_FORMS[WHOLE])} AND NOT ({is_absent(column.raw)})"
        value = _example(con, column.raw, grouped)
        log.add("ambiguous_number", column=column.label, value=value)


def _example(con: duckdb.DuckDBPyConnection, raw: str, where: str = "true") -> str | None:
    found = con.execute(
        f"SELECT {raw} FROM raw WHERE {raw} IS NOT NULL AND {where} LIMIT 1"
    ).fetchone()
    return found[0] if found else None


def _report_odd(
    con: duckdb.DuckDBPyConnection, column: Column, reading: Reading, log: ProblemLog
) -> None:
    """A column of numbers or dates but for a few values is text: say which values."""
    count, filled = column.counts, _values(column.counts)
    if count.get("code"):
        return
    if count.get(WHOLE) == filled:
        if count[f"{WHOLE}_whole"] < filled:
            big = f"TRY_CAST({column.raw} AS BIGINT) IS NULL AND NOT ({is_absent(column.raw)})"
            log.add("big_integer", column=column.label, value=_example(con, column.raw, big))
        return
    tests = {test: count[test] for test in _ODD_TESTS if test in count}
    test = max(tests, key=lambda name: tests[name], default=None)
    if test is None or filled < 4 or not 0 < filled - tests[test] <= filled * _ODD_SHARE:
        return
    odd = f"NOT ({_TESTS[test].replace('{c}', column.raw)}) AND NOT ({is_absent(column.raw)})"
    type_ = {WHOLE: "integer", VI: "number", EN: "number"}.get(test, test)
    where = f"{column.raw} IS NOT NULL AND {odd}"
    report_cells(con, column, where, reading, log, "mixed_type", type=type_)
