"""Industry, energy, markets and tourism: Sở Công Thương, Sở Văn hóa, Thể thao và Du lịch."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, MONTH, PLACE, POINT, kind_column
from demo.measures import (
    amount,
    counted,
    counted_by,
    dated,
    flag,
    lookup,
    named,
    numbered,
    part_of,
    per_head_by,
    picked,
    product_by,
    product_of,
    sometimes_empty,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout
from demo.subjects import in_towns, per_commune, province_wide, register

OWNER = "SCT"
CULTURE = "SVHTTDL2025"
# Good: unit, price in đồng.
GOODS = {
    "Gạo tẻ thường": ("kg", 16_000),
    "Gạo nếp": ("kg", 29_000),
    "Thịt lợn mông sấn": ("kg", 135_000),
    "Thịt bò thăn": ("kg", 265_000),
    "Gà ta": ("kg", 125_000),
    "Trứng gà": ("chục", 34_000),
    "Cá thu": ("kg", 210_000),
    "Tôm thẻ": ("kg", 190_000),
    "Rau muống": ("mớ", 6_000),
    "Cà chua": ("kg", 24_000),
    "Cam Vinh": ("kg", 42_000),
    "Dầu ăn": ("lít", 52_000),
    "Nước mắm": ("lít", 46_000),
    "Đường trắng": ("kg", 23_000),
    "Sữa tươi": ("lít", 34_000),
    "Xăng RON 95-III": ("lít", 20_800),
    "Dầu điêzen": ("lít", 18_900),
    "Gas bình 12 kg": ("bình", 445_000),
    "Phân đạm urê": ("kg", 11_500),
    "Phân NPK": ("kg", 15_800),
    "Thức ăn chăn nuôi lợn": ("kg", 13_900),
    "Vàng 9999": ("chỉ", 13_900_000),
}
UNITS = {name: unit for name, (unit, _) in GOODS.items()}
PRICES = {name: (price * 0.94, price * 1.08) for name, (_, price) in GOODS.items()}
MARKETS = (
    "Chợ Vinh", "Chợ Ga Vinh", "Chợ Cửa Lò", "Chợ Diễn Châu", "Chợ Đô Lương", "Chợ Thái Hoà",
    "Chợ Hoàng Mai", "Chợ Con Cuông", "Chợ Quỳ Hợp", "Chợ Nam Đàn",
)  # fmt: skip
# Customers to an inhabitant, and MWh a month to a customer.
CUSTOMERS = {
    "Nông, lâm nghiệp, thủy sản": (0.001, 0.004),
    "Công nghiệp, xây dựng": (0.0008, 0.003),
    "Thương nghiệp, khách sạn": (0.002, 0.008),
    "Quản lý, tiêu dùng dân cư": (0.25, 0.31),
    "Hoạt động khác": (0.001, 0.004),
}
LOADS = {
    "Nông, lâm nghiệp, thủy sản": (0.6, 1.6),
    "Công nghiệp, xây dựng": (9, 34),
    "Thương nghiệp, khách sạn": (0.9, 2.4),
    "Quản lý, tiêu dùng dân cư": (0.13, 0.22),
    "Hoạt động khác": (0.5, 1.5),
}
VISITORS = {
    "Khách quốc tế nghỉ đêm": (150, 3_200),
    "Khách quốc tế trong ngày": (80, 1_800),
    "Khách nội địa nghỉ đêm": (9_000, 160_000),
    "Khách nội địa trong ngày": (14_000, 190_000),
}
DESTINATIONS = (
    "Vinh", "Cửa Lò", "Kim Liên - Nam Đàn", "Diễn Châu", "Quỳnh Lưu", "Hoàng Mai", "Con Cuông",
    "Quế Phong", "Kỳ Sơn", "Tương Dương", "Thanh Chương", "Đô Lương", "Nghĩa Đàn", "Anh Sơn",
)  # fmt: skip

SHOPS = DemoDataset(
    slug="cho-sieu-thi",
    title_vi="Chợ, siêu thị, trung tâm thương mại",
    title_en="Markets, supermarkets and shopping centres",
    about_vi="Vị trí và quy mô chợ, siêu thị, trung tâm thương mại đang hoạt động.",
    about_en="Position and size of the markets, supermarkets and shopping centres in operation.",
    agency_key=OWNER,
    topics=("thuong-mai",),
    keywords=("chợ", "siêu thị", "bán lẻ"),
    legal_ground="Nghị định số 60/2024/NĐ-CP về phát triển và quản lý chợ",
    source_database="Cơ sở dữ liệu hạ tầng thương mại",
    resources=(
        DemoResource(
            "vi-tri", "Vị trí và quy mô", "Position and size", "GeoJSON", ("ma_diem",),
            register(460, turnover=0.004),
            (
                DemoColumn("Mã điểm", "Code", numbered("TM-{number:04d}")),
                DemoColumn("Loại hình", "Kind", picked(
                    ("Chợ", "Siêu thị", "Cửa hàng tiện lợi", "Trung tâm thương mại"),
                    (70, 12, 16, 2))),
                DemoColumn("Tên điểm", "Name", named("{loai_hinh} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Hạng", "Class", picked(("Hạng I", "Hạng II", "Hạng III"),
                                                   (6, 24, 70))),
                DemoColumn("Số hộ kinh doanh", "Stalls", counted(12, 380), unit="hộ"),
                DemoColumn("Diện tích", "Area", amount(250, 9_500, growth=0, noise=0), unit="m²"),
                POINT,
            ),
        ),
    ),
)  # fmt: skip

FUEL_STATIONS = DemoDataset(
    slug="cua-hang-xang-dau",
    title_vi="Cửa hàng bán lẻ xăng dầu",
    title_en="Fuel stations",
    about_vi="Cửa hàng bán lẻ xăng dầu có giấy chứng nhận còn hiệu lực và vị trí trên bản đồ.",
    about_en="Fuel stations whose certificate is in force, and their position on the map.",
    agency_key=OWNER,
    topics=("thuong-mai", "cong-nghiep-nang-luong"),
    keywords=("xăng dầu", "cửa hàng xăng"),
    legal_ground="Nghị định số 83/2014/NĐ-CP về kinh doanh xăng dầu",
    source_database="Cơ sở dữ liệu ngành công thương",
    resources=(
        DemoResource(
            "vi-tri", "Vị trí cửa hàng", "Positions", "GeoJSON", ("ma_cua_hang",),
            register(620, turnover=0.004),
            (
                DemoColumn("Mã cửa hàng", "Code", numbered("XD-{number:04d}")),
                DemoColumn("Tên cửa hàng", "Name", named("Cửa hàng xăng dầu {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Số cột bơm", "Pumps", counted(2, 10, growth=0, noise=0), unit="cột"),
                DemoColumn("Ngày cấp", "Issued on", dated(date(2021, 11, 1), date(2024, 9, 1))),
                DemoColumn("Bán xăng E10", "Sells E10", flag(0.66)),
                POINT,
            ),
        ),
    ),
)  # fmt: skip

ELECTRICITY = DemoDataset(
    slug="dien-thuong-pham",
    title_vi="Điện thương phẩm",
    title_en="Electricity sold",
    about_vi="Sản lượng điện thương phẩm và số khách hàng sử dụng điện theo xã, phường và thành"
    " phần"
    " phụ tải.",
    about_en="Electricity sold and customers by commune and kind of load.",
    agency_key=OWNER,
    topics=("cong-nghiep-nang-luong",),
    keywords=("điện", "phụ tải", "khách hàng sử dụng điện"),
    frequency="monthly",
    legal_ground="Luật Điện lực số 61/2024/QH15",
    source_database="Hệ thống thông tin quản lý khách hàng ngành điện",
    resources=(
        DemoResource(
            "theo-xa", "Điện thương phẩm theo xã", "Sales by commune", "CSV",
            ("ma_xa", "thanh_phan"), per_commune(tuple(CUSTOMERS)),
            (
                MONTH,
                *PLACE,
                kind_column("Thành phần", "Kind of load"),
                DemoColumn("Số khách hàng", "Customers",
                           per_head_by("thanh_phan", CUSTOMERS), unit="khách hàng"),
                DemoColumn("Sản lượng", "Sold", product_by("so_khach_hang", "thanh_phan", LOADS),
                           unit="MWh"),
            ),
        ),
    ),
)  # fmt: skip

RETAIL_PRICES = DemoDataset(
    slug="gia-ban-le-hang-hoa",
    title_vi="Giá bán lẻ hàng hóa thiết yếu",
    title_en="Retail prices of essential goods",
    about_vi="Giá bán lẻ bình quân tháng của hàng hóa thiết yếu tại một số chợ trung tâm.",
    about_en="Average monthly retail prices of essential goods at central markets.",
    agency_key=OWNER,
    topics=("thuong-mai",),
    keywords=("giá cả", "hàng thiết yếu", "chợ"),
    frequency="monthly",
    spatial="Một số chợ trung tâm",
    legal_ground="Luật Giá số 16/2023/QH15",
    source_database="Cơ sở dữ liệu về giá của tỉnh",
    resources=(
        DemoResource(
            "theo-cho", "Giá theo chợ", "Prices by market", "CSV", ("mat_hang", "cho"),
            province_wide(tuple(GOODS), MARKETS),
            (
                kind_column("Mặt hàng", "Good"),
                DemoColumn("Đơn vị tính", "Unit", lookup(0, UNITS)),
                kind_column("Chợ", "Market", 1),
                DemoColumn("Giá bán lẻ", "Price",
                           sometimes_empty(counted_by("mat_hang", PRICES, noise=0.012), 0.02),
                           unit="đồng"),
            ),
            Layout(delimiter=";", encoding="utf-8-sig", titled=True),
        ),
    ),
)  # fmt: skip

TOURISTS = DemoDataset(
    slug="luot-khach-du-lich",
    title_vi="Lượt khách du lịch",
    title_en="Tourist visits",
    about_vi="Số lượt khách, ngày khách và doanh thu du lịch theo trọng điểm du lịch và loại"
    " khách.",
    about_en="Visits, guest days and tourism receipts by destination and kind of visitor.",
    agency_key=CULTURE,
    topics=("du-lich",),
    keywords=("du lịch", "khách quốc tế", "Cửa Lò", "lưu trú"),
    spatial="Theo trọng điểm du lịch",
    legal_ground="Luật Du lịch số 09/2017/QH14",
    source_database="Cơ sở dữ liệu du lịch tỉnh",
    resources=(
        DemoResource(
            "theo-diem", "Khách theo trọng điểm", "Visits by destination", "CSV",
            ("trong_diem", "loai_khach"), province_wide(DESTINATIONS, tuple(VISITORS)),
            (
                kind_column("Trọng điểm", "Destination"),
                kind_column("Loại khách", "Kind of visitor", 1),
                DemoColumn("Số lượt khách", "Visits", counted_by("loai_khach", VISITORS, growth=0.02,
                           season=(0.6, 1.5, 1.4, 0.5)), unit="lượt"),
                DemoColumn("Số ngày khách", "Guest days", part_of("so_luot_khach", 1.0, 2.1),
                           unit="ngày"),
                DemoColumn("Doanh thu", "Receipts", product_of("so_luot_khach", 0.0006, 0.0019),
                           unit="tỷ đồng"),
            ),
            Layout(totalled=True),
        ),
    ),
)  # fmt: skip

LODGING = DemoDataset(
    slug="co-so-luu-tru-du-lich",
    title_vi="Cơ sở lưu trú du lịch",
    title_en="Tourist accommodation",
    about_vi="Cơ sở lưu trú du lịch đang hoạt động, số buồng, hạng và công suất sử dụng buồng.",
    about_en="Tourist accommodation in operation: rooms, class and occupancy.",
    agency_key=CULTURE,
    topics=("du-lich",),
    keywords=("khách sạn", "nhà nghỉ", "homestay", "buồng phòng"),
    legal_ground="Luật Du lịch số 09/2017/QH14",
    source_database="Cơ sở dữ liệu du lịch tỉnh",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách cơ sở", "List of establishments", "CSV", ("ma_co_so",),
            register(890, turnover=0.012, where=in_towns),
            (
                DemoColumn("Mã cơ sở", "Code", numbered("LT-{number:04d}")),
                DemoColumn("Loại hình", "Kind", picked(
                    ("Khách sạn", "Nhà nghỉ", "Homestay", "Khu nghỉ dưỡng"), (38, 48, 12, 2))),
                DemoColumn("Tên cơ sở", "Name", named("{loai_hinh} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Hạng sao", "Stars", picked(
                    ("Chưa xếp hạng", "1 sao", "2 sao", "3 sao", "4 sao", "5 sao"),
                    (70, 12, 10, 5, 2, 1), drift=0.005)),
                DemoColumn("Số buồng", "Rooms", counted(8, 190, growth=0), unit="buồng"),
                DemoColumn("Công suất buồng", "Occupancy",
                           amount(25, 58, season=(0.7, 1.4, 1.3, 0.6)), unit="%"),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (SHOPS, FUEL_STATIONS, ELECTRICITY, RETAIL_PRICES, TOURISTS, LODGING)
