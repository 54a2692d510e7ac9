"""The report of a checked release: what was found, grouped by rule, errors first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

import tables
from catalog import problem_words
from catalog.models import Release

SHOWN = 5  # rows of each rule on the report; the rest has pages of its own


@dataclass(frozen=True)
class Spot:
    """One place in the file: `row` is the 1-based row there, None for a whole column or file.

    `cell`: its address, in a spreadsheet ("B7").
    """

    row: int | None
    column: str | None
    value: str | None
    message: str
    cell: str | None = None

    @property
    def sentence(self) -> str:
        """The message, with the cell where it has an address."""
        if self.cell is None:
            return self.message
        return _("Ô %(cell)s: %(message)s") % {"cell": self.cell, "message": self.message}


@dataclass
class Finding:
    """Everything found by one rule. `count` counts all, `spots` holds those that were kept."""

    rule: str
    severity: str
    count: int
    spots: list[Spot] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return problem_words.heading(self.rule)

    @property
    def how_to_fix(self) -> str:
        return problem_words.how_to_fix(self.rule)

    @property
    def columns(self) -> list[str]:
        """The columns concerned, in the order they were found."""
        return list(dict.fromkeys(spot.column for spot in self.spots if spot.column))

    @property
    def first(self) -> list[Spot]:
        """The first places, so chosen that as many columns as possible are among them."""
        leading = list({spot.column: spot for spot in reversed(self.spots)}.values())[::-1][:SHOWN]
        others = [spot for spot in self.spots if spot not in leading]
        chosen = [*leading, *others[: SHOWN - len(leading)]]
        return sorted(chosen, key=self.spots.index)

    @property
    def has_more(self) -> bool:
        return len(self.spots) > SHOWN

    @property
    def has_rows(self) -> bool:
        """Whether a table of rows says more than the sentences alone."""
        return any(spot.row is not None for spot in self.spots)


@dataclass(frozen=True)
class Report:
    """`unreadable` is the one sentence about a file that could not be read, else empty."""

    errors: list[Finding]
    warnings: list[Finding]
    unreadable: str = ""

    def finding(self, rule: str) -> Finding | None:
        for found in [*self.errors, *self.warnings]:
            if found.rule == rule:
                return found
        return None


def report_of(release: Release) -> Report:
    """The report in the reader's language; empty for a release that was never checked."""
    unreadable = release.reading.get("unreadable")
    if unreadable:
        return Report([], [], problem_words.unreadable_sentence(unreadable))
    found: dict[str, Finding] = {}
    for rule, count in release.problem_counts.items():
        found[rule] = Finding(rule, tables.severity(rule), count)
    for problem in release.reading.get("problems", []):
        if problem["rule"] in found:
            found[problem["rule"]].spots.append(_spot(problem))
    errors = [finding for finding in found.values() if finding.severity == "error"]
    warnings = [finding for finding in found.values() if finding.severity != "error"]
    return Report(errors, warnings)


def _spot(problem: Mapping[str, Any]) -> Spot:
    return Spot(
        row=problem.get("row"),
        column=problem.get("column"),
        value=problem.get("value"),
        message=problem_words.sentence(problem),
        cell=problem.get("cell"),
    )
