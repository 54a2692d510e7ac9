"""Files made to hurt: small to write, large or endless to read. Each with the sentence it gets."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

FILES = Path(__file__).parent / "files"
_TYPES = b'<?xml version="1.0"?><Types/>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def kept(name: str) -> Callable[[Path], None]:
    """The maker of a copy of a file beside this one."""
    return lambda target: target.write_bytes((FILES / name).read_bytes()) and None


def packed(target: Path, parts: dict[str, tuple[bytes, int, int]]) -> None:
    """A ZIP as no program writes it: name → (deflated bytes, claimed size, claimed CRC-32)."""
    directory = b""
    with target.open("wb") as out:
        for name, (content, claimed, crc) in parts.items():
            facts = struct.pack("<HHHHIII", 0, 8, 0, 33, crc, len(content), claimed)
            start = out.tell()
            out.write(b"PK\3\4\x14\0" + facts + struct.pack("<HH", len(name), 0) + name.encode())
            out.write(content)
            directory += b"PK\1\2\x14\0\x14\0" + facts
            directory += struct.pack("<HHHHHII", len(name), 0, 0, 0, 0, 0, start) + name.encode()
        start = out.tell()
        out.write(directory)
        count = len(parts)
        out.write(b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), start, 0))


def deflated(content: bytes, *, repeated: bytes = b"", times: int = 0, end: bytes = b"") -> bytes:
    """`content`, then `repeated` so many times, then `end`; the repeated part is deflated only once."""
    job = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = job.compress(content) + job.flush(zlib.Z_FULL_FLUSH)
    body = job.compress(repeated) + job.flush(zlib.Z_FULL_FLUSH) if times else b""
    return head + body * times + job.compress(end) + job.flush()


def workbook(sheet: bytes | None = None) -> dict[str, bytes]:
    """The parts of an XLSX of one sheet."""
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relation("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": book.encode(),
        "xl/_rels/workbook.xml.rels": _relation("worksheet", "worksheets/sheet1.xml"),
    }
    return parts if sheet is None else {**parts, "xl/worksheets/sheet1.xml": sheet}


def _relation(kind: str, to: str) -> bytes:
    return (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
        f'Type="{_OFFICE}/{kind}" Target="{to}"/></Relationships>'
    ).encode()


def sheet_of(cells: str) -> bytes:
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def zipped_to(target: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def one_cell(target: Path, *, megabytes: int, claims: int | None = None) -> None:
    """An XLSX whose one cell holds so much text; `claims`: what the ZIP says of the sheet's size."""
    content = deflated(
        b"<worksheet><sheetData><row><c t='inlineStr'><is><t>",
        repeated=b"A" * (1 << 20),
        times=megabytes,
        end=b"</t></is></c></row></sheetData></worksheet>",
    )
    plain = {name: (deflated(c), len(c), zlib.crc32(c)) for name, c in workbook().items()}
    claimed = megabytes << 20 if claims is None else claims
    packed(target, {**plain, "xl/worksheets/sheet1.xml": (content, claimed, 0)})


