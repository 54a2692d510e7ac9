"""Heritage, festivals and sports: Sở Văn hóa, Thể thao và Du lịch."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, PLACE, POINT
from demo.measures import (
    counted,
    dated,
    flag,
    named,
    numbered,
    part_of,
    per_head,
    picked,
    ratio,
)
from demo.model import DemoColumn, DemoDataset, DemoResource
from demo.subjects import per_commune, register

OWNER = "SVHTTDL2025"

MONUMENTS = DemoDataset(
    slug="di-tich",
    title_vi="Di tích lịch sử - văn hóa, danh lam thắng cảnh",
    title_en="Historical monuments and beauty spots",
    about_vi="Di tích đã được xếp hạng, cấp xếp hạng, loại hình và vị trí trên bản đồ.",
    about_en="Listed monuments: grade, kind and position on the map.",
    agency_key=OWNER,
    topics=("van-hoa-the-thao", "du-lich"),
    keywords=("di tích", "di sản", "đình", "đền", "danh thắng"),
    legal_ground="Luật Di sản văn hóa số 45/2024/QH15",
    source_database="Cơ sở dữ liệu di tích tỉnh",
    resources=(
        DemoResource(
            "vi-tri", "Vị trí di tích", "Positions", "GeoJSON", ("ma_di_tich",),
            register(486, turnover=0.003),
            (
                DemoColumn("Mã di tích", "Code", numbered("DTLS-{number:04d}")),
                DemoColumn("Loại di tích", "Kind", picked(
                    ("Đình", "Đền", "Chùa", "Nhà thờ họ", "Nhà lưu niệm", "Thắng cảnh"),
                    (22, 30, 10, 28, 6, 4))),
                DemoColumn("Tên di tích", "Monument", named("{loai_di_tich} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Cấp xếp hạng", "Grade", picked(
                    ("Quốc gia đặc biệt", "Quốc gia", "Cấp tỉnh"), (1, 29, 70))),
                DemoColumn("Ngày xếp hạng", "Listed on",
                           dated(date(1990, 1, 20), date(2024, 8, 1))),
                DemoColumn("Lượt khách", "Visits", counted(40, 24_000, noise=0.08,
                           season=(1.6, 1, 0.8, 0.7)), unit="lượt"),
                POINT,
            ),
        ),
    ),
)  # fmt: skip

FESTIVALS = DemoDataset(
    slug="le-hoi",
    title_vi="Lễ hội truyền thống",
    title_en="Traditional festivals",
    about_vi="Lễ hội truyền thống được tổ chức hằng năm, quy mô và thời gian theo âm lịch.",
    about_en="Traditional festivals held each year, their size and lunar month.",
    agency_key=OWNER,
    topics=("van-hoa-the-thao",),
    keywords=("lễ hội", "di sản phi vật thể", "âm lịch"),
    frequency="yearly",
    temporal_start=date(2023, 1, 1),
    legal_ground="Nghị định số 110/2018/NĐ-CP về quản lý và tổ chức lễ hội",
    source_database="Cơ sở dữ liệu lễ hội",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách lễ hội", "List of festivals", "JSON", ("ma_le_hoi",),
            register(86, turnover=0.003),
            (
                DemoColumn("Mã lễ hội", "Code", numbered("LH-{number:03d}")),
                DemoColumn("Loại lễ hội", "Kind", picked(
                    ("Lễ hội đền", "Lễ hội làng", "Lễ hội cầu ngư", "Lễ hội mừng lúa mới",
                     "Lễ hội hang"))),
                DemoColumn("Tên lễ hội", "Festival", named("{loai_le_hoi} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Tháng âm lịch", "Lunar month", picked(
                    ("Tháng Giêng", "Tháng Hai", "Tháng Ba", "Tháng Sáu", "Tháng Tám"),
                    (45, 20, 15, 10, 10))),
                DemoColumn("Số ngày", "Days", counted(1, 4, growth=0, noise=0), unit="ngày"),
                DemoColumn("Số người dự", "Attendance", counted(600, 42_000, noise=0.1),
                           unit="người"),
                DemoColumn("Di sản quốc gia", "National heritage", flag(0.12),
                           description_vi="Thuộc danh mục di sản văn hóa phi vật thể quốc gia",
                           description_en="On the national list of intangible heritage"),
            ),
        ),
    ),
)  # fmt: skip

SPORTS = DemoDataset(
    slug="thiet-che-van-hoa-the-thao",
    title_vi="Thiết chế văn hóa, thể thao cơ sở",
    title_en="Local cultural and sports facilities",
    about_vi="Số nhà văn hóa, sân thể thao, câu lạc bộ và tỷ lệ người tập thể dục thường xuyên theo"
    " xã, phường.",
    about_en="Culture houses, sports grounds, clubs and share of people who exercise, by commune.",
    agency_key=OWNER,
    topics=("van-hoa-the-thao",),
    keywords=("nhà văn hóa", "sân thể thao", "câu lạc bộ"),
    legal_ground="Luật Thể dục, thể thao số 77/2006/QH11",
    source_database="Cơ sở dữ liệu thiết chế văn hóa, thể thao",
    resources=(
        DemoResource(
            "theo-xa", "Thiết chế theo xã", "Facilities by commune", "XLSX", ("ma_xa",),
            per_commune(),
            (
                *PLACE,
                DemoColumn("Số nhà văn hóa", "Culture houses", counted(6, 36, noise=0),
                           unit="nhà"),
                DemoColumn("Đạt chuẩn", "Up to standard", part_of("so_nha_van_hoa", 0.6, 1.0),
                           unit="nhà"),
                DemoColumn("Số sân thể thao", "Sports grounds", counted(4, 52, noise=0),
                           unit="sân"),
                DemoColumn("Dân số", "Population", per_head(1, 1), unit="người"),
                DemoColumn("Số người tập thường xuyên", "People who exercise",
                           part_of("dan_so", 0.31, 0.47), unit="người"),
                DemoColumn("Tỷ lệ tập thường xuyên", "Share who exercise",
                           ratio("so_nguoi_tap_thuong_xuyen", "dan_so"), unit="%"),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (MONUMENTS, FESTIVALS, SPORTS)
