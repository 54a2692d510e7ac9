"""Columns that many tables share."""

from demo.measures import (
    kind,
    latitude,
    longitude,
    of_period,
    place_code,
    place_name,
    point,
)
from demo.model import DemoColumn

COMMUNE_CODE = DemoColumn(
    "Mã xã", "Commune code", place_code(),
    description_vi="Mã đơn vị hành chính cấp xã, 5 chữ số, áp dụng từ 01/7/2025",
    description_en="Five-digit code of the commune, in force since 01/07/2025",
    code_list="communes_2025",
)  # fmt: skip
COMMUNE = DemoColumn(
    "Tên xã", "Commune", place_name(),
    description_vi="Tên xã hoặc phường", description_en="Name of the commune or ward",
)  # fmt: skip
PLACE = (COMMUNE_CODE, COMMUNE)
QUARTER = DemoColumn(
    "Kỳ báo cáo", "Reporting period", of_period("Quý {quarter}/{year}"),
    description_vi="Quý mà số liệu phản ánh", description_en="Quarter the figures are about",
)  # fmt: skip
MONTH = DemoColumn(
    "Kỳ báo cáo", "Reporting period", of_period("Tháng {month}/{year}"),
    description_vi="Tháng mà số liệu phản ánh", description_en="Month the figures are about",
)  # fmt: skip
POINT = DemoColumn(
    "Vị trí", "Location", point(),
    description_vi="Điểm trên bản đồ, hệ toạ độ WGS 84",
    description_en="Point on the map, WGS 84",
)  # fmt: skip
LONGITUDE = DemoColumn(
    "Kinh độ", "Longitude", longitude(), unit="độ",
    description_vi="Kinh độ, hệ toạ độ WGS 84", description_en="Longitude, WGS 84",
)  # fmt: skip
LATITUDE = DemoColumn(
    "Vĩ độ", "Latitude", latitude(), unit="độ",
    description_vi="Vĩ độ, hệ toạ độ WGS 84", description_en="Latitude, WGS 84",
)  # fmt: skip


def kind_column(
    label_vi: str, label_en: str, position: int = 0, *, vi: str = "", en: str = ""
) -> DemoColumn:
    """The column that tells the rows of one place apart."""
    return DemoColumn(label_vi, label_en, kind(position), description_vi=vi, description_en=en)