def far_cell(target: Path) -> None:
    """One cell at each end of the sheet: 17 billion cells between them."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    zipped_to(target, workbook(sheet_of(cells)))


def far_cell_unseen(target: Path) -> None:
    """The same, written so that our own look at it finds nothing: only the limit of memory is left."""
    cells = "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"
    zipped_to(target, workbook(sheet_of(cells)))


def panicking(target: Path) -> None:
    """An XLSB with a text that its list of texts does not have: calamine panics."""
    named = b"".join(struct.pack("<I", len(t)) + t.encode("utf-16-le") for t in ("r1", "S"))
    book = [
        (0x83, b""),
        (0x8F, b""),
        (0x9C, struct.pack("<II", 0, 1) + named),
        (0x90, b""),
        (0x84, b""),
    ]
    cell = struct.pack("<III", 0, 0, 999)
    sheet = [(0x81, b""), (0x94, struct.pack("<IIII", 0, 1, 0, 1)), (0x91, b""), (0, bytes(25)),
             (7, cell), (0x92, b""), (0x82, b"")]  # fmt: skip
    zipped_to(
        target,
        {
            "[Content_Types].xml": _TYPES,
            "xl/workbook.bin": b"".join(_record(*one) for one in book),
            "xl/_rels/workbook.bin.rels": _relation("worksheet", "worksheets/sheet1.bin"),
            "xl/worksheets/sheet1.bin": b"".join(_record(*one) for one in sheet),
        },
    )


def _record(kind: int, content: bytes) -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return number + bytes([len(content)]) + content


def repeated(target: Path) -> None:
    """An ODS of one cell, said to be repeated in a million rows of a thousand columns."""
    with zipfile.ZipFile(FILES / "repeats.ods") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    cell = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>"
    )
    parts["content.xml"] = parts["content.xml"].replace(
        b"</table:table>", cell.encode() + b"</table:table>"
    )
    zipped_to(target, parts)


def no_line_end(target: Path) -> None:
    """80 MB of one line; the disk holds almost nothing of it."""
    with target.open("wb") as out:
        out.write("Mã,Tên\n01,".encode())
        out.truncate(80_000_000)


def cut_short(target: Path) -> None:
    """An XLSX whose end never arrived."""
    zipped_to(target, workbook(sheet_of("<row><c><v>1</v></c></row>")))
    target.write_bytes(target.read_bytes()[:-40])


def many_parts(target: Path) -> None:
    zipped_to(target, {f"{number}.csv": b"" for number in range(10_001)})


def zip_of_zip(target: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    zipped_to(target, {"b.zip": inner.getvalue()})


def gzip_bomb(target: Path) -> None:
    body = deflated(b"a,b\n", repeated=b"1,2\n" * (1 << 18), times=100)
    target.write_bytes(b"\x1f\x8b\x08" + bytes(7) + body + bytes(8))


def written(content: bytes) -> Callable[[Path], None]:
    return lambda target: target.write_bytes(content) and None


# Name of the file, who makes it, the code of the sentence.
CASES: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "a chain of sectors that loops": ("a.xls", kept("endless_chain.xls"), "broken_workbook"),
    "a wrong sum in a package": ("a.xlsx", kept("wrong_sum.xlsx"), "broken_workbook"),
    "a library that panics": ("a.xlsb", panicking, "broken_workbook"),
    "half a workbook": ("a.xlsx", cut_short, "broken_workbook"),
    "no workbook any more": ("a.xlsx", written("Mã\x11, Tên\x12 hỏng".encode()), "broken_workbook"),
    "one line called workbook": ("a.xlsx", written(b"Ma,Ten\n"), "broken_workbook"),
    "a cell of 1.9 GB": ("a.xlsx", lambda to: one_cell(to, megabytes=1900), "zip_bomb"),
    "a bomb of 150 MB": ("a.xlsx", lambda to: one_cell(to, megabytes=150), "zip_bomb"),
    "a bomb that claims to be small": (
        "a.xlsx", lambda to: one_cell(to, megabytes=150, claims=200), "sheet_cell_too_long"),
    "a long cell": ("a.xlsx", lambda to: one_cell(to, megabytes=2), "sheet_cell_too_long"),
    "one cell at each end": ("a.xlsx", far_cell, "workbook_too_big"),
    "a cell repeated": ("a.ods", repeated, "workbook_too_big"),
    "no line end": ("a.csv", no_line_end, "line_too_long"),
    "ten thousand files": ("a.zip", many_parts, "zip_count"),
    "a zip in a zip": ("a.zip", zip_of_zip, "unsupported"),
    "a gzip bomb": ("a.csv.gz", gzip_bomb, "zip_bomb"),
    "XML 2003": ("a.xls", kept("xml_2003.xls"), "xml_workbook"),
    "XML 2003 on one line": ("a.xls", kept("xml_2003_one_line.xls"), "xml_workbook"),
    "a web archive": ("a.xls", kept("web_archive.xls"), "mhtml"),
    "a web page": ("a.xls", kept("page.xls"), "html"),
    "a pointer": ("a.xlsx", kept("lfs_pointer.xlsx"), "pointer"),
}  # fmt: skip
