"""Deciding the character set of a text file and decoding it.

Order: byte order mark, UTF-16 without one, UTF-8, then windows-1258 against TCVN3 and
windows-1252 by how many words read as Vietnamese syllables, windows-1252 last.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_SAMPLE = 400_000
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
# TCVN 5712:1993 (VN3, "ABC" fonts): one byte per letter, capitals only without tones.
_TCVN3_BYTES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_TCVN3 = str.maketrans(_TCVN3_BYTES, _TCVN3_LETTERS)
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?"
    r"(?:uyê|uya|oai|oay|oeo|uây|ươi|ươu|iêu|yêu|uôi|uyu|oao"
    r"|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|oi|ôi|ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ươ|ưi|ưu|yê"
    r"|[aăâeêioôơuưy])"
    r"(?:ng|nh|ch|[cmnpt])?"
)
_WORD = re.compile(r"[^\W\d_]+")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]")  # a letter that a program wrote as "?"
# Text in UTF-8 that was taken for windows-1252 and saved as UTF-8 again, and control signs that were
# quotes and dashes in windows-1252.
_WRONG = re.compile(
    "[\u0080-\u009f]|[\u00c2-\u00c6][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u203a\u20ac\u2122]"
    "|\u00e1[\u00ba\u00bb]"
)
_CONTROLS = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0)}


@dataclass(frozen=True)
class Charset:
    """`name` for people, `codec` for Python, `bom` bytes to skip, `errors` as in open()."""

    name: str
    codec: str
    bom: int = 0
    errors: str = "strict"

    def decode(self, data: bytes) -> str:
        """Text of `data`, which starts after the byte order mark."""
        return self.finish(data.decode(self.codec, errors="replace"))

    def finish(self, text: str) -> str:
        """TCVN3 letters put right, and NFC."""
        if text.isascii():
            return text
        if self.name == "tcvn3":
            text = text.translate(_TCVN3)
        return unicodedata.normalize("NFC", text)

    def lines(self, path: Path) -> Iterator[str]:
        """Lines with their ends, decoded and NFC, from after the byte order mark."""
        with path.open(encoding=self.codec, errors="replace", newline="") as text:
            first = True
            for line in text:
                if first:
                    line, first = line.removeprefix("\ufeff"), False
                yield self.finish(line)


def detect(sample: bytes, *, valid_utf8: bool, invalid: int, beyond_ascii: int) -> Charset:
    """The charset of a file that starts with `sample`.

    `invalid` counts byte sequences that are not UTF-8 and `beyond_ascii` letters that are,
    over the whole file: a few broken bytes in a UTF-8 file do not make it another one.
    """
    for mark, codec in _BOMS:
        if sample.startswith(mark):
            errors = "replace" if codec == "utf-8" and not valid_utf8 else "strict"
            return Charset(codec.removesuffix("-le").removesuffix("-be"), codec, len(mark), errors)
    wide = _utf16_without_mark(sample)
    if wide:
        return wide
    if valid_utf8 or (beyond_ascii and invalid * 5 <= beyond_ascii):
        return Charset("utf-8", "utf-8", errors="strict" if valid_utf8 else "replace")
    return _legacy(sample[:_SAMPLE])


def _utf16_without_mark(sample: bytes) -> Charset | None:
    """Latin text in UTF-16 has a zero byte in most pairs, always on the same side."""
    part = sample[: _SAMPLE // 4 * 4]
    pairs = len(part) // 2
    if pairs < 4 or b"\x00" not in part:
        return None
    even, odd = part[0::2].count(0), part[1::2].count(0)
    if odd > pairs * 0.3 and even < odd / 10:
        return Charset("utf-16", "utf-16-le")
    if even > pairs * 0.3 and odd < even / 10:
        return Charset("utf-16", "utf-16-be")
    return None


def _legacy(sample: bytes) -> Charset:
    western = Charset("windows-1252", "cp1252", errors="replace")
    vietnamese = (
        Charset("windows-1258", "cp1258", errors="replace"),
        Charset("tcvn3", "latin-1", errors="replace"),
    )
    # windows-1252 has no letters for Vietnamese: what it could not write became "?".
    lost = _LOST.search(western.decode(sample))
    choices = (western, *vietnamese) if lost else (*vietnamese, western)
    scored = [(_plausible(choice.decode(sample)), choice) for choice in choices]
    best, choice = max(scored, key=lambda pair: pair[0])
    return choice if best >= 0.6 else western


def mended(text: str) -> str:
    """The text as it was before it was decoded wrongly; itself if it was not.

    "TrÆ°á»ng" is "Trường" taken for windows-1252; U+0093 is a quote of windows-1252.
    """
    if text.isascii() or not _WRONG.search(text):
        return text
    try:
        once = b"".join(map(_western_byte, text)).decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        once = text
    if any("\u0080" <= sign < "\u00a0" for sign in once):
        once = text
    return unicodedata.normalize("NFC", once.translate(_CONTROLS))


def _western_byte(sign: str) -> bytes:
    """The five bytes that windows-1252 leaves free stand for themselves."""
    return sign.encode("latin-1") if sign < "\u00a0" else sign.encode("cp1252")


def _plausible(text: str) -> float:
    """Share of the words with marks that are Vietnamese syllables."""
    words = [word for word in _WORD.findall(text) if not word.isascii()][:20_000]
    if not words:
        return 0.0
    return sum(_is_syllable(word) for word in words) / len(words)


def _is_syllable(word: str) -> bool:
    # TCVN3 writes capitals with lower-case codes, so case says nothing here.
    bare = _TONES.sub("", unicodedata.normalize("NFD", word.lower()))
    return _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
