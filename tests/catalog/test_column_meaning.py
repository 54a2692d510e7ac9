"""What the portal takes a column for: labels as they stand in Vietnamese statistics, with their units."""

import pytest

from catalog.explorer.column_meaning import (
    Adding,
    adding,
    is_code,
    is_year,
    names_units,
    opposed_kinds,
    tells_time,
)
from tests.catalog.maps.columns import column

NEVER = """
Điểm trung bình | ; Điểm thi | điểm ; DIEM TB | ; Mức điểm | điểm ; pH | ; Độ pH | ; Chiều cao | m
chieu_cao | ; Cân nặng | kg ; Giá | đồng ; Giá bán lẻ | đồng ; Đơn giá | ; don_gia | ; Giá (đồng/kg) |
Giá đất | triệu đồng/m² ; Tỷ lệ | ; Tỉ lệ hộ nghèo | ; ty_le_ho_ngheo | ; Hộ nghèo (%) |
So với dự toán | % ; Nhiệt độ | °C ; Độ ẩm | ; Vĩ độ | độ ; Kinh độ | độ ; Toạ độ X |
Chỉ số giá tiêu dùng | ; Chỉ số sản xuất | ; Mật độ dân số | người/km²
Thu nhập bình quân đầu người | triệu đồng ; Lương bình quân | triệu đồng/tháng ; Năng suất lúa | tạ/ha
NANG SUAT | ; Hệ số sử dụng đất | ; Xếp hạng | ; Thứ hạng PCI | ; Mức nước | m ; Mực nước | m
Nồng độ bụi | ; SO2 | µg/m³ ; Tuổi | ; Tuổi thọ | năm ; Cấp công trình | ; Lượng mưa | mm ; Cự ly | km
Số tầng | tầng ; Sĩ số bình quân | học sinh/lớp ; Tốc độ tăng trưởng | ; Lãi suất | ; Giá trị | mg/l
Giá trị | ; Số người bình quân một hộ | người ; Average price | ; Unemployment rate | ; Latitude |
Số ngày | ngày ; Mã xã | ; Số điện thoại | ; Công suất buồng | %
"""
AT_ONE_TIME = """
Dân số | người ; Dân số trung bình | người ; dan_so | ; Số hộ | hộ ; Số hộ nghèo |
Số học sinh | học sinh ; Số hộ có mức sống trung bình | ; Số học sinh xếp loại trung bình |
Số trường đạt chuẩn | ; Dư nợ | tỷ đồng ; Dư nợ cuối kỳ | ; Số dư cuối quý | ; Diện tích | ha
Diện tích (ha) | ; dien_tich_rung | ; Thu ngân sách luỹ kế | ; Thu ngân sách lũy kế | tỷ đồng
Vốn đăng ký | tỷ đồng ; Tổng đàn | con ; Số doanh nghiệp đang hoạt động |
Công suất thiết kế | tấn/ngày ; Chiều dài | km ; Số người cao tuổi | ; Số giường | giường ; Tồn kho |
Population | ; Học sinh nữ | học sinh ; Số di tích được xếp hạng | ; Số nam | người ; Nam | người
Số nhà văn hóa | nhà ; Số xã đạt chuẩn nông thôn mới | ; Thực hiện | tỷ đồng ; Số hộ kinh doanh | hộ
"""
ALWAYS = """
Số ca mắc | ca ; Số ca tử vong | ; Số lượt khách | lượt ; Lượt khách | ; Sản lượng | tấn ; san_luong |
Doanh thu | triệu đồng ; Tổng doanh thu | ; Thu ngân sách | tỷ đồng ; Chi ngân sách | tỷ đồng ; Thu |
Kinh phí | ; Chi thường xuyên | ; Số vụ tai nạn | ; Số hồ sơ | hồ sơ ; Số doanh nghiệp thành lập mới |
Số hộ thoát nghèo | ; Giá trị sản xuất | tỷ đồng ; Giá trị xuất khẩu | ; Số cuộc đấu giá | ; Revenue |
Cases |
"""
UNKNOWN = "Toán | ; Thực hiện | ; Cột 7 | ; Chỗ ấy | m"


def entries(written: str) -> list[tuple[str, str]]:
    pairs = [one.split("|") for one in written.replace("\n", ";").split(";") if one.strip()]
    return [(label.strip(), unit.strip()) for label, unit in pairs]


