"""Building, housing and transport: Sở Xây dựng, Công an tỉnh."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, MONTH, PLACE, POINT, kind_column
from demo.measures import (
    advancing,
    amount,
    counted,
    counted_by,
    dated,
    dated_in_period,
    drawn,
    flag,
    lookup,
    named,
    numbered,
    part_of,
    picked,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import (
    by_area,
    in_towns,
    per_commune,
    province_wide,
    register,
    within_period,
)  # fmt: skip

OWNER = "SXD2025"
# Material: unit, price in đồng.
MATERIALS = {
    "Xi măng PCB30": ("tấn", 1_480_000),
    "Xi măng PCB40": ("tấn", 1_560_000),
    "Thép cuộn D6-D8": ("kg", 15_400),
    "Thép cây D10": ("kg", 15_800),
    "Thép cây D12-D32": ("kg", 15_600),
    "Cát vàng": ("m³", 340_000),
    "Cát mịn": ("m³", 260_000),
    "Đá 1x2": ("m³", 310_000),
    "Đá 2x4": ("m³", 290_000),
    "Đá hộc": ("m³", 240_000),
    "Gạch tuynel 2 lỗ": ("viên", 1_250),
    "Gạch bê tông": ("viên", 1_900),
    "Nhựa đường": ("kg", 17_500),
    "Bê tông thương phẩm M250": ("m³", 1_280_000),
    "Kính trắng 5 mm": ("m²", 165_000),
    "Sơn nội thất": ("lít", 92_000),
    "Ống nhựa PVC D110": ("m", 78_000),
    "Gạch lát 60x60": ("m²", 148_000),
    "Ngói màu": ("viên", 16_500),
    "Gỗ cốp pha": ("m³", 3_900_000),
}
UNITS = {name: unit for name, (unit, _) in MATERIALS.items()}
PRICES = {name: (price * 0.95, price * 1.06) for name, (_, price) in MATERIALS.items()}
AREAS = ("Vinh và vùng phụ cận", "Ven biển", "Đồng bằng", "Trung du", "Miền núi cao")
ROUTES = tuple(f"Tuyến {number:02d}" for number in range(1, 29))

PERMITS = DemoDataset(
    slug="cap-phep-xay-dung",
    title_vi="Giấy phép xây dựng đã cấp",
    title_en="Building permits issued",
    about_vi="Giấy phép xây dựng cấp trong quý theo loại công trình; không gồm thông tin về chủ đầu"
    " tư là cá nhân.",
    about_en="Building permits issued in the quarter by kind of works, without private owners.",
    agency_key=OWNER,
    topics=("xay-dung-nha-o",),
    keywords=("giấy phép xây dựng", "nhà ở riêng lẻ", "công trình"),
    legal_ground="Luật Xây dựng số 50/2014/QH13",
    source_database="Hệ thống thông tin giải quyết thủ tục hành chính tỉnh",
    story=Story(missing=(2,)),
    eventful=True,
    resources=(
        DemoResource(
            "giay-phep", "Giấy phép đã cấp", "Permits issued", "XLSX", ("so_giay_phep",),
            within_period(620),
            (
                DemoColumn("Số giấy phép", "Permit", numbered("{number:04d}/GPXD-{period}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Loại công trình", "Works", drawn(
                    ("Nhà ở riêng lẻ", "Công trình dân dụng", "Công trình công nghiệp",
                     "Hạ tầng kỹ thuật"), (84, 9, 4, 3))),
                DemoColumn("Ngày cấp", "Issued on", dated_in_period()),
                DemoColumn("Diện tích sàn", "Floor area", amount(70, 640, noise=0.2), unit="m²"),
                DemoColumn("Số tầng", "Storeys", counted(1, 7), unit="tầng"),
            ),
        ),
    ),
)  # fmt: skip

MATERIAL_PRICES = DemoDataset(
    slug="gia-vat-lieu-xay-dung",
    title_vi="Giá vật liệu xây dựng công bố",
    title_en="Published prices of building materials",
    about_vi="Giá vật liệu xây dựng công bố hằng tháng theo khu vực, chưa gồm thuế giá trị gia"
    " tăng.",
    about_en="Prices of building materials published each month by area, without value added tax.",
    agency_key=OWNER,
    topics=("xay-dung-nha-o", "thuong-mai"),
    keywords=("giá vật liệu", "xi măng", "thép", "công bố giá"),
    frequency="monthly",
    spatial="Toàn tỉnh, theo khu vực",
    legal_ground="Luật Giá số 16/2023/QH15",
    source_database="Hệ thống công bố giá xây dựng",
    story=Story(newest="extension_waits"),
    resources=(
        DemoResource(
            "bang-gia", "Bảng giá theo khu vực", "Prices by area", "XLSX",
            ("vat_lieu", "khu_vuc"), province_wide(tuple(MATERIALS), AREAS),
            (
                MONTH,
                kind_column("Vật liệu", "Material"),
                DemoColumn("Đơn vị tính", "Unit", lookup(0, UNITS)),
                kind_column("Khu vực", "Area", 1),
                DemoColumn("Giá công bố", "Price", counted_by("vat_lieu", PRICES, noise=0.01),
                           unit="đồng"),
            ),
            Layout(titled=True),
        ),
    ),
)  # fmt: skip

SOCIAL_HOUSING = DemoDataset(
    slug="nha-o-xa-hoi",
    title_vi="Dự án nhà ở xã hội",
    title_en="Social housing projects",
    about_vi="Dự án nhà ở xã hội, nhà ở cho công nhân và tiến độ thực hiện.",
    about_en="Social and workers' housing projects and their progress.",
    agency_key=OWNER,
    topics=("xay-dung-nha-o", "an-sinh-xa-hoi"),
    keywords=("nhà ở xã hội", "nhà ở công nhân", "dự án"),
    legal_ground="Luật Nhà ở số 27/2023/QH15",
    source_database="Hệ thống thông tin về nhà ở và thị trường bất động sản",
    eventful=True,
    resources=(
        DemoResource(
            "du-an", "Danh sách dự án", "List of projects", "CSV", ("ma_du_an",),
            register(34, turnover=0.01, where=in_towns),
            (
                DemoColumn("Mã dự án", "Project code", numbered("NOXH-{number:02d}")),
                DemoColumn("Tên dự án", "Project", named("Khu nhà ở xã hội {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Số căn hộ", "Flats", counted(120, 1_400, growth=0, noise=0),
                           unit="căn"),
                DemoColumn("Số căn hoàn thành", "Flats completed",
                           part_of("so_can_ho", 0.0, 0.8), unit="căn"),
                DemoColumn("Tiến độ", "Progress", advancing(
                    ("Chuẩn bị đầu tư", "Giải phóng mặt bằng", "Đang thi công", "Hoàn thành"))),
                DemoColumn("Ngày khởi công", "Started on",
                           dated(date(2021, 3, 1), date(2026, 12, 31))),
            ),
        ),
    ),
)  # fmt: skip

ROADS = DemoDataset(
    slug="duong-bo-dia-phuong",
    title_vi="Đường bộ do tỉnh quản lý",
    title_en="Roads managed by the province",
    about_vi="Đoạn tuyến đường tỉnh và đường được giao tỉnh quản lý, chiều dài, kết cấu mặt"
    " đường và"
    " tình trạng khai thác.",
    about_en="Sections of provincial roads, their length, surface and condition.",
    agency_key=OWNER,
    topics=("giao-thong",),
    keywords=("đường tỉnh", "mặt đường", "bảo trì"),
    legal_ground="Luật Đường bộ số 35/2024/QH15",
    source_database="Cơ sở dữ liệu kết cấu hạ tầng giao thông",
    resources=(
        DemoResource(
            "doan-tuyen", "Danh sách đoạn tuyến", "List of sections", "CSV", ("ma_doan",),
            register(920, turnover=0.002, where=by_area),
            (
                DemoColumn("Mã đoạn", "Section", numbered("DT-{number:04d}")),
                DemoColumn("Tuyến", "Road", picked(
                    tuple(f"ĐT.{number}" for number in range(531, 549)))),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Chiều dài", "Length", amount(0.4, 9.8, growth=0, noise=0), unit="km"),
                DemoColumn("Mặt đường", "Surface", picked(
                    ("Bê tông nhựa", "Láng nhựa", "Bê tông xi măng", "Cấp phối"), (40, 35, 20, 5),
                    drift=0.005)),
                DemoColumn("Tình trạng", "Condition", picked(("Tốt", "Trung bình", "Xấu"),
                                                             (52, 38, 10), drift=0.03)),
            ),
        ),
    ),
)  # fmt: skip

BUSES = DemoDataset(
    slug="xe-buyt",
    title_vi="Tuyến và điểm dừng xe buýt",
    title_en="Bus routes and stops",
    about_vi="Tuyến xe buýt nội tỉnh, tần suất hoạt động và vị trí điểm dừng, nhà chờ.",
    about_en="Bus routes of the province, how often they run, and the position of stops.",
    agency_key=OWNER,
    topics=("giao-thong",),
    keywords=("xe buýt", "điểm dừng", "vận tải công cộng"),
    legal_ground="Luật Đường bộ số 35/2024/QH15",
    source_database="Cơ sở dữ liệu vận tải hành khách công cộng",
    resources=(
        DemoResource(
            "tuyen", "Tuyến xe buýt", "Bus routes", "JSON", ("tuyen",), province_wide(ROUTES),
            (
                kind_column("Tuyến", "Route"),
                DemoColumn("Cự ly", "Length", amount(12, 96, growth=0, noise=0), unit="km"),
                DemoColumn("Số chuyến mỗi ngày", "Trips a day", counted(16, 90, noise=0.02),
                           unit="chuyến"),
                DemoColumn("Số lượt khách", "Passengers", counted(9_000, 160_000, noise=0.06,
                           season=(0.9, 1, 1.05, 1.1)), unit="lượt"),
                DemoColumn("Có trợ giá", "Subsidised", flag(0.4)),
            ),
        ),
        DemoResource(
            "diem-dung", "Điểm dừng, nhà chờ", "Stops", "GeoJSON", ("ma_diem",),
            register(420, turnover=0.006, where=in_towns),
            (
                DemoColumn("Mã điểm", "Stop code", numbered("DD-{number:04d}")),
                DemoColumn("Tên điểm", "Stop", named("Điểm dừng {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Tuyến đi qua", "Route", picked(ROUTES)),
                DemoColumn("Có nhà chờ", "Has a shelter", flag(0.35)),
                POINT,
            ),
        ),
    ),
)  # fmt: skip

ACCIDENTS = DemoDataset(
    slug="tai-nan-giao-thong",
    title_vi="Tai nạn giao thông đường bộ",
    title_en="Road traffic accidents",
    about_vi="Số vụ tai nạn giao thông trong quý theo xã, phường và loại đường; không gồm thông tin"
    " cá nhân.",
    about_en="Road accidents in the quarter by commune and kind of road, without personal data.",
    agency_key="CAT",
    topics=("trat-tu-an-toan", "giao-thong"),
    keywords=("tai nạn giao thông", "an toàn giao thông"),
    legal_ground="Luật Trật tự, an toàn giao thông đường bộ số 36/2024/QH15",
    source_database="Cơ sở dữ liệu về tai nạn giao thông",
    resources=(
        DemoResource(
            "theo-xa", "Số vụ theo xã và loại đường", "Accidents by commune and road", "CSV",
            ("ma_xa", "loai_duong"),
            per_commune(("Quốc lộ", "Đường tỉnh", "Đường xã", "Đường đô thị")),
            (
                *PLACE,
                kind_column("Loại đường", "Kind of road"),
                DemoColumn("Số vụ", "Accidents", counted(1, 9, noise=0.3), unit="vụ"),
                DemoColumn("Số phương tiện hư hỏng", "Vehicles damaged", part_of("so_vu", 1, 2),
                           unit="phương tiện"),
                DemoColumn("Ước thiệt hại", "Estimated damage", amount(4, 180, noise=0.2),
                           unit="triệu đồng"),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (PERMITS, MATERIAL_PRICES, SOCIAL_HOUSING, ROADS, BUSES, ACCIDENTS)
