"""Numbers of official documents: "845/UBND-VX", "22/2023/QĐ-UBND", "Số: 05/STTTT-CNTT".

NĐ 30/2020/NĐ-CP, Phụ lục I: Arabic number, the year in legal texts only, the symbol of kind and
agency. Numbers begin anew each year, so that two documents are the same when agency, number, symbol
and the year of their date are. Plain Python:

>>> DocumentNumber.parse("Số: 845 / UBND - VX")
DocumentNumber(number='845', year=None, symbol='UBND-VX')
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

_LETTERS = r"[^\W\d_&.]"  # any letter
_PATTERN = re.compile(
    rf"(?:Số\s*:?\s*)?(?P<number>\d{{1,5}}{_LETTERS}?)\s*/\s*(?:(?P<year>\d{{4}})\s*/\s*)?"
    rf"(?P<symbol>(?:{_LETTERS}|[&.])+(?:\s*-\s*(?:{_LETTERS}|[&.\d])+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DocumentNumber:
    """`number` without zeros in front; `symbol` in capitals without spaces."""

    number: str
    year: int | None
    symbol: str

    @classmethod
    def parse(cls, text: str) -> "DocumentNumber":
        """Raises ValueError for what is no number of a document."""
        plain = " ".join(unicodedata.normalize("NFC", text).split())
        match = _PATTERN.fullmatch(plain)
        if match is None:
            raise ValueError(f"not a document number: {text!r}")
        return cls(
            number=match["number"].lstrip("0") or "0",
            year=int(match["year"]) if match["year"] else None,
            symbol=re.sub(r"\s", "", match["symbol"]).upper(),
        )

    def key(self, agency_key: str, issued: date) -> str:
        """One text for one document, however it was written."""
        return f"{agency_key} {self.number.upper()}/{self.symbol} {self.year or issued.year}"
