"""Farming, fisheries and forestry: Sở Nông nghiệp và Môi trường."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, PLACE, QUARTER, kind_column
from demo.measures import (
    amount,
    dated,
    day,
    drawn,
    named,
    numbered,
    observed,
    per_area,
    per_head_by,
    picked,
    place_region,
    product_by,
    product_of,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import on_coast, per_commune, register, stations

OWNER = "SNNMT2025"
# Tonnes from a hectare.
CROPS = {
    "Lúa": (5.6, 6.9), "Ngô": (4.2, 5.2), "Lạc": (2.2, 3.1), "Sắn": (20, 28), "Mía": (55, 66),
    "Rau các loại": (14, 19),
}  # fmt: skip
SPECIES = ("Cá nước ngọt", "Cá nước lợ, mặn", "Tôm thẻ chân trắng", "Nhuyễn thể")
FORESTS = ("Rừng đặc dụng", "Rừng phòng hộ", "Rừng sản xuất tự nhiên", "Rừng trồng")
# Animals to an inhabitant, and tonnes sold to an animal of the herd.
HERDS = {
    "Trâu": (0.05, 0.1), "Bò": (0.1, 0.18), "Lợn": (0.2, 0.35), "Gà": (4, 8), "Vịt": (0.8, 1.8),
    "Dê": (0.02, 0.08),
}  # fmt: skip
MEAT = {
    "Trâu": (0.012, 0.02), "Bò": (0.014, 0.022), "Lợn": (0.04, 0.06), "Gà": (0.0008, 0.0012),
    "Vịt": (0.0009, 0.0014), "Dê": (0.004, 0.007),
}  # fmt: skip
PESTS = ("Rầy nâu", "Sâu cuốn lá nhỏ", "Đạo ôn", "Khô vằn", "Chuột hại", "Sâu keo mùa thu")

CROP_OUTPUT = DemoDataset(
    slug="san-luong-cay-trong",
    title_vi="Diện tích, năng suất, sản lượng cây trồng chính",
    title_en="Area, yield and output of main crops",
    about_vi="Diện tích gieo trồng và sản lượng lúa, ngô, lạc, sắn, mía, rau theo xã, phường"
    " trong quý.",
    about_en="Area planted with and output of rice, maize, groundnuts, cassava, sugar cane and"
    " vegetables in the quarter, by commune.",
    agency_key=OWNER,
    topics=("nong-nghiep",),
    keywords=("lúa", "ngô", "sản lượng", "năng suất", "cây trồng"),
    legal_ground="Luật Trồng trọt số 31/2018/QH14",
    source_database="Cơ sở dữ liệu ngành nông nghiệp",
    resources=(
        DemoResource(
            "theo-xa", "Cây trồng theo xã", "Crops by commune", "CSV", ("ma_xa", "cay_trong"),
            per_commune(tuple(CROPS)),
            (
                QUARTER,
                *PLACE,
                kind_column("Cây trồng", "Crop"),
                DemoColumn("Diện tích gieo trồng", "Area planted",
                           per_area(0.004, 0.06, season=(1.1, 1.0, 0.8, 0.5)), unit="ha"),
                DemoColumn("Sản lượng", "Output", product_by("dien_tich_gieo_trong", "cay_trong", CROPS),
                           unit="tấn"),
            ),
            Layout(delimiter=";"),
        ),
    ),
)  # fmt: skip

AQUACULTURE = DemoDataset(
    slug="nuoi-trong-thuy-san",
    title_vi="Nuôi trồng thủy sản",
    title_en="Aquaculture",
    about_vi="Diện tích nuôi và sản lượng thu hoạch thủy sản theo xã, phường và đối tượng nuôi.",
    about_en="Area under aquaculture and harvest by commune and species.",
    agency_key=OWNER,
    topics=("thuy-san",),
    keywords=("thủy sản", "tôm", "cá", "diện tích nuôi"),
    legal_ground="Luật Thủy sản số 18/2017/QH14",
    source_database="Cơ sở dữ liệu thủy sản tỉnh",
    resources=(
        DemoResource(
            "theo-xa", "Nuôi trồng theo xã", "Aquaculture by commune", "XLSX",
            ("ma_xa", "doi_tuong_nuoi"), per_commune(
                SPECIES, only=lambda place, kind: kind[0] == SPECIES[0] or on_coast(place)
            ),
            (
                *PLACE,
                kind_column("Đối tượng nuôi", "Species"),
                DemoColumn("Diện tích nuôi", "Area", per_area(0.0005, 0.008), unit="ha"),
                DemoColumn("Sản lượng", "Harvest", product_of("dien_tich_nuoi", 0.6, 3.1),
                           unit="tấn"),
            ),
        ),
    ),
)  # fmt: skip

FORESTS_BY_COMMUNE = DemoDataset(
    slug="dien-tich-rung",
    title_vi="Diện tích rừng và đất lâm nghiệp",
    title_en="Forest area",
    about_vi="Diện tích rừng theo mục đích sử dụng ở từng xã, phường, phục vụ theo dõi diễn biến"
    " rừng.",
    about_en="Forest area by purpose in each commune, to follow its change.",
    agency_key=OWNER,
    topics=("lam-nghiep", "moi-truong"),
    keywords=("rừng", "che phủ rừng", "lâm nghiệp"),
    legal_ground="Luật Lâm nghiệp số 16/2017/QH14",
    source_database="Hệ thống theo dõi diễn biến rừng",
    story=Story(newest="submitted"),
    resources=(
        DemoResource(
            "theo-xa", "Rừng theo xã và loại", "Forest by commune and kind", "CSV",
            ("ma_xa", "loai_rung"), per_commune(FORESTS),
            (
                *PLACE,
                DemoColumn("Vùng", "Zone", place_region()),
                kind_column("Loại rừng", "Kind of forest"),
                DemoColumn("Diện tích", "Area", per_area(0.02, 0.22), unit="ha"),
                DemoColumn("Trữ lượng gỗ", "Timber stock", product_of("dien_tich", 55, 130),
                           unit="m³"),
            ),
        ),
    ),
)  # fmt: skip

ANIMALS = DemoDataset(
    slug="dan-gia-suc-gia-cam",
    title_vi="Đàn gia súc, gia cầm",
    title_en="Livestock and poultry",
    about_vi="Tổng đàn và sản lượng thịt hơi xuất chuồng trong quý theo xã, phường và loài vật"
    " nuôi.",
    about_en="Herds and live weight sold in the quarter, by commune and species.",
    agency_key=OWNER,
    topics=("nong-nghiep",),
    keywords=("chăn nuôi", "trâu bò", "lợn", "gia cầm"),
    legal_ground="Luật Chăn nuôi số 32/2018/QH14",
    source_database="Cơ sở dữ liệu chăn nuôi",
    resources=(
        DemoResource(
            "theo-xa", "Đàn vật nuôi theo xã", "Herds by commune", "JSON", ("ma_xa", "vat_nuoi"),
            per_commune(tuple(HERDS)),
            (
                *PLACE,
                kind_column("Vật nuôi", "Species"),
                DemoColumn("Tổng đàn", "Herd", per_head_by("vat_nuoi", HERDS, noise=0.03), unit="con"),
                DemoColumn("Sản lượng thịt hơi", "Live weight sold",
                           product_by("tong_dan", "vat_nuoi", MEAT), unit="tấn"),
            ),
        ),
    ),
)  # fmt: skip

OCOP = DemoDataset(
    slug="san-pham-ocop",
    title_vi="Sản phẩm OCOP",
    title_en="One Commune One Product goods",
    about_vi="Sản phẩm của Chương trình mỗi xã một sản phẩm được công nhận từ 3 sao trở lên.",
    about_en="Goods of the One Commune One Product programme recognised with three stars or more.",
    agency_key=OWNER,
    topics=("nong-nghiep", "thuong-mai"),
    keywords=("OCOP", "đặc sản", "nông thôn mới"),
    legal_ground="Quyết định số 919/QĐ-TTg về Chương trình mỗi xã một sản phẩm",
    source_database="Hệ thống quản lý sản phẩm OCOP",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách sản phẩm", "List of goods", "CSV", ("ma_san_pham",),
            register(680, turnover=0.02),
            (
                DemoColumn("Mã sản phẩm", "Product code", numbered("OCOP-NA-{number:04d}")),
                DemoColumn("Nhóm hàng", "Product group", picked(
                    ("Nước mắm", "Tương", "Nhút", "Cam", "Chè", "Mật ong", "Gạo nếp", "Giò me",
                     "Tinh bột nghệ", "Dệt thổ cẩm", "Mây tre đan", "Cà gai leo"))),
                DemoColumn("Tên sản phẩm", "Product", named("{nhom_hang} {place} ({number})")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Hạng sao", "Stars", picked(("3 sao", "4 sao", "5 sao"), (80, 18, 2),
                                                       drift=0.01)),
                DemoColumn("Ngày công nhận", "Recognised on",
                           dated(date(2022, 1, 15), date(2024, 9, 20))),
                DemoColumn("Doanh thu", "Turnover", amount(40, 1_900, growth=0.02),
                           unit="triệu đồng", description_vi="Doanh thu ước tính trong quý",
                           description_en="Estimated turnover in the quarter"),
            ),
        ),
    ),
)  # fmt: skip

PEST_WATCH = DemoDataset(
    slug="giam-sat-sinh-vat-gay-hai",
    title_vi="Giám sát sinh vật gây hại cây trồng",
    title_en="Crop pest surveillance",
    about_vi="Mật độ sinh vật gây hại ghi nhận 5 ngày một lần tại các điểm giám sát trên địa bàn"
    " tỉnh.",
    about_en="Pest density noted every five days at the surveillance points of the province.",
    agency_key=OWNER,
    topics=("nong-nghiep",),
    keywords=("bảo vệ thực vật", "sâu bệnh", "rầy nâu"),
    legal_ground="Luật Bảo vệ và kiểm dịch thực vật số 41/2013/QH13",
    source_database="Hệ thống giám sát sinh vật gây hại",
    eventful=True,
    resources=(
        DemoResource(
            "ghi-nhan", "Ghi nhận tại điểm giám sát", "Notes at surveillance points", "CSV",
            ("ma_diem", "thoi_diem", "sinh_vat_gay_hai"),
            stations(45, PESTS, hours=120),
            (
                DemoColumn("Mã điểm", "Point", numbered("BVTV-{number:03d}")),
                *PLACE,
                DemoColumn("Thời điểm", "Noted on", day()),
                kind_column("Sinh vật gây hại", "Pest", 1),
                DemoColumn("Mật độ", "Density", observed(2, 60, season=(1.2, 1.0, 0.7, 0.9)),
                           unit="con/m²"),
                DemoColumn("Mức độ nhiễm", "Severity",
                           drawn(("Nhẹ", "Trung bình", "Nặng"), (80, 17, 3))),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (CROP_OUTPUT, AQUACULTURE, FORESTS_BY_COMMUNE, ANIMALS, OCOP, PEST_WATCH)
