"""What is wrong with a file: `Unreadable` stops the reading, `Problem` is reported."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tables.limits import PROBLEMS_PER_RULE, REPORTED_VALUE
from tables.messages import message_template, say

# A release with one of these cannot be submitted; every other rule is a warning.
ERRORS = frozenset(
    {
        "long_row", "invalid_bytes", "unclosed_quote", "sheet_error", "formula_without_result",
        "missing_column", "type_changed", "wrong_type", "missing_value", "not_a_position",
        "swapped_position",
    }
)  # fmt: skip


class CodedError(Exception):
    """An error with a code and parameters; `str(error)` is a Vietnamese sentence."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    @property
    def template(self) -> str:
        """The sentence with {named} parameters, to be translated."""
        return message_template(self.code)

    def __str__(self) -> str:
        return say(self.code, self.params)


class Unreadable(CodedError):
    """The file cannot be read as a table; the sentence says what to do."""


def severity(rule: str) -> str:
    """ "error" (blocks submission) or "warning"."""
    return "error" if rule in ERRORS else "warning"


@dataclass(frozen=True)
class Problem:
    """One finding: `row` is the 1-based row in the file, `column` the header's label.

    `cell` is its address in a spreadsheet, as spreadsheet programs show it: "B7".
    """

    rule: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: dict[str, object] = field(default_factory=dict)
    cell: str | None = None

    @property
    def severity(self) -> str:
        """ "error" or "warning"."""
        return severity(self.rule)

    @property
    def message_params(self) -> dict[str, object]:
        """Parameters of `message_template(rule)`."""
        own = {"row": self.row, "column": self.column, "value": self.value}
        return {**{k: v for k, v in own.items() if v is not None}, **self.params}

    @property
    def message(self) -> str:
        """The Vietnamese sentence."""
        return say(self.rule, self.message_params)

    def as_dict(self) -> dict[str, object]:
        """JSON-able: rule, severity, row, column, cell, value, params, message."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "row": self.row,
            "column": self.column,
            "cell": self.cell,
            "value": self.value,
            "params": self.params,
            "message": self.message,
        }


class ProblemLog:
    """Collects problems: every one is counted, the first of each rule are kept."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.counts: Counter[str] = Counter()
        self._kept: Counter[str] = Counter()

    def add(
        self,
        rule: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        times: int = 1,
        **params: object,
    ) -> None:
        """Record a problem; `times` counts the same problem that often."""
        message_template(rule)
        self.counts[rule] += times
        self._keep(Problem(rule, row, column, _shortened(value), params))

    def take(self, other: "ProblemLog") -> None:
        """Add all that another log holds."""
        for problem in other.kept:
            self._keep(problem)
        self.counts.update(other.counts)

    def forget(self, rule: str, *, column: str) -> None:
        """Forget a rule's findings in a column, replaced by stronger ones."""
        gone = [p for p in self.kept if p.rule == rule and p.column == column]
        self._remove(gone)

    def drop(self, rules: Iterable[str], *, from_row: int) -> None:
        """Forget problems of rows that turned out not to be data."""
        gone = [p for p in self.kept if p.rule in rules and p.row is not None and p.row >= from_row]
        self._remove(gone)

    def _remove(self, gone: Iterable[Problem]) -> None:
        for problem in gone:
            self.kept.remove(problem)
            self.counts[problem.rule] -= 1
            self._kept[problem.rule] -= 1
        self.counts = +self.counts

    def _keep(self, problem: Problem) -> None:
        if self._kept[problem.rule] < PROBLEMS_PER_RULE:
            self.kept.append(problem)
            self._kept[problem.rule] += 1


def _shortened(value: str | None) -> str | None:
    if value is None or len(value) <= REPORTED_VALUE:
        return value
    return value[: REPORTED_VALUE - 1] + "…"
