"""Water, air, land: Sở Nông nghiệp và Môi trường."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, PLACE, POINT, kind_column
from demo.measures import (
    amount,
    amount_by,
    dated,
    day,
    drawn,
    flag,
    lookup,
    moment,
    named,
    numbered,
    observed,
    picked,
    place_region,
    reading,
    sometimes_empty,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import by_area, in_towns, per_commune, register, stations

OWNER = "SNNMT2025"
# Measured substance: unit, and the range of its made-up readings.
WATER = {
    "pH": ("-", 6.2, 8.4), "DO": ("mg/l", 4.1, 7.8), "BOD5": ("mg/l", 2.0, 14.0),
    "COD": ("mg/l", 5.0, 31.0), "TSS": ("mg/l", 8.0, 90.0), "Amoni (N)": ("mg/l", 0.02, 0.9),
    "Nitrat (N)": ("mg/l", 0.1, 6.0), "Nitrit (N)": ("mg/l", 0.005, 0.09),
    "Phosphat (P)": ("mg/l", 0.01, 0.4), "Sắt": ("mg/l", 0.05, 1.6),
    "Coliform": ("MPN/100ml", 150, 7_400), "E. coli": ("MPN/100ml", 3, 95),
}  # fmt: skip
# Million đồng a square metre; the first position faces the road.
POSITIONS = {
    "Vị trí 1": (6, 24), "Vị trí 2": (3.6, 5.8), "Vị trí 3": (1.9, 3.4), "Vị trí 4": (0.4, 1.8),
}  # fmt: skip
LAND_USES = ("Đất ở", "Đất thương mại, dịch vụ", "Đất sản xuất phi nông nghiệp")
SECTIONS = tuple(f"Đoạn {number}" for number in range(1, 5))

WATER_QUALITY = DemoDataset(
    slug="chat-luong-nuoc-mat",
    title_vi="Chất lượng nước mặt",
    title_en="Surface water quality",
    about_vi="Kết quả quan trắc nước sông, hồ định kỳ hằng quý tại mạng lưới điểm quan trắc của"
    " tỉnh.",
    about_en="Quarterly readings of river and lake water at the monitoring points of the province.",
    agency_key=OWNER,
    topics=("moi-truong", "tai-nguyen-nuoc"),
    keywords=("nước mặt", "quan trắc", "sông Lam", "ô nhiễm"),
    legal_ground="Luật Bảo vệ môi trường số 72/2020/QH14",
    source_database="Cơ sở dữ liệu quan trắc môi trường",
    story=Story(newest="needs_fixing"),
    resources=(
        DemoResource(
            "ket-qua", "Kết quả theo điểm và thông số", "Readings by point and substance", "CSV",
            ("ma_diem", "thong_so"), stations(62, tuple(WATER)),
            (
                DemoColumn("Mã điểm", "Point", numbered("NM{number:02d}")),
                *PLACE,
                kind_column("Thông số", "Substance"),
                DemoColumn("Đơn vị tính", "Unit",
                           lookup(0, {name: unit for name, (unit, _, _) in WATER.items()})),
                DemoColumn("Giá trị", "Value",
                           reading({name: (low, high) for name, (_, low, high) in WATER.items()},
                                   0, decimals=3)),
                DemoColumn("Đánh giá", "Assessment",
                           drawn(("Mức A", "Mức B", "Mức C", "Mức D"), (35, 45, 17, 3)),
                           description_vi="Mức phân loại chất lượng nước theo quy chuẩn quốc gia",
                           description_en="Class of water quality in the national standard"),
            ),
            Layout(delimiter=";"),
        ),
    ),
)  # fmt: skip

AIR_QUALITY = DemoDataset(
    slug="quan-trac-khong-khi",
    title_vi="Quan trắc không khí tự động",
    title_en="Automatic air monitoring",
    about_vi="Số liệu trung bình 2 giờ của các trạm quan trắc không khí tự động, liên tục.",
    about_en="Two-hour averages of the automatic air monitoring stations.",
    agency_key=OWNER,
    topics=("moi-truong",),
    keywords=("không khí", "bụi PM2.5", "AQI", "quan trắc tự động"),
    legal_ground="Luật Bảo vệ môi trường số 72/2020/QH14",
    source_database="Hệ thống quan trắc môi trường tự động",
    resources=(
        DemoResource(
            "trung-binh-2-gio", "Trung bình 2 giờ", "Two-hour averages", "CSV",
            ("ma_tram", "thoi_diem"), stations(8, hours=2, where=in_towns),
            (
                DemoColumn("Mã trạm", "Station", numbered("KK{number:02d}")),
                *PLACE,
                DemoColumn("Thời điểm", "Time", moment()),
                DemoColumn("Bụi PM2,5", "PM2.5",
                           sometimes_empty(observed(14, 42, season=(1.4, 1, 0.7, 1.2)), 0.01),
                           unit="µg/m³"),
                DemoColumn("Bụi PM10", "PM10", observed(24, 70, season=(1.3, 1, 0.8, 1.2)),
                           unit="µg/m³"),
                DemoColumn("SO2", "SO2", observed(5, 28), unit="µg/m³"),
                DemoColumn("NO2", "NO2", observed(8, 40), unit="µg/m³"),
                DemoColumn("CO", "CO", observed(300, 1_400), unit="µg/m³"),
                DemoColumn("Nhiệt độ", "Temperature", observed(22, 29, season=(0.8, 1.1, 1.1, 0.9)),
                           unit="°C"),
            ),
            Layout(decimal="."),
        ),
    ),
)  # fmt: skip

RAINFALL = DemoDataset(
    slug="luong-mua-muc-nuoc",
    title_vi="Lượng mưa và mực nước hằng ngày",
    title_en="Daily rainfall and water level",
    about_vi="Lượng mưa ngày và mực nước lúc 7 giờ tại các điểm đo chuyên dùng của tỉnh.",
    about_en="Rain of the day and water level at 7 a.m. at the gauges of the province.",
    agency_key=OWNER,
    topics=("tai-nguyen-nuoc",),
    keywords=("mưa", "mực nước", "thủy văn", "phòng chống thiên tai"),
    legal_ground="Luật Khí tượng thủy văn số 90/2015/QH13",
    source_database="Hệ thống đo mưa tự động",
    resources=(
        DemoResource(
            "hang-ngay", "Số đo hằng ngày", "Daily readings", "CSV", ("ma_tram", "ngay"),
            stations(64, hours=24, where=by_area),
            (
                DemoColumn("Mã trạm", "Gauge", numbered("MUA-{number:03d}")),
                *PLACE,
                DemoColumn("Ngày", "Day", day()),
                DemoColumn("Lượng mưa", "Rain", observed(0.4, 9, season=(0.4, 1.0, 2.6, 1.8)),
                           unit="mm"),
                DemoColumn("Mực nước", "Water level", observed(1.2, 9.5, decimals=2), unit="m"),
            ),
        ),
    ),
)  # fmt: skip

RESERVOIRS = DemoDataset(
    slug="ho-chua-thuy-loi",
    title_vi="Hồ chứa thủy lợi",
    title_en="Irrigation reservoirs",
    about_vi="Vị trí, dung tích và mực nước của các hồ chứa thủy lợi do tỉnh quản lý.",
    about_en="Position, capacity and water level of the irrigation reservoirs of the province.",
    agency_key=OWNER,
    topics=("tai-nguyen-nuoc", "nong-nghiep"),
    keywords=("hồ chứa", "thủy lợi", "an toàn đập", "dung tích"),
    legal_ground="Luật Thủy lợi số 08/2017/QH14",
    source_database="Cơ sở dữ liệu thủy lợi tỉnh",
    resources=(
        DemoResource(
            "vi-tri", "Vị trí và dung tích", "Position and capacity", "GeoJSON", ("ma_ho",),
            register(640, turnover=0.001, where=by_area),
            (
                DemoColumn("Mã hồ", "Reservoir code", numbered("HC-{number:04d}")),
                DemoColumn("Tên hồ", "Reservoir", named("Hồ {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Phân loại", "Class", picked(("Lớn", "Vừa", "Nhỏ"), (6, 24, 70))),
                DemoColumn("Dung tích thiết kế", "Design capacity",
                           amount(0.05, 6.5, decimals=3, growth=0, noise=0), unit="triệu m³"),
                DemoColumn("Tỷ lệ tích nước", "Filled",
                           amount(45, 78, growth=0, season=(0.9, 0.7, 0.9, 1.2)), unit="%"),
                DemoColumn("Ngày hoàn thành", "Completed on",
                           dated(date(1965, 1, 1), date(2019, 12, 1)),
                           description_vi="Ngày hoàn thành công trình",
                           description_en="Day the works were completed"),
                DemoColumn("Có quy trình vận hành", "Has operating rules", flag(0.62)),
                POINT,
            ),
        ),
    ),
)  # fmt: skip

LAND_PRICES = DemoDataset(
    slug="bang-gia-dat",
    title_vi="Bảng giá đất",
    title_en="Land price table",
    about_vi="Giá đất theo tuyến đường, vị trí và mục đích sử dụng trong bảng giá đất hằng năm của"
    " tỉnh.",
    about_en="Land prices by road section, position and use in the yearly table of the province.",
    agency_key=OWNER,
    topics=("dat-dai",),
    keywords=("giá đất", "bảng giá đất", "đất ở"),
    frequency="yearly",
    temporal_start=date(2023, 1, 1),
    legal_ground="Luật Đất đai số 31/2024/QH15",
    source_database="Cơ sở dữ liệu giá đất",
    resources=(
        DemoResource(
            "bang-gia", "Giá đất theo đoạn đường", "Prices by road section", "CSV",
            ("ma_xa", "doan_duong", "vi_tri", "loai_dat"),
            per_commune(SECTIONS, tuple(POSITIONS), LAND_USES),
            (
                *PLACE,
                DemoColumn("Vùng", "Zone", place_region()),
                kind_column("Đoạn đường", "Road section"),
                kind_column("Vị trí", "Position", 1),
                kind_column("Loại đất", "Land use", 2),
                DemoColumn("Giá đất", "Price", amount_by("vi_tri", POSITIONS, decimals=2, growth=0.015),
                           unit="triệu đồng/m²"),
            ),
        ),
    ),
)  # fmt: skip

PARCELS = DemoDataset(
    slug="thua-dat-cong-ich",
    title_vi="Quỹ đất công ích cấp xã",
    title_en="Public-benefit land of communes",
    about_vi="Thửa đất nông nghiệp sử dụng vào mục đích công ích của cấp xã, chia sẻ giữa các cơ"
    " quan"
    " nhà nước.",
    about_en="Farm land plots kept for public benefit by communes, shared between state agencies.",
    agency_key=OWNER,
    topics=("dat-dai",),
    keywords=("đất công ích", "thửa đất", "quỹ đất"),
    access_level="shared",
    legal_ground="Luật Đất đai số 31/2024/QH15",
    source_database="Cơ sở dữ liệu đất đai",
    resources=(
        DemoResource(
            "thua-dat", "Danh sách thửa đất", "List of plots", "CSV", ("ma_thua",),
            register(5_200, turnover=0.003),
            (
                DemoColumn("Mã thửa", "Plot code", numbered("{place}-TD-{number:05d}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Diện tích", "Area", amount(120, 5_400, growth=0, noise=0), unit="m²"),
                DemoColumn("Hiện trạng", "State", picked(("Cho thuê", "Giao khoán", "Chưa sử dụng"),
                                                         (50, 30, 20), drift=0.02)),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (WATER_QUALITY, AIR_QUALITY, RAINFALL, RESERVOIRS, LAND_PRICES, PARCELS)
