"""Files that were read wrongly once: what is right in each, to the row, the type and the cell.

The files are small and made up; what is special about each is said by its name. Types by their
first letter: text, integer, number, date, boolean, geometry.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tables import Unreadable
from tests.tables.reading import read

FILES = Path(__file__).parent / "cases"
Place = tuple[str, int | None, str | None]


@dataclass
class Right:
    """`rows` in all, the first of them, and every problem with its row and column."""

    rows: int
    types: str
    first: list[list[object]]
    problems: list[Place] = field(default_factory=list)


RIGHT = {
    "bang_thua.csv": Right(
        5,
        "tttttttt",
        [
            ["01", "Xã A", None, None, None, None, None, None],
            ["02", "Xã B", None, None, None, None, None, None],
            ["03", "Xã C", "x1", "x2", "x3", "x4", "x5", "x6"],
            ["04", "Xã D", "y1", "y2", "y3", "y4", "y5", "y6"],
            ["05", "Xã E", "z1", "z2", "z3", "z4", "z5", "z6"],
        ],
        [
            ("unnamed_column", None, "Cột 3"),
            ("unnamed_column", None, "Cột 4"),
            ("unnamed_column", None, "Cột 5"),
            ("unnamed_column", None, "Cột 6"),
            ("unnamed_column", None, "Cột 7"),
            ("unnamed_column", None, "Cột 8"),
        ],
    ),
    "bom_va_mot_byte_hong.csv": Right(
        501,
        "it",
        [
            [1, "Thôn 1 xã Quỳnh Lưu tỉnh Nghệ An"],
            [2, "Thôn 2 xã Quỳnh Lưu tỉnh Nghệ An"],
            [3, "Thôn 3 xã Quỳnh Lưu tỉnh Nghệ An"],
        ],
        [("invalid_bytes", 502, "ten")],
    ),
    "cach_truoc_ngoac.csv": Right(
        2, "dit", [["2011-01-01", 0, "Galway"], ["2011-01-02", 6000000, "Galway, West"]], []
    ),
    "chi_co_gio.xlsx": Right(2, "tt", [["Nam Đàn", "00:15"], ["Đô Lương", "12:00"]], []),
    "cong_thuc_chua_tinh.xlsx": Right(
        2, "ti", [["01", None], ["02", 5]], [("formula_without_result", 2, "Số")]
    ),
    "cong_thuc_tra_loi_trong.xlsx": Right(
        3, "ii", [[1, None], [2, 5], [3, 8]], [("lost_zeros", None, "ma")]
    ),
    "cot_trong.csv": Right(2, "tt", [["17000", "Quỳnh Lưu"], ["17001", "Diễn Châu"]], []),
    "covid_jhu.csv": Right(
        3,
        "ttnnii",
        [
            [None, "Thailand", 15.0, 101.0, 4, 4],
            [None, "Vietnam", 14.058324, 108.277199, 0, 2],
            [None, "Laos", 19.8, 102.4, 0, 0],
        ],
        [],
    ),
    "danh_sach_cham_phay.csv": Right(
        12,
        "itt",
        [
            [1, "Trạm y tế Quỳnh Lưu", "Nội;Ngoại;Sản;Nhi;Dược"],
            [2, "Trạm y tế Diễn Châu", "Nội;Ngoại;Sản;Nhi;Dược"],
            [3, "Trạm y tế Yên Thành", "Nội;Ngoại;Sản;Nhi;Dược"],
        ],
        [("title_rows", 1, None)],
    ),
    "dao_kinh_vi.geojson": Right(
        1,
        "tg",
        [["Vinh", '{"type":"Point","coordinates":[18.67,105.68]}']],
        [("swapped_position", 1, None)],
    ),
    "dau_hoi_mat_dau.csv": Right(
        3,
        "it",
        [[1, "Xã Qu?nh L?u"], [2, "Th? xã Thái Hòa"], [3, "Huy?n K? Son"]],
        [
            ("legacy_encoding", None, None),
            ("lost_letters", 2, "Tên xã"),
            ("lost_letters", 4, "Tên xã"),
        ],
    ),
    "dau_inch.tsv": Right(
        4,
        "itt",
        [
            [1, 'Ống nước 12"', "còn dùng"],
            [2, "Kênh N3", "đang sửa"],
            [3, 'Cống "Bà Bá" cũ', "còn dùng"],
            [4, "Đập Vực Mấu", "còn dùng"],
        ],
        [],
    ),
    "dau_phay_cuoi_dong.csv": Right(
        12,
        "tti",
        [["17000", "Quỳnh Lưu", 7], ["17001", "Diễn Châu", 14], ["17002", "Yên Thành", 21]],
        [],
    ),
    "dau_phay_cuoi_tieu_de.csv": Right(
        12,
        "tti",
        [["17000", "Quỳnh Lưu", 7], ["17001", "Diễn Châu", 14], ["17002", "Yên Thành", 21]],
        [],
    ),
    "dong_dau_12345.csv": Right(
        3, "iiiii", [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11, 12, 13, 14, 15]], []
    ),
    "dong_lap.ods": Right(
        5,
        "tt",
        [
            ["Quỳnh Lưu", "trạm"],
            ["Quỳnh Lưu", "trạm"],
            ["Quỳnh Lưu", "trạm"],
            ["Diễn Châu", "trạm"],
            ["Yên Thành", "kho"],
        ],
        [("blank_rows", 6, None)],
    ),
    "dong_toan_gach.csv": Right(
        3,
        "iii",
        [[1, 5, 0], [None, None, None], [3, 7, 1]],
        [("null_word", 3, "Tháng"), ("null_word", 3, "Số ca"), ("null_word", 3, "Số tử vong")],
    ),
    "geojson_toa_do_chu.geojson": Right(
        2,
        "tg",
        [
            ["1", '{"type":"Point","coordinates":["105.7","18.67"]}'],
            ["2", '{"type":"Polygon","coordinates":[[1,2]]}'],
        ],
        [("not_a_position", 1, None), ("not_a_position", 2, None)],
    ),
    "ghi_chu_ngoai_tieu_de.csv": Right(
        2,
        "tttt",
        [["17000", "Quỳnh Lưu", None, None], ["17001", "Diễn Châu", None, "ghi chú của xã"]],
        [("outside_header", 3, "Cột 4")],
    ),
    "gio_lam.xlsx": Right(3, "tt", [["A", "36:00"], ["B", "6:00"], ["C", "48:00"]], []),
    "gio_phut.csv": Right(
        3,
        "tti",
        [["Nam Đàn", "00:10", 312], ["Nam Đàn", "00:20", 315], ["Nam Đàn", "23:50", 340]],
        [],
    ),
    "hai_danh_sach.json": Right(1, "i", [[1]], [("other_lists", None, None)]),
    "he_ngay_1904.xlsx": Right(
        2, "id", [[1, "2026-04-01"], [2, "2026-04-30"]], [("lost_zeros", None, "ma")]
    ),
    "khoa_khac_hoa_thuong.json": Right(2, "itt", [[1, "a", "X"], [2, "b", "Y"]], []),
    "khong_co_mat.csv": Right(
        3,
        "ittt",
        [
            [1, "Trạm A", "Đạt", "Không có"],
            [2, "Trạm B", "Không có", "Có một máy"],
            [3, "Trạm C", "Chưa đạt", "Không có"],
        ],
        [],
    ),
    "kich_thuoc_A1.xlsx": Right(
        12,
        "it",
        [[1, "Quỳnh Lưu"], [2, "Diễn Châu"], [3, "Yên Thành"]],
        [("lost_zeros", None, "ma")],
    ),
    "ma_co_gach.xlsx": Right(
        3,
        "tt",
        [["012-345", "x1"], ["004-567", "x2"], ["000-089", "x3"]],
        [("restored_zeros", None, "Số hiệu")],
    ),
    "ma_json.json": Right(
        2, "tttt", [["16681", "16681", "16681", "A"], ["16690", "16690", "16690", "B"]], []
    ),
    "ma_lo_e.csv": Right(3, "ti", [["1E2", 5], ["2E3", 7], ["12E5", 9]], [("kept_text", 2, "Lô")]),
    "ma_thua_gach_duoi.csv": Right(
        3, "tt", [["41_10_1", "2_15_3"], ["41_10_2", "2_15_4"], ["10_12_3", "1_1_1"]], []
    ),
    "mang_khong_tieu_de.json": Right(
        3,
        "iti",
        [[1, "Vinh", 300], [2, "Cửa Lò", 50], [3, "Thái Hòa", 60]],
        [("no_header", None, None)],
    ),
    "mot_cot_co_phay.csv": Right(
        4,
        "t",
        [["Nguyễn Văn A, Vinh"], ["Trần Thị B, Cửa Lò"], ["Lê C, Vinh"], ["Phạm D, Vinh"]],
        [],
    ),
    "mot_o_dinh_dang_00000.xlsx": Right(
        3,
        "tni",
        [["A", 1.5, 1200], ["B", 12.0, 3400], ["C", 7.25, 560]],
        [("shown_otherwise", 3, "Diện tích")],
    ),
    "nam_la_tieu_de.xlsx": Right(
        2,
        "tnin",
        [["Dân số (nghìn người)", 3409.8, 3442, 3470.1], ["Số hộ", 880.0, 889, 897.0]],
        [],
    ),
    "ngay_excel_dao.xlsx": Right(
        6,
        "id",
        [
            [1, "2024-05-03"],
            [2, "2024-03-13"],
            [3, "2024-03-25"],
            [4, "2024-04-03"],
            [5, "2024-03-31"],
        ],
        [
            ("mixed_dates", 3, "Ngày cấp"),
            ("mixed_dates", 4, "Ngày cấp"),
            ("mixed_dates", 6, "Ngày cấp"),
        ],
    ),
    "ngay_khong_trong_ngoac.csv": Right(
        8,
        "ittt",
        [
            [1, "Thu", "07 Nov 2024 15:11:00 GMT", "Sở Y tế"],
            [2, "Thu", "07 Nov 2024 15:12:00 GMT", "Sở Y tế"],
            [3, "Thu", "07 Nov 2024 15:13:00 GMT", "Sở Y tế"],
        ],
        [
            ("unnamed_column", None, "Cột 4"),
            ("long_row", 2, None),
            ("long_row", 3, None),
            ("long_row", 4, None),
            ("long_row", 5, None),
            ("long_row", 6, None),
            ("long_row", 7, None),
            ("long_row", 8, None),
            ("long_row", 9, None),
        ],
    ),
    "ngay_tron.csv": Right(
        6,
        "ti",
        [
            ["13/04/2024", 1],
            ["04/15/2024", 2],
            ["01/02/2024", 3],
            ["05/03/2024", 3],
            ["06/03/2024", 3],
        ],
        [("mixed_type", 3, "Ngày")],
    ),
    "ngoac_nuot_60_dong.csv": Right(
        120,
        "itt",
        [
            [1, "Hộ kinh doanh số 1", "ghi chú 1"],
            [2, "Hộ kinh doanh số 2", "ghi chú 2"],
            [3, "Hộ kinh doanh số 3", "ghi chú 3"],
        ],
        [("unclosed_quote", 21, None), ("unclosed_quote", 82, None)],
    ),
    "nhom_nam_tren_tieu_de.xlsx": Right(
        3,
        "tiiii",
        [["Vinh", 10, 11, 12, 13], ["Cửa Lò", 20, 21, 22, 23], ["Quỳ Châu", 30, 31, 32, 33]],
        [("header_rows", 1, None)],
    ),
    "o_gop_so.xlsx": Right(
        4,
        "tti",
        [["Vinh", "A", 60], ["Vinh", "B", 60], ["Vinh", "C", 60], ["Cửa Lò", "D", 5]],
        [
            ("merged_cells", None, "Huyện"),
            ("merged_cells", None, "Số hộ"),
            ("merged_number", 2, "Số hộ"),
        ],
    ),
    "o_ngoai_tieu_de.xlsx": Right(
        79,
        "ttiti",
        [
            ["01", "Xã 1", 1, None, None],
            ["02", "Xã 2", 2, None, None],
            ["03", "Xã 3", 3, None, None],
        ],
        [("outside_header", 70, "Cột 4"), ("outside_header", 70, "Cột 5")],
    ),
    "phan_tram.xlsx": Right(
        3, "tn", [["A", 0.125], ["B", 0.07], ["C", 0.0333]], [("percent", 2, "Tỷ lệ hộ nghèo")]
    ),
    "phan_tram_100.xlsx": Right(
        3, "tn", [["A", 0.475], ["B", 1.0], ["C", 0.02]], [("percent", 2, "ty_le")]
    ),
    "bia_truoc_so_lieu.xlsx": Right(
        12,
        "iti",
        [[1, "Quỳnh Lưu", 0], [2, "Diễn Châu", 11]],
        [("other_sheets", None, None), ("lost_zeros", None, "ma")],
    ),
    "trang_dau_la_bia.xlsx": Right(
        5, "tti", [["01", "Xã 1", 1], ["02", "Xã 2", 2]], [("other_sheets", None, None)]
    ),
    "so_hieu_00000.xls": Right(
        3,
        "tt",
        [["00123", "x1"], ["04567", "x2"], ["00089", "x3"]],
        [("restored_zeros", None, "Số hiệu")],
    ),
    "so_hieu_00000.xlsx": Right(
        3,
        "tt",
        [["00123", "x1"], ["04567", "x2"], ["00089", "x3"]],
        [("restored_zeros", None, "Số hiệu")],
    ),
    "so_muc.csv": Right(
        5,
        "tt",
        [
            ["1.1", "Chi tiền lương"],
            ["1.2", "Chi điện nước"],
            ["1.9", "Chi khác"],
            ["1.10", "Chi sửa chữa"],
            ["1.20", "Chi đào tạo"],
        ],
        [],
    ),
    "so_thap_phan_3_chu_so.csv": Right(
        3, "ti", [["A", 1234], ["B", 2345], ["C", 1500]], [("ambiguous_number", None, "Nồng độ")]
    ),
    "so_the_dai.csv": Right(
        2,
        "ti",
        [["1.23457E+17", 1], ["1234567890123456789", 2]],
        [("exponent", 2, "so_the"), ("kept_text", 3, "so_the")],
    ),
    "so_the_dai.xlsx": Right(
        2,
        "ii",
        [[1234567890123456768, 1], [987654321098764928, 2]],
        [("excel_rounded", 2, "so_the"), ("excel_rounded", 3, "so_the")],
    ),
    "so_va_chu_so.xlsx": Right(
        4,
        "tn",
        [["A", 1.234], ["B", 1234567.0], ["C", 2500000.0], ["D", 950.0]],
        [("text_number", 3, "Sản lượng")],
    ),
    "tam_chu_so.csv": Right(
        3, "ii", [[20230115, 19991231], [20231201, 20010101], [20239999, 20050505]], []
    ),
    "thieu_vi_tri.geojson": Right(
        3,
        "tg",
        [
            ["Trạm A", '{"type":"Point","coordinates":[105.68,18.67]}'],
            ["Trạm B", None],
            ["Trạm C", '{"type":"Point","coordinates":[105.3,19.05]}'],
        ],
        [("no_position", 2, "geometry")],
    ),
    "tieu_de_dong_66.xlsx": Right(
        5,
        "tti",
        [
            ["01", "Xã 1", 1],
            ["02", "Xã 2", 2],
            ["03", "Xã 3", 3],
            ["04", "Xã 4", 4],
            ["05", "Xã 5", 5],
        ],
        [("title_rows", row, None) for row in range(1, 51)],
    ),
    "tieu_de_khoa_gia_tri.csv": Right(
        2,
        "tti",
        [["A01", "Bệnh viện A", 120], ["A02", "Bệnh viện B", 85]],
        [("title_rows", 1, None), ("title_rows", 2, None)],
    ),
    "tieu_de_ngay.csv": Right(
        3, "tiii", [["Vinh", 12, 15, 9], ["Diễn Châu", 3, 4, 5], ["Quỳ Châu", 0, 1, 2]], []
    ),
    "tieu_de_roi_chu_lap.csv": Right(
        4,
        "ttt",
        [
            ["đang sửa", "đang sửa", "đang sửa"],
            ["đang sửa", "đang sửa", "đang sửa"],
            ["Nhà văn hoá A", "mở", "tốt"],
            ["Nhà văn hoá B", "mở", "tốt"],
        ],
        [],
    ),
    "tieu_de_xuong_dong.csv": Right(2, "tii", [["17000", 120, 61], ["17001", 98, 47]], []),
    "toa_do_dau_phay.csv": Right(
        2, "tnn", [["Trạm A", 18.6734, 105.6813], ["Trạm B", 19.0512, 105.3021]], []
    ),
    "tong_chua_tinh.xlsx": Right(
        2,
        "iiit",
        [[1, 2, 3, None], [2, 4, 5, None]],
        [
            ("formula_without_result", 2, "tong"),
            ("formula_without_result", 3, "tong"),
            ("lost_zeros", None, "ma"),
        ],
    ),
    "utf8_hai_lan.csv": Right(
        2,
        "it",
        [[1, "Quỳnh Lưu"], [2, "Thái Hòa"]],
        [
            ("encoded_twice", 1, "Tên xã"),
            ("encoded_twice", 2, "Tên xã"),
            ("encoded_twice", 3, "Tên xã"),
        ],
    ),
    "utf8_hai_lan_dai.csv": Right(
        12,
        "it",
        [
            [1, "Trường Tiểu học Quỳnh Lưu"],
            [2, "Trường Tiểu học Diễn Châu"],
            [3, "Trường Tiểu học Yên Thành"],
        ],
        [
            ("encoded_twice", 2, "ten"),
            ("encoded_twice", 3, "ten"),
            ("encoded_twice", 4, "ten"),
            ("encoded_twice", 5, "ten"),
            ("encoded_twice", 6, "ten"),
            ("encoded_twice", 7, "ten"),
            ("encoded_twice", 8, "ten"),
            ("encoded_twice", 9, "ten"),
            ("encoded_twice", 10, "ten"),
            ("encoded_twice", 11, "ten"),
            ("encoded_twice", 12, "ten"),
            ("encoded_twice", 13, "ten"),
        ],
    ),
    "vn2000.geojson": Right(
        2,
        "tg",
        [
            ["1", '{"type":"Point","coordinates":[567890.1,2067890.2]}'],
            ["2", '{"type":"Point","coordinates":[568890.1,2068890.2]}'],
        ],
        [("not_a_position", 1, None), ("not_a_position", 2, None)],
    ),
    "vn2000_mot_diem.geojson": Right(
        1,
        "tg",
        [["Vinh", '{"type":"Point","coordinates":[577800.0,2064900.0]}']],
        [("not_a_position", 1, None)],
    ),
    "vo_cung.csv": Right(
        5,
        "tn",
        [["A", 0.5], ["B", None], ["C", None], ["D", None], ["E", 1.5]],
        [("null_word", 3, "ty_le"), ("null_word", 4, "ty_le"), ("null_word", 5, "ty_le")],
    ),
    "windows1252.csv": Right(
        1, "itt", [[1, "“Truong” A – co so 1", "10 €"]], [("legacy_encoding", None, None)]
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_reads_rightly(name: str, tmp_path: Path) -> None:
    right = RIGHT[name]
    found = read(tmp_path, (FILES / name).read_bytes(), name)
    assert found.found["rows"] == right.rows
    assert "".join(kind[0] for kind in found.types) == right.types
    assert found.rows[: len(right.first)] == right.first
    problems = [(p["rule"], p["row"], p["column"]) for p in found.found["problems"]]
    assert problems == right.problems


def test_arrays_of_objects_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, (FILES / "mang_trong_mang.json").read_bytes(), "mang_trong_mang.json")
    assert refused.value.code == "json_not_table"


def test_the_mended_text_is_told(tmp_path: Path) -> None:
    name = "utf8_hai_lan_dai.csv"
    found = read(tmp_path, (FILES / name).read_bytes(), name)
    message = found.problem("encoded_twice")["message"]
    assert message.endswith("đã được đọc là “Trường Tiểu học Quỳnh Lưu”.")


def test_headings_tell_years_of_groups(tmp_path: Path) -> None:
    name = "nhom_nam_tren_tieu_de.xlsx"
    found = read(tmp_path, (FILES / name).read_bytes(), name).found
    labels = [column["label"] for column in found["columns"]]
    assert labels == ["Đơn vị", "2022 – Nam", "2022 – Nữ", "2023 – Nam", "2023 – Nữ"]
