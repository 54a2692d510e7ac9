"""Health, food safety and social protection: Sở Y tế, Bảo hiểm xã hội tỉnh."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, PLACE, QUARTER, kind_column
from demo.measures import (
    counted,
    counted_by,
    dated,
    flag,
    named,
    numbered,
    part_of,
    per_head,
    per_head_by,
    picked,
    product_of,
    ratio,
    sometimes_empty,
    total_of,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import in_towns, per_commune, province_wide, register

VACCINES = (
    "Lao (BCG)", "Viêm gan B sơ sinh", "DPT-VGB-Hib mũi 3", "Bại liệt (bOPV) lần 3",
    "Bại liệt (IPV) mũi 2", "Sởi mũi 1", "Sởi - Rubella", "Viêm não Nhật Bản mũi 3",
    "Uốn ván (phụ nữ có thai)", "DPT mũi 4",
)  # fmt: skip
DISEASES = (
    "Sốt xuất huyết Dengue", "Tay chân miệng", "Sởi", "Cúm mùa", "Thuỷ đậu", "Quai bị",
    "Tiêu chảy", "Ho gà", "Viêm não vi rút", "Sốt rét", "Lỵ trực trùng", "Viêm gan vi rút",
    "Sốt mò", "Liên cầu lợn ở người", "COVID-19",
)  # fmt: skip
BEDS = {
    "Trạm y tế": (3, 8), "Phòng khám đa khoa": (4, 12), "Phòng khám chuyên khoa": (1, 5),
    "Bệnh viện đa khoa": (120, 480), "Bệnh viện chuyên khoa": (80, 360),
    "Trung tâm y tế": (60, 260),
}  # fmt: skip
AGES = ("Dưới 5 tuổi", "5 - 14 tuổi", "15 - 59 tuổi", "Từ 60 tuổi")
BENEFITS = (
    "Người cao tuổi", "Người khuyết tật nặng", "Trẻ em mất nguồn nuôi dưỡng",
    "Hộ gia đình nhận nuôi dưỡng", "Người đơn thân nuôi con thuộc hộ nghèo",
)  # fmt: skip
# Share of the population that is male and covered.
COVERAGE = {
    "Bắt buộc": (0.035, 0.07), "Tự nguyện": (0.008, 0.02), "Thất nghiệp": (0.03, 0.055),
    "Y tế": (0.445, 0.485),
}  # fmt: skip

FACILITIES = DemoDataset(
    slug="co-so-kham-benh-chua-benh",
    title_vi="Cơ sở khám bệnh, chữa bệnh",
    title_en="Medical facilities",
    about_vi="Danh sách cơ sở khám bệnh, chữa bệnh đang hoạt động trên địa bàn tỉnh, kèm số giường"
    " và nhân lực của từng cơ sở.",
    about_en="Medical facilities in operation in the province, with the beds and staff of each.",
    agency_key="SYT",
    topics=("y-te",),
    keywords=("bệnh viện", "trạm y tế", "phòng khám", "giường bệnh"),
    legal_ground="Luật Khám bệnh, chữa bệnh số 15/2023/QH15",
    source_database="Hệ thống quản lý hành nghề khám bệnh, chữa bệnh",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách cơ sở", "List of facilities", "CSV", ("ma_co_so",),
            register(780, turnover=0.008, where=in_towns),
            (
                DemoColumn("Mã cơ sở", "Facility code", numbered("40{number:03d}"),
                           description_vi="Mã cơ sở trong danh sách này",
                           description_en="Code of the facility in this list"),
                DemoColumn("Loại hình", "Type", picked(
                    ("Trạm y tế", "Phòng khám đa khoa", "Phòng khám chuyên khoa",
                     "Bệnh viện đa khoa", "Bệnh viện chuyên khoa", "Trung tâm y tế"),
                    (50, 12, 26, 4, 2, 6))),
                DemoColumn("Tên cơ sở", "Facility", named("{loai_hinh} {place} số {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Hình thức sở hữu", "Ownership", picked(
                    ("Công lập", "Tư nhân"), (6, 4))),
                DemoColumn("Số giường", "Beds", counted_by("loai_hinh", BEDS), unit="giường",
                           description_vi="Số giường kế hoạch được giao",
                           description_en="Planned beds"),
                DemoColumn("Số bác sĩ", "Doctors", part_of("so_giuong", 0.18, 0.32), unit="người"),
                DemoColumn("Ngày cấp phép", "Licensed on",
                           dated(date(2012, 1, 5), date(2024, 6, 28))),
                DemoColumn("Khám bảo hiểm y tế", "Takes health insurance", flag(0.78),
                           description_vi="Có ký hợp đồng khám, chữa bệnh bảo hiểm y tế",
                           description_en="Has a contract with health insurance"),
            ),
            Layout(encoding="utf-8-sig"),
        ),
        DemoResource(
            "tong-hop-theo-xa", "Tổng hợp theo xã", "Totals by commune", "XLSX", ("ma_xa",),
            per_commune(),
            (
                *PLACE,
                DemoColumn("Số cơ sở", "Facilities", counted(2, 18), unit="cơ sở"),
                DemoColumn("Số giường", "Beds", per_head(0.0012, 0.0038), unit="giường"),
                DemoColumn("Số lượt khám", "Visits", per_head(0.32, 0.61, noise=0.05),
                           unit="lượt", description_vi="Số lượt khám bệnh trong quý",
                           description_en="Visits in the quarter"),
            ),
            Layout(titled=True, totalled=True),
        ),
    ),
)  # fmt: skip

VACCINATION = DemoDataset(
    slug="tiem-chung-mo-rong",
    title_vi="Kết quả tiêm chủng mở rộng",
    title_en="Expanded immunisation results",
    about_vi="Số đối tượng phải tiêm và đã tiêm từng loại vắc xin trong quý ở từng xã, phường.",
    about_en="People due for and given each vaccine in the quarter, by commune.",
    agency_key="SYT",
    topics=("y-te",),
    keywords=("tiêm chủng", "vắc xin", "trẻ em"),
    legal_ground="Luật Phòng, chống bệnh truyền nhiễm số 03/2007/QH12",
    source_database="Hệ thống thông tin tiêm chủng quốc gia",
    story=Story(newest="submitted"),
    resources=(
        DemoResource(
            "ket-qua", "Kết quả theo xã và vắc xin", "Results by commune and vaccine", "CSV",
            ("ma_xa", "vac_xin"), per_commune(VACCINES),
            (
                *PLACE,
                kind_column("Vắc xin", "Vaccine"),
                DemoColumn("Số phải tiêm", "Due", per_head(0.0032, 0.0046), unit="người"),
                DemoColumn("Số đã tiêm", "Given", part_of("so_phai_tiem", 0.82, 0.995),
                           unit="người"),
                DemoColumn("Tỷ lệ đã tiêm", "Share given", ratio("so_da_tiem", "so_phai_tiem"),
                           unit="%"),
            ),
        ),
    ),
)  # fmt: skip

INFECTIOUS = DemoDataset(
    slug="benh-truyen-nhiem",
    title_vi="Ca bệnh truyền nhiễm theo tháng",
    title_en="Infectious disease cases by month",
    about_vi="Số ca mắc bệnh truyền nhiễm được báo cáo trong tháng theo bệnh và nhóm tuổi,"
    " tổng hợp toàn tỉnh.",
    about_en="Reported cases of infectious diseases in the month, by disease and age group.",
    agency_key="SYT",
    topics=("y-te",),
    keywords=("dịch bệnh", "sốt xuất huyết", "y tế dự phòng"),
    frequency="monthly",
    spatial="Toàn tỉnh",
    legal_ground="Luật Phòng, chống bệnh truyền nhiễm số 03/2007/QH12",
    source_database="Hệ thống giám sát bệnh truyền nhiễm",
    story=Story(newest="ready"),
    resources=(
        DemoResource(
            "ca-benh", "Ca bệnh theo bệnh và nhóm tuổi", "Cases by disease and age", "CSV",
            ("benh", "nhom_tuoi"), province_wide(DISEASES, AGES),
            (
                kind_column("Bệnh", "Disease"),
                kind_column("Nhóm tuổi", "Age group", 1),
                DemoColumn("Số ca mắc", "Cases", counted(12, 420, noise=0.2,
                           season=(0.8, 1.0, 1.3, 1.1)), unit="ca"),
                DemoColumn("Số ca nhập viện", "Admitted", part_of("so_ca_mac", 0.1, 0.4),
                           unit="ca"),
            ),
        ),
    ),
)  # fmt: skip

FOOD_SAFETY = DemoDataset(
    slug="co-so-du-dieu-kien-an-toan-thuc-pham",
    title_vi="Cơ sở đủ điều kiện an toàn thực phẩm",
    title_en="Establishments certified for food safety",
    about_vi="Cơ sở sản xuất, kinh doanh thực phẩm và dịch vụ ăn uống được cấp giấy chứng nhận đủ"
    " điều kiện an toàn thực phẩm còn hiệu lực.",
    about_en="Food producers, traders and caterers whose food safety certificate is in force.",
    agency_key="SYT",
    topics=("y-te", "thuong-mai"),
    keywords=("an toàn thực phẩm", "giấy chứng nhận", "dịch vụ ăn uống"),
    legal_ground="Luật An toàn thực phẩm số 55/2010/QH12",
    source_database="Cơ sở dữ liệu an toàn thực phẩm tỉnh",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách cơ sở", "List of establishments", "CSV",
            ("so_giay_chung_nhan",), register(1_850, turnover=0.02),
            (
                DemoColumn("Số giấy chứng nhận", "Certificate",
                           numbered("{number:04d}/ATTP-NA")),
                DemoColumn("Loại cơ sở", "Type", picked(
                    ("Bếp ăn tập thể", "Nhà hàng", "Cửa hàng thực phẩm", "Cơ sở sản xuất",
                     "Căng tin trường học"), (20, 30, 25, 15, 10))),
                DemoColumn("Tên cơ sở", "Establishment", named("{loai_co_so} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Ngày cấp", "Issued on", dated(date(2023, 7, 1), date(2024, 9, 30))),
                DemoColumn("Xếp loại", "Grade", picked(("A", "B", "C"), (55, 40, 5), drift=0.02)),
                DemoColumn("Số người lao động", "Workers",
                           sometimes_empty(counted(3, 60), 0.03), unit="người"),
            ),
            Layout(delimiter=";"),
        ),
    ),
)  # fmt: skip

SOCIAL_PROTECTION = DemoDataset(
    slug="doi-tuong-bao-tro-xa-hoi",
    title_vi="Đối tượng hưởng trợ cấp bảo trợ xã hội",
    title_en="Recipients of social protection allowances",
    about_vi="Số người, số hộ hưởng trợ cấp xã hội hằng tháng tại cộng đồng và kinh phí chi trả"
    " trong quý theo xã, phường.",
    about_en="People and households on monthly social allowances and the money paid, by commune.",
    agency_key="SYT",
    topics=("an-sinh-xa-hoi",),
    keywords=("trợ cấp xã hội", "người cao tuổi", "người khuyết tật"),
    legal_ground="Nghị định số 20/2021/NĐ-CP về chính sách trợ giúp xã hội",
    source_database="Cơ sở dữ liệu trợ giúp xã hội",
    resources=(
        DemoResource(
            "theo-xa", "Đối tượng theo xã và nhóm", "Recipients by commune and group", "CSV",
            ("ma_xa", "nhom_doi_tuong"), per_commune(BENEFITS),
            (
                *PLACE,
                kind_column("Nhóm đối tượng", "Group"),
                DemoColumn("Số đối tượng", "Recipients", per_head(0.0015, 0.012), unit="người"),
                DemoColumn("Kinh phí", "Paid", product_of("so_doi_tuong", 1.6, 2.4),
                           unit="triệu đồng", description_vi="Kinh phí chi trả trong quý",
                           description_en="Paid in the quarter"),
            ),
        ),
    ),
)  # fmt: skip

INSURED = DemoDataset(
    slug="nguoi-tham-gia-bao-hiem",
    title_vi="Người tham gia bảo hiểm xã hội, bảo hiểm y tế",
    title_en="People covered by social and health insurance",
    about_vi="Số người tham gia từng loại bảo hiểm tại thời điểm cuối quý theo xã, phường.",
    about_en="People covered by each kind of insurance at the end of the quarter, by commune.",
    agency_key="BHXH",
    topics=("an-sinh-xa-hoi", "lao-dong-viec-lam"),
    keywords=("bảo hiểm xã hội", "bảo hiểm y tế", "bảo hiểm thất nghiệp"),
    legal_ground="Luật Bảo hiểm xã hội số 41/2024/QH15",
    source_database="Cơ sở dữ liệu quốc gia về bảo hiểm",
    resources=(
        DemoResource(
            "theo-xa", "Người tham gia theo xã và loại bảo hiểm",
            "Covered people by commune and insurance", "CSV", ("ma_xa", "loai_bao_hiem"),
            per_commune(tuple(COVERAGE)),
            (
                QUARTER,
                *PLACE,
                kind_column("Loại bảo hiểm", "Insurance"),
                DemoColumn("Số nam", "Men",
                           per_head_by("loai_bao_hiem", COVERAGE, growth=0.006), unit="người"),
                DemoColumn("Số nữ", "Women", part_of("so_nam", 0.9, 1.15), unit="người"),
                DemoColumn("Tổng số", "Total", total_of("so_nam", "so_nu"), unit="người"),
            ),
        ),
    ),
)  # fmt: skip

HEALTH_RECORDS = DemoDataset(
    slug="ho-so-suc-khoe-dien-tu",
    title_vi="Cơ sở dữ liệu hồ sơ sức khoẻ điện tử",
    title_en="Electronic health records database",
    about_vi="Hồ sơ sức khoẻ điện tử của người dân trong tỉnh. Chỉ công bố thông tin mô tả; dữ liệu"
    " chứa thông tin cá nhân nên không cung cấp trên Kho dữ liệu.",
    about_en="Electronic health records of residents. Only the description is public: the data"
    " are personal and are not provided here.",
    agency_key="SYT",
    topics=("y-te",),
    keywords=("hồ sơ sức khoẻ", "bệnh án điện tử"),
    access_level="listed",
    legal_ground="Luật Khám bệnh, chữa bệnh số 15/2023/QH15",
    source_database="Hệ thống hồ sơ sức khoẻ điện tử tỉnh",
)

PHARMACIES = DemoDataset(
    slug="co-so-ban-le-thuoc",
    title_vi="Cơ sở bán lẻ thuốc",
    title_en="Pharmacies",
    about_vi="Nhà thuốc, quầy thuốc có giấy chứng nhận đủ điều kiện kinh doanh dược.",
    about_en="Pharmacies and drug counters licensed to sell medicines.",
    agency_key="SYT",
    topics=("y-te",),
    keywords=("nhà thuốc", "quầy thuốc", "dược"),
    legal_ground="Luật Dược số 105/2016/QH13",
    source_database="Cơ sở dữ liệu quản lý dược",
    draft=True,
)

DATASETS = (
    FACILITIES, VACCINATION, INFECTIOUS, FOOD_SAFETY, SOCIAL_PROTECTION, INSURED, HEALTH_RECORDS,
    PHARMACIES,
)  # fmt: skip
