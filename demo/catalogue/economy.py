"""Business, investment and the budget: Sở Tài chính, Ban Quản lý Khu kinh tế Đông Nam."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, PLACE, QUARTER, kind_column
from demo.measures import (
    advancing,
    amount,
    counted,
    dated,
    named,
    numbered,
    part_of,
    per_head,
    picked,
    product_of,
    ratio,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import in_towns, per_commune, province_wide, register

OWNER = "STC2025"
SECTORS = (
    "Nông, lâm nghiệp và thủy sản", "Khai khoáng", "Công nghiệp chế biến, chế tạo",
    "Sản xuất và phân phối điện", "Cấp nước và xử lý rác thải", "Xây dựng",
    "Bán buôn và bán lẻ", "Vận tải, kho bãi", "Lưu trú và ăn uống",
    "Thông tin và truyền thông", "Kinh doanh bất động sản", "Chuyên môn, khoa học và công nghệ",
    "Hành chính và hỗ trợ", "Giáo dục và đào tạo", "Y tế và trợ giúp xã hội", "Dịch vụ khác",
)  # fmt: skip
COUNTRIES = ("Hồng Kông (Trung Quốc)", "Xin-ga-po", "Thái Lan", "Hàn Quốc", "Nhật Bản",
             "Trung Quốc", "Đài Loan (Trung Quốc)", "Hoa Kỳ")  # fmt: skip
INCOME = (
    "Thu từ khu vực doanh nghiệp nhà nước", "Thu từ khu vực đầu tư nước ngoài",
    "Thu từ khu vực ngoài quốc doanh", "Thuế thu nhập cá nhân", "Lệ phí trước bạ",
    "Thuế bảo vệ môi trường", "Thu tiền sử dụng đất", "Thu tiền thuê đất", "Phí và lệ phí",
    "Thu khác ngân sách", "Thu từ hoạt động xuất nhập khẩu", "Thu xổ số kiến thiết",
)  # fmt: skip
SPENDING = (
    "Chi đầu tư phát triển", "Chi giáo dục và đào tạo", "Chi y tế, dân số", "Chi an sinh xã hội",
    "Chi văn hóa, thể thao", "Chi khoa học và công nghệ", "Chi bảo vệ môi trường",
    "Chi sự nghiệp kinh tế", "Chi quản lý hành chính", "Chi quốc phòng, an ninh địa phương",
    "Chi trả nợ lãi vay", "Chi khác",
)  # fmt: skip
BUDGET = tuple(f"Thu: {line}" for line in INCOME) + tuple(f"Chi: {line}" for line in SPENDING)
PARKS = (
    "Khu công nghiệp Nam Cấm", "Khu công nghiệp Bắc Vinh", "Khu công nghiệp Hoàng Mai I",
    "Khu công nghiệp Hoàng Mai II", "Khu công nghiệp Đông Hồi", "Khu công nghiệp Nghĩa Đàn",
    "Khu công nghiệp Sông Dinh", "Khu công nghiệp Tri Lễ", "Khu công nghiệp VSIP Nghệ An",
    "Khu công nghiệp WHA Nghệ An", "Khu công nghiệp Thọ Lộc", "Khu công nghiệp Tân Kỳ",
)  # fmt: skip

COMPANIES = DemoDataset(
    slug="doanh-nghiep-dang-ky",
    title_vi="Doanh nghiệp đăng ký thành lập và hoạt động",
    title_en="Registered and active enterprises",
    about_vi="Số doanh nghiệp đang hoạt động, thành lập mới, giải thể và vốn đăng ký theo xã,"
    " phường"
    " và ngành kinh tế.",
    about_en="Active, new and dissolved enterprises and their registered capital, by commune and"
    " sector.",
    agency_key=OWNER,
    topics=("doanh-nghiep",),
    keywords=("doanh nghiệp", "thành lập mới", "vốn đăng ký"),
    legal_ground="Luật Doanh nghiệp số 59/2020/QH14",
    source_database="Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp",
    resources=(
        DemoResource(
            "theo-nganh", "Doanh nghiệp theo xã và ngành", "Enterprises by commune and sector",
            "CSV", ("ma_xa", "nganh_kinh_te"), per_commune(SECTORS),
            (
                QUARTER,
                *PLACE,
                kind_column("Ngành kinh tế", "Sector"),
                DemoColumn("Số đang hoạt động", "Active", per_head(0.00005, 0.0009, growth=0.012),
                           unit="doanh nghiệp"),
                DemoColumn("Số thành lập mới", "New", part_of("so_dang_hoat_dong", 0.01, 0.06),
                           unit="doanh nghiệp"),
                DemoColumn("Số giải thể", "Dissolved", part_of("so_dang_hoat_dong", 0.0, 0.02),
                           unit="doanh nghiệp"),
                DemoColumn("Vốn đăng ký", "Capital", product_of("so_dang_hoat_dong", 2.1, 14),
                           unit="tỷ đồng"),
            ),
        ),
    ),
)  # fmt: skip

FOREIGN_INVESTMENT = DemoDataset(
    slug="dau-tu-truc-tiep-nuoc-ngoai",
    title_vi="Dự án đầu tư trực tiếp nước ngoài",
    title_en="Foreign direct investment projects",
    about_vi="Dự án đầu tư trực tiếp nước ngoài còn hiệu lực, vốn đăng ký và vốn thực hiện lũy kế.",
    about_en="Foreign direct investment projects in force, with registered and realised capital.",
    agency_key=OWNER,
    topics=("dau-tu",),
    keywords=("FDI", "đầu tư nước ngoài", "vốn đăng ký"),
    legal_ground="Luật Đầu tư số 61/2020/QH14",
    source_database="Hệ thống thông tin quốc gia về đầu tư",
    eventful=True,
    resources=(
        DemoResource(
            "du-an", "Danh sách dự án", "List of projects", "XLSX", ("ma_du_an",),
            register(148, turnover=0.02, where=in_towns),
            (
                DemoColumn("Mã dự án", "Project code", numbered("FDI-{number:04d}")),
                DemoColumn("Lĩnh vực", "Sector", picked(
                    ("Điện tử", "Dệt may", "Vật liệu xây dựng", "Chế biến gỗ",
                     "Linh kiện ô tô", "Hạ tầng khu công nghiệp", "Năng lượng"))),
                DemoColumn("Quốc gia, vùng lãnh thổ", "Country or territory", picked(COUNTRIES)),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Ngày cấp", "Registered on",
                           dated(date(2008, 3, 1), date(2024, 9, 1))),
                DemoColumn("Vốn đăng ký", "Registered capital",
                           amount(1.5, 165, growth=0, noise=0), unit="triệu USD"),
                DemoColumn("Vốn thực hiện", "Realised capital", product_of("von_dang_ky", 0.2, 0.9),
                           unit="triệu USD"),
                DemoColumn("Số lao động", "Workers", counted(60, 6_200), unit="người"),
            ),
            Layout(titled=True),
        ),
    ),
)  # fmt: skip

BUDGET_LINES = DemoDataset(
    slug="thu-chi-ngan-sach",
    title_vi="Thu, chi ngân sách nhà nước trên địa bàn",
    title_en="Budget income and spending",
    about_vi="Dự toán năm và số thực hiện lũy kế đến cuối quý theo khoản thu, nhiệm vụ chi.",
    about_en="Year's estimate and amount to the end of the quarter, by kind of income and"
    " spending.",
    agency_key=OWNER,
    topics=("tai-chinh-ngan-sach",),
    keywords=("ngân sách", "thu ngân sách", "chi ngân sách", "công khai ngân sách"),
    spatial="Toàn tỉnh",
    legal_ground="Luật Ngân sách nhà nước; Thông tư số 343/2016/TT-BTC về công khai ngân sách",
    source_database="Hệ thống thông tin quản lý ngân sách và kho bạc (TABMIS)",
    resources=(
        DemoResource(
            "thu-chi", "Thu, chi theo khoản mục", "Income and spending by line", "XLSX",
            ("noi_dung",), province_wide(BUDGET),
            (
                kind_column("Nội dung", "Line"),
                DemoColumn("Dự toán năm", "Year's estimate", counted(90, 9_800, noise=0),
                           unit="tỷ đồng"),
                DemoColumn("Thực hiện", "To date", part_of("du_toan_nam", 0.2, 0.95),
                           unit="tỷ đồng"),
                DemoColumn("So với dự toán", "Of the estimate", ratio("thuc_hien", "du_toan_nam"),
                           unit="%"),
            ),
            Layout(titled=True),
        ),
    ),
)  # fmt: skip

PUBLIC_INVESTMENT = DemoDataset(
    slug="giai-ngan-dau-tu-cong",
    title_vi="Giải ngân vốn đầu tư công",
    title_en="Disbursement of public investment",
    about_vi="Kế hoạch vốn và số đã giải ngân của từng dự án đầu tư công do tỉnh quản lý.",
    about_en="Planned and disbursed money of each public investment project of the province.",
    agency_key=OWNER,
    topics=("dau-tu", "tai-chinh-ngan-sach"),
    keywords=("đầu tư công", "giải ngân", "dự án"),
    legal_ground="Luật Đầu tư công số 58/2024/QH15",
    source_database="Hệ thống thông tin và cơ sở dữ liệu quốc gia về đầu tư công",
    resources=(
        DemoResource(
            "du-an", "Dự án và vốn", "Projects and money", "CSV", ("ma_du_an",),
            register(430, turnover=0.02),
            (
                DemoColumn("Mã dự án", "Project code", numbered("DTC-{number:05d}")),
                DemoColumn("Lĩnh vực", "Field", picked(
                    ("Đường giao thông", "Trường học", "Trạm y tế", "Kênh mương", "Trụ sở",
                     "Cấp nước sạch", "Kè chống sạt lở"))),
                DemoColumn("Tên dự án", "Project", named("{linh_vuc} {place} giai đoạn {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Kế hoạch vốn", "Planned", counted(900, 210_000, growth=0, noise=0),
                           unit="triệu đồng"),
                DemoColumn("Đã giải ngân", "Disbursed", part_of("ke_hoach_von", 0.1, 1.0),
                           unit="triệu đồng"),
                DemoColumn("Tỷ lệ giải ngân", "Share disbursed",
                           ratio("da_giai_ngan", "ke_hoach_von"), unit="%"),
                DemoColumn("Tiến độ", "Progress", advancing(
                    ("Chuẩn bị đầu tư", "Đang thi công", "Hoàn thành", "Đã quyết toán"),
                    quarters=5)),
            ),
        ),
    ),
)  # fmt: skip

PUBLIC_ASSETS = DemoDataset(
    slug="nha-dat-cong",
    title_vi="Cơ sở nhà, đất công",
    title_en="Public premises",
    about_vi="Cơ sở nhà, đất là tài sản công và phương án sắp xếp, xử lý sau khi tổ chức lại đơn vị"
    " hành chính; chia sẻ giữa các cơ quan nhà nước.",
    about_en="Public houses and land and what is planned for them after the administrative reform;"
    " shared between state agencies.",
    agency_key=OWNER,
    topics=("tai-chinh-ngan-sach", "dat-dai"),
    keywords=("tài sản công", "trụ sở dôi dư", "nhà đất"),
    access_level="shared",
    legal_ground="Luật Quản lý, sử dụng tài sản công số 15/2017/QH14",
    source_database="Cơ sở dữ liệu quốc gia về tài sản công",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách cơ sở", "List of premises", "CSV", ("ma_co_so",),
            register(2_150, turnover=0.002),
            (
                DemoColumn("Mã cơ sở", "Code", numbered("TSC-{number:05d}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Công năng", "Use", picked(
                    ("Trụ sở làm việc", "Trường học", "Trạm y tế", "Nhà văn hóa", "Nhà công vụ"))),
                DemoColumn("Diện tích đất", "Land", amount(180, 8_600, growth=0, noise=0),
                           unit="m²"),
                DemoColumn("Phương án", "Plan", picked(
                    ("Giữ lại tiếp tục sử dụng", "Điều chuyển", "Chuyển giao về xã", "Bán đấu giá",
                     "Chưa có phương án"), (60, 15, 12, 5, 8), drift=0.03)),
            ),
        ),
    ),
)  # fmt: skip

INDUSTRIAL_PARKS = DemoDataset(
    slug="khu-cong-nghiep",
    title_vi="Khu công nghiệp",
    title_en="Industrial parks",
    about_vi="Diện tích, tỷ lệ lấp đầy, số dự án và lao động của các khu công nghiệp theo giai"
    " đoạn.",
    about_en="Area, occupancy, projects and workers of the industrial parks, by phase.",
    agency_key="BQLKKT",
    topics=("dau-tu", "cong-nghiep-nang-luong"),
    keywords=("khu công nghiệp", "khu kinh tế Đông Nam", "lấp đầy"),
    spatial="Khu kinh tế Đông Nam và các khu công nghiệp",
    legal_ground="Nghị định số 35/2022/NĐ-CP về quản lý khu công nghiệp và khu kinh tế",
    source_database="Cơ sở dữ liệu khu công nghiệp, khu kinh tế",
    story=Story(waived=(1,)),
    resources=(
        DemoResource(
            "khu", "Tình hình khu công nghiệp", "State of the parks", "JSON",
            ("khu_cong_nghiep", "giai_doan"),
            province_wide(PARKS, ("Giai đoạn 1", "Giai đoạn 2")),
            (
                kind_column("Khu công nghiệp", "Park"),
                kind_column("Giai đoạn", "Phase", 1),
                DemoColumn("Diện tích quy hoạch", "Planned area",
                           amount(60, 640, growth=0, noise=0), unit="ha"),
                DemoColumn("Tỷ lệ lấp đầy", "Occupancy", amount(22, 78, growth=0.012), unit="%"),
                DemoColumn("Số dự án", "Projects", counted(3, 48), unit="dự án"),
                DemoColumn("Số lao động", "Workers", counted(300, 14_000), unit="người"),
            ),
        ),
    ),
)  # fmt: skip

ZONE_PROJECTS = DemoDataset(
    slug="du-an-khu-kinh-te",
    title_vi="Dự án trong khu kinh tế, khu công nghiệp",
    title_en="Projects in the economic zone and parks",
    about_vi="Dự án đầu tư trong Khu kinh tế Đông Nam và các khu công nghiệp: ngành nghề, vốn, tiến"
    " độ, lao động.",
    about_en="Projects in the Dong Nam zone and the parks: sector, capital, progress, workers.",
    agency_key="BQLKKT",
    topics=("dau-tu",),
    keywords=("dự án đầu tư", "khu kinh tế", "tiến độ"),
    spatial="Khu kinh tế Đông Nam và các khu công nghiệp",
    legal_ground="Nghị định số 35/2022/NĐ-CP về quản lý khu công nghiệp và khu kinh tế",
    source_database="Cơ sở dữ liệu khu công nghiệp, khu kinh tế",
    story=Story(missing=(3,)),
    eventful=True,
    resources=(
        DemoResource(
            "du-an", "Danh sách dự án", "List of projects", "XLSX", ("ma_du_an",),
            register(310, turnover=0.015, where=in_towns),
            (
                DemoColumn("Mã dự án", "Project code", numbered("KKT-{number:04d}")),
                DemoColumn("Khu", "Park", picked(PARKS)),
                DemoColumn("Ngành nghề", "Sector", picked(SECTORS[:6])),
                DemoColumn("Vốn đầu tư", "Capital", amount(12, 2_400, growth=0, noise=0),
                           unit="tỷ đồng"),
                DemoColumn("Tiến độ", "Progress", advancing(
                    ("Chuẩn bị đầu tư", "Đang xây dựng", "Đang hoạt động"), quarters=5)),
                DemoColumn("Số lao động", "Workers", counted(15, 3_800), unit="người"),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (
    COMPANIES, FOREIGN_INVESTMENT, BUDGET_LINES, PUBLIC_INVESTMENT, PUBLIC_ASSETS,
    INDUSTRIAL_PARKS, ZONE_PROJECTS,
)  # fmt: skip