CASES = [
    (label, unit, expected)
    for expected, written in (
        (Adding.NEVER, NEVER), (Adding.AT_ONE_TIME, AT_ONE_TIME), (Adding.ALWAYS, ALWAYS),
        (Adding.UNKNOWN, UNKNOWN),
    )
    for label, unit in entries(written)
]  # fmt: skip


@pytest.mark.parametrize(("label", "unit", "expected"), CASES)
def test_what_adds_up(label: str, unit: str, expected: Adding) -> None:
    assert adding(column("so", "number", (1.5, 2.5), label=label, unit=unit)) is expected


def test_enough_labels_are_tried() -> None:
    assert len(CASES) > 100


@pytest.mark.parametrize(
    ("label", "values", "expected"),
    [
        ("Năm", (2019, 2026), True),
        ("Năm thành lập", (1901, 2020), True),
        ("nam", (2019, 2026), True),
        ("Year built", (1950, 2000), True),
        ("Số nam", (33_426, 33_340), False),
        ("Số nam", (1950, 2001), False),
        ("Nam", (512, 1950), False),
        ("Năm", (12, 2026), False),
        ("Năm kinh nghiệm", (3, 30), False),
        ("Năm", (), False),
        ("Số hộ", (1950, 2020), False),
    ],
)
def test_a_year_is_called_so_and_lies_between_1900_and_2100(
    label: str, values: tuple[int, ...], expected: bool
) -> None:
    assert is_year(column("nam", "integer", values, label=label)) is expected


@pytest.mark.parametrize(
    "label", ["Mã xã", "ma_xa", "STT", "ID", "Số điện thoại", "Số nhà", "Code"]
)
def test_codes_are_known(label: str) -> None:
    assert is_code(label)


@pytest.mark.parametrize(
    "label",
    ["Số người nghiện ma túy", "Diện tích", "dien_tich", "Điện thương phẩm", "Số nhà văn hóa"],
)
def test_what_only_sounds_like_a_code_is_none(label: str) -> None:
    assert not is_code(label)


@pytest.mark.parametrize(
    ("label", "values", "expected"),
    [
        ("Đơn vị tính", ("kg", "tấn"), True),
        ("ĐVT", ("kg",), True),
        ("Đơn vị", ("kg", "lít", "viên"), True),
        ("Đơn vị", ("Sở Y tế", "Sở Xây dựng"), False),
        ("Đơn vị công tác", ("kg",), False),
    ],
)
def test_a_column_of_units(label: str, values: tuple[str, ...], expected: bool) -> None:
    assert names_units(label, values) is expected


def test_some_dates_tell_the_time_of_the_figures_and_some_a_fact_about_a_thing() -> None:
    dates = ("2026-01-01", "2026-02-01")
    assert tells_time(column("ngay", "date", dates, label="Ngày"))
    assert tells_time(column("ky", "text", ("2026-01",), label="Kỳ báo cáo"))
    assert tells_time(column("nam", "integer", (2020, 2021), label="nam"))
    assert not tells_time(column("ngay_cap", "date", dates, label="Ngày cấp"))
    assert not tells_time(column("nam", "integer", (1950, 2021), label="Năm thành lập"))
    assert not tells_time(column("nam", "integer", (50, 21), label="Nam"))


@pytest.mark.parametrize(
    ("values", "kinds"),
    [
        (["Thu", "Chi"], ("thu", "chi")),
        (["Chi: Chi giáo dục", "Chi: Chi y tế", "Thu: Phí và lệ phí"], ("thu", "chi")),
        (["Số dư đầu kỳ", "Số dư cuối kỳ"], None),
        (["Đầu kỳ", "Phát sinh", "Cuối kỳ"], ("đầu kỳ", "cuối kỳ")),
        (["Kế hoạch", "Thực hiện"], ("kế hoạch", "thực hiện")),
        (["Xuất khẩu", "Nhập khẩu"], ("xuất", "nhập")),
        (["Thứ hai", "Thứ ba", "Chỉ thị"], None),
        (["Chi nhánh Vinh", "Chi nhánh Thái Hòa"], None),
        (["Nam", "Nữ"], None),
        ([], None),
    ],
)
def test_kinds_that_do_not_add_up(values: list[str], kinds: tuple[str, str] | None) -> None:
    assert opposed_kinds(values) == kinds
