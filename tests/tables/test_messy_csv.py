"""CSV as it arrives: every mess is read rightly or reported, none is cut silently."""

from pathlib import Path

import pytest

from tests.tables.reading import Read, read

LATE = "".join(f"{n},{n}\n" for n in range(1, 20_600)) + "20600,00123\n"
MIXED = "".join(f"{n},{n * 3}\n" for n in range(1, 1000)) + "1000,đang chờ\n"
TCVN3 = "Tên xã;Huyện\nNghi Lâm;Nghi Lộc\nQuỳnh Thắng;Quỳnh Lưu\nĐô Thành;Yên Thành\n"


def tcvn3(text: str) -> bytes:
    """Encode by the standard's own table (glibc's TCVN5712-1, lower-case letters)."""
    codes = {
        "ê": 0xAA, "ã": 0xB7, "â": 0xA9, "ộ": 0xE9, "ỳ": 0xFA, "ắ": 0xBE, "ư": 0xAD, "Đ": 0xA7,
        "ô": 0xAB, "à": 0xB5, "ệ": 0xD6, "đ": 0xAE,
    }  # fmt: skip
    return bytes(codes[sign] if sign in codes else ord(sign) for sign in text)


CASES: dict[str, tuple[bytes | str, list[str], list[list[object]], set[str]]] = {
    "utf-8 with a byte order mark": (
        b"\xef\xbb\xbf" + "Mã,Tên\n01,Vinh\n".encode(), ["text", "text"], [["01", "Vinh"]], set()),
    "utf-16 with a mark": (
        "Mã\tTên\n01\tĐô Lương\n".encode("utf-16"), ["text", "text"], [["01", "Đô Lương"]], set()),
    "utf-16 without a mark": (
        "Ma,Ten,So\n01,Vinh,5\n02,Nghi Loc,6\n".encode("utf-16-le"),
        ["text", "text", "integer"], [["01", "Vinh", 5], ["02", "Nghi Loc", 6]], set()),
    "windows-1258": (
        "Tên xã,Số hộ\nNghi Lâm,120\nHưng Hoà,87\n".encode("cp1258", "ignore"),
        ["text", "integer"], [["Nghi Lâm", 120], ["Hưng Hoà", 87]], {"legacy_encoding"}),
    "tcvn3": (
        tcvn3(TCVN3), ["text", "text"],
        [["Nghi Lâm", "Nghi Lộc"], ["Quỳnh Thắng", "Quỳnh Lưu"], ["Đô Thành", "Yên Thành"]],
        {"legacy_encoding"}),
    "letters with loose marks become NFC": (
        "Tên,Số\nHuye\u0323\u0302n,1\n", ["text", "integer"], [["Huyện", 1]], set()),
    "line ends of three kinds inside cells": (
        'Tên,Số\r\n"x\ry",1\r\n"z\nw",2\r\n"q\r\nv",3\r\n', ["text", "integer"],
        [["x\ny", 1], ["z\nw", 2], ["q\nv", 3]], set()),
    "semicolons and decimal commas": (
        "Xã;Diện tích;Dân số\nA;1,5;10\nB;2,25;20\n", ["text", "number", "integer"],
        [["A", 1.5, 10], ["B", 2.25, 20]], set()),
    "pipes": ("a|b\nx|1\ny|2\n", ["text", "integer"], [["x", 1], ["y", 2]], set()),
    "a sep= line": ("sep=;\nXã;Số\nA;1\n", ["text", "integer"], [["A", 1]], set()),
    "lone carriage returns": ("a,b\rx,1\ry,2\r", ["text", "integer"], [["x", 1], ["y", 2]], set()),
    "windows line ends": ("a,b\r\nq,1\r\n", ["text", "integer"], [["q", 1]], set()),
    "a line break inside quotes": (
        'a,b\n"một\nhai",1\n', ["text", "integer"], [["một\nhai", 1]], set()),
    "doubled quotes": ('a,b\n"gọi ""A""",1\n', ["text", "integer"], [['gọi "A"', 1]], set()),
    "title rows above": (
        "BÁO CÁO TRƯỜNG HỌC\nNăm 2024\n\nMã,Tên,Số lớp\n01,A,5\n02,B,6\n",
        ["text", "text", "integer"], [["01", "A", 5], ["02", "B", 6]], {"title_rows"}),
    "a header of two rows": (
        "Địa bàn,Dân số,,Diện tích\n,Nam,Nữ,\nVinh,10,12,5\nNghi Lộc,7,8,6\n",
        ["text", "integer", "integer", "integer"], [["Vinh", 10, 12, 5], ["Nghi Lộc", 7, 8, 6]],
        {"header_rows"}),
    "a row of column numbers": (
        "Xã,Số hộ,Số dân\n(1),(2),(3)\nA,5,20\n", ["text", "integer", "integer"], [["A", 5, 20]],
        {"column_numbers"}),
    "no header at all": (
        "01,5,2024-01-02\n02,6,2024-01-03\n", ["text", "integer", "date"],
        [["01", 5, "2024-01-02"], ["02", 6, "2024-01-03"]], {"no_header"}),
    "years as headers": (
        "Xã,2022,2023\nA,1,2\nB,3,4\n", ["text", "integer", "integer"],
        [["A", 1, 2], ["B", 3, 4]], set()),
    "blank rows between": (
        "a,b\nx,1\n\ny,2\n,\nz,3\n", ["text", "integer"], [["x", 1], ["y", 2], ["z", 3]],
        {"blank_rows"}),
    "short rows": ("a,b,c\nx,1,2\ny,3\n", ["text", "integer", "integer"],
                   [["x", 1, 2], ["y", 3, None]], {"short_row"}),
    "long rows": ("a,b\nx,1\ny,2,thừa\nz,3\n", ["text", "integer", "text"],
                  [["x", 1, None], ["y", 2, "thừa"], ["z", 3, None]], {"long_row"}),
    "a delimiter at every end": ("a;b;\nx;1;\ny;2;\n", ["text", "integer"],
                                 [["x", 1], ["y", 2]], set()),
    "a totals row": (
        "Xã,Số hộ\nA,5\nB,6\nTổng cộng,11\n", ["text", "integer"], [["A", 5], ["B", 6]],
        {"totals_row"}),
    "a source below the table": (
        "Xã,Số hộ,Năm\nA,5,2024\nB,6,2024\n\nNguồn: Cục Thống kê\n",
        ["text", "integer", "integer"], [["A", 5, 2024], ["B", 6, 2024]], {"footnote"}),
    "spaces round cells": ("a , b\n q , 1 \n", ["text", "integer"], [["q", 1]], set()),
    "no-break spaces": ("a,b\nx\u00a0y,1\u00a0234\nz,5\n", ["text", "integer"],
                        [["x y", 1234], ["z", 5]], set()),
    "control characters": ("a,b\nq\x01\x02,1\n", ["text", "integer"], [["q", 1]],
                           {"control_characters"}),
    "words for nothing": (
        "a,b\nx,1\ny,-\nz,…\nw,N/A\nv,không có\n", ["text", "integer"],
        [["x", 1], ["y", None], ["z", None], ["w", None], ["v", None]], {"null_word"}),
    "headers twice or not at all": (
        "Tên,Tên,\nA,B,1\n", ["text", "text", "integer"], [["A", "B", 1]],
        {"repeated_header", "unnamed_column"}),
    "formulas are text": ("a,b\n=1+1,x\n@SUM(A1),y\n", ["text", "text"],
                          [["=1+1", "x"], ["@SUM(A1)", "y"]], set()),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_reads_the_mess(case: str, tmp_path: Path) -> None:
    content, types, rows, rules = CASES[case]
    found = read(tmp_path, content)
    assert found.types == types
    assert found.rows == rows
    assert found.rules == rules
    assert found.found["rows"] == len(rows)


def test_a_leading_zero_after_twenty_thousand_rows_keeps_the_column_text(tmp_path: Path) -> None:
    found = read(tmp_path, "n,ma\n" + LATE)
    assert found.types == ["integer", "text"]
    assert found.rows[0] == [1, "1"]


def test_one_word_among_numbers_makes_text_and_is_named(tmp_path: Path) -> None:
    found = read(tmp_path, "n,so\n" + MIXED)
    assert found.types == ["integer", "text"]
    assert found.problem("mixed_type")["row"] == 1001
    assert found.problem("mixed_type")["value"] == "đang chờ"


def test_one_word_late_in_a_long_column_is_found(tmp_path: Path) -> None:
    lines = [f"{n},{n}.5" for n in range(30_000)]
    lines[29_001] = "29001,hỏng"
    found = read(tmp_path, "n,so\n" + "\n".join(lines) + "\n")
    assert found.types == ["integer", "text"]
    assert (found.problem("mixed_type")["row"], len(found.rules)) == (29_003, 1)


def test_one_broken_byte_is_a_cell_not_a_refusal(tmp_path: Path) -> None:
    text = "Tên,Số\n" + "Xã Nghi Lâm,1\n" * 5 + "Xã Hưng X,2\n"
    found = read(tmp_path, text.encode().replace(b" X,", b" \xc3\x28,"))
    assert found.rules == {"invalid_bytes"}
    assert found.problem("invalid_bytes")["row"] == 7
    assert found.found["encoding"] == "utf-8"


def test_row_numbers_count_titles_blank_and_broken_lines(tmp_path: Path) -> None:
    found = read(tmp_path, 'Báo cáo\n\na,b,c\n"x\ny",1,2\n\nz,3\n')
    assert found.found["header_row"] == 3
    assert found.problem("short_row")["row"] == 6
    assert found.problem("blank_rows")["row"] == 5


def test_totals_in_the_middle_stay(tmp_path: Path) -> None:
    found = read(tmp_path, "Xã,Số\nTổng cộng,11\nA,5\nB,6\n")
    assert found.found["rows"] == 3
    assert found.rules == set()


def test_a_quote_left_open_is_an_error_with_its_row(tmp_path: Path) -> None:
    found = read(tmp_path, 'a,b\nx,1\n"y,2\nz,3\n')
    assert found.problem("unclosed_quote")["severity"] == "error"


def test_the_facts_of_the_file_are_told(tmp_path: Path) -> None:
    found = read(tmp_path, tcvn3(TCVN3)).found
    assert (found["format"], found["encoding"], found["delimiter"]) == ("csv", "tcvn3", ";")
    assert (found["sheet"], found["header_row"]) == (None, 1)


def test_tabs_make_a_tsv(tmp_path: Path) -> None:
    found: Read = read(tmp_path, "a\tb\nx\t1\n")
    assert (found.found["format"], found.found["delimiter"]) == ("tsv", "\t")


QUOTES: dict[str, tuple[str, list[list[object]], list[tuple[str, int]]]] = {
    "a quoted word begins a cell": ('a;b\n"Bà" cũ;1\nx;2\n', [['"Bà" cũ', 1], ["x", 2]], []),
    "an inch": ('a;b\nống 12";1\nống 14";2\n', [['ống 12"', 1], ['ống 14"', 2]], []),
    "a space before a quote": ('a, b\n"x, y", "z, w"\n', [["x, y", "z, w"]], []),
    "opened and never closed": (
        'a,b\n1,"x\n2,y\n3,z\n', [[1, '"x'], [2, "y"], [3, "z"]], [("unclosed_quote", 2)]),
    "closed in the next row": (
        'a,b,c\n1,"x,5\n2,y",6\n3,z,7\n', [[1, '"x', 5], [2, 'y"', 6], [3, "z", 7]],
        [("unclosed_quote", 2)]),
    "closed at the end of a later row": (
        'a,b,c\n1,A,"x\n2,B,y\n3,C,z"\n4,D,w\n',
        [[1, "A", '"x'], [2, "B", "y"], [3, "C", 'z"'], [4, "D", "w"]], [("unclosed_quote", 2)]),
    "an address of two lines is one cell": (
        'a,b\n1,"xóm 3, xã A\nhuyện B, tỉnh C"\n', [[1, "xóm 3, xã A\nhuyện B, tỉnh C"]], []),
}  # fmt: skip


@pytest.mark.parametrize("case", QUOTES)
def test_quotes_by_accident(case: str, tmp_path: Path) -> None:
    content, rows, problems = QUOTES[case]
    found = read(tmp_path, content)
    assert found.rows == rows
    assert found.found["rows"] == len(rows)
    assert [(p["rule"], p["row"]) for p in found.found["problems"]] == problems


@pytest.mark.parametrize("word", ["không", "Không có", "chưa có", "n/a", "NIL", "None", "-", "…"])
def test_a_word_for_nothing_is_a_value_of_texts_and_named_among_numbers(
    word: str, tmp_path: Path
) -> None:
    found = read(tmp_path, f"a;b;c\nĐạt;1;05/03/2024\n{word};{word};{word}\nHỏng;3;06/03/2024\n")
    assert found.types == ["text", "integer", "date"]
    assert found.rows[1] == [word, None, None]
    places = [(p["rule"], p["row"], p["column"], p["value"]) for p in found.found["problems"]]
    assert places == [("null_word", 3, "b", word), ("null_word", 3, "c", word)]
