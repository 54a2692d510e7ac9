"""How spreadsheets show numbers: codes such as 00123 or 012-345 are stored as 123 and 12345.

A section of a number format has placeholders 0 # ?, literals in quotes, behind a backslash or bare,
perhaps a decimal point. What Excel shows of dates, fractions, thousands and exponents is no code.
"""

import operator
import re
from dataclasses import dataclass, replace
from decimal import Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<number>[0#?])|(?P<other>.)",
    re.DOTALL,
)
_BARE = "-+(): "  # literals that need no quotes
_GROUPING = " .,'\u00a0\u202f"  # between # and ##0 these group thousands
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
_COMPARED = {"<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt,
             ">": operator.gt, "=": operator.eq}  # fmt: skip
PERCENT = "percent"
PERCENTS = {9: "0%", 10: "0.00%"}  # numbers of formats that every workbook has


@dataclass(frozen=True)
class CodeFormat:
    """Placeholders (0 # ?) and literals left and right of the decimal point, each a token:
    (True, sign) for a placeholder, (False, text) for a literal. Not `code`: a number with words
    beside it. Where the condition is not met, `otherwise` shows the number.
    """

    whole: tuple[tuple[bool, str], ...]
    decimals: tuple[tuple[bool, str], ...] = ()
    code: bool = True
    condition: tuple[str, float] | None = None
    otherwise: "CodeFormat | None" = None

    def shown(self, number: float) -> str | None:
        """What the cell shows; None where it hides decimals that the number has."""
        if self.condition and not _COMPARED[self.condition[0]](number, self.condition[1]):
            return self.otherwise.shown(number) if self.otherwise else None
        if not self.decimals and float(number).is_integer():
            text = _filled(self.whole, str(abs(int(number))))
            return f"-{text}" if number < 0 else text
        places = sum(is_digit for is_digit, _ in self.decimals)
        exact = Decimal(repr(abs(number)))
        if exact != round(exact, places):
            return None
        figures = f"{exact:.{places}f}".split(".")
        text = _filled(self.whole, figures[0])
        if self.decimals:
            rest = iter(figures[1])
            text += "." + "".join(next(rest) if digit else said for digit, said in self.decimals)
        return ("-" if number < 0 else "") + text


@dataclass(frozen=True)
class ShownCode:
    """What one cell shows of its number, where the file says that."""

    text: str
    code: bool = True

    def shown(self, _number: float) -> str:
        return self.text


Format = CodeFormat | ShownCode | str


def read_format(code: str) -> Format | None:
    """A format that shows codes or words, "percent", or None for every other one."""
    first, rest = _sections(code)
    found = _read_section(first)
    condition = _CONDITION.search(first)
    if not condition or not isinstance(found, CodeFormat):
        return found
    other = _read_section(_sections(rest)[0])
    return replace(
        found,
        condition=(condition[1], float(condition[2])),
        otherwise=other if isinstance(other, CodeFormat) else None,
    )


def _read_section(section: str) -> CodeFormat | str | None:
    tokens: list[tuple[bool, str]] = []
    point: int | None = None
    for found in _TOKEN.finditer(section):
        if found["number"]:
            tokens.append((True, found["number"]))
        elif found["other"] == ".":
            if point is not None:
                return None
            point = len(tokens)
        elif found["other"] == "%":
            return PERCENT
        elif found["other"] and found["other"] not in _BARE:
            return None
        else:
            said = found["quoted"] or found["escaped"] or found["sign"] or found["other"]
            if said:
                tokens.append((False, said))
    whole = tuple(tokens[:point])
    decimals = tuple(tokens[point:]) if point is not None else ()
    if not any(is_digit for is_digit, _ in whole):
        return None
    code = _is_code(whole)
    worded = any(not is_digit and any(map(str.isalnum, said)) for is_digit, said in tokens)
    return CodeFormat(whole, decimals, code) if code or worded else None


def _sections(code: str) -> tuple[str, str]:
    """The first section and the others."""
    end = re.match(r'(?:"[^"]*"?|\\.|[^;"\\])*', code, re.DOTALL)
    first = end[0] if end else ""
    return first, code[len(first) + 1 :]


def _is_code(whole: tuple[tuple[bool, str], ...]) -> bool:
    digits = [at for at, (is_digit, _) in enumerate(whole) if is_digit]
    inside = [said for is_digit, said in whole[digits[0] : digits[-1]] if not is_digit]
    zeros = sum(said == "0" for is_digit, said in whole if is_digit)
    return zeros > 1 or any(said not in _GROUPING for said in inside)


def _filled(tokens: tuple[tuple[bool, str], ...], figures: str) -> str:
    """Figures put into the placeholders from the right; what is left over stands at the left."""
    if all(said == "0" for _, said in tokens):
        return figures.zfill(len(tokens))
    waiting = "" if figures == "0" else figures
    last = next(at for at, (is_digit, _) in enumerate(tokens) if is_digit)
    parts = []
    for at in range(len(tokens) - 1, -1, -1):
        is_digit, said = tokens[at]
        if not is_digit:
            parts.append(said)
        elif at == last:
            parts.append(waiting or ("0" if said == "0" else ""))
        else:
            parts.append(waiting[-1:] or ("0" if said == "0" else ""))
            waiting = waiting[:-1]
    return "".join(reversed(parts))
