"""People, work, districts, ethnic affairs: Thống kê, Sở Nội vụ, Sở Dân tộc và Tôn giáo."""

from datetime import date

from demo.catalogue.columns import MONTH, PLACE, QUARTER, kind_column
from demo.measures import (
    amount,
    counted,
    part_of,
    per_head,
    place_code,
    place_name,
    place_region,
    ratio,
    rest_of,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout
from demo.places import LOWLAND_NAME
from demo.subjects import per_commune, per_district, per_unit_in_force, province_wide

GROUPS = ("Thái", "Thổ", "Khơ Mú", "Mông", "Ơ Đu", "Dân tộc khác")
INDUSTRIES = (
    "Toàn ngành công nghiệp", "Khai khoáng", "Khai thác đá", "Chế biến thực phẩm", "Đồ uống",
    "Dệt", "Trang phục", "Da giày", "Chế biến gỗ", "Giấy", "In", "Hoá chất", "Dược phẩm",
    "Cao su, nhựa", "Xi măng, vật liệu", "Kim loại", "Điện tử", "Thiết bị điện", "Máy móc",
    "Giường, tủ, bàn ghế", "Sản xuất điện", "Cấp nước", "Thu gom rác thải",
)  # fmt: skip
JOBS = ("Nông, lâm nghiệp, thủy sản", "Công nghiệp, xây dựng", "Dịch vụ")

POPULATION = DemoDataset(
    slug="dan-so-theo-xa",
    title_vi="Dân số theo đơn vị hành chính cấp xã",
    title_en="Population by commune",
    about_vi="Dân số trung bình, số hộ và mật độ dân số theo đơn vị hành chính cấp xã có hiệu"
    " lực tại"
    " thời điểm báo cáo: 412 xã, phường, thị trấn trước 01/7/2025 và 130 xã, phường từ ngày đó.",
    about_en="Average population, households and density by the communes in force at the time: 412"
    " before 01/07/2025 and 130 since.",
    agency_key="CTK",
    topics=("dan-so",),
    keywords=("dân số", "hộ gia đình", "mật độ dân số"),
    legal_ground="Luật Thống kê số 89/2015/QH13",
    source_database="Cơ sở dữ liệu thống kê dân số",
    resources=(
        DemoResource(
            "theo-xa", "Dân số theo xã", "Population by commune", "CSV", ("ma_xa",),
            per_unit_in_force(),
            (
                QUARTER,
                DemoColumn("Mã xã", "Commune code", place_code(),
                           description_vi="Mã đơn vị hành chính cấp xã có hiệu lực trong kỳ",
                           description_en="Code of the commune in force in the period"),
                DemoColumn("Tên xã", "Commune", place_name()),
                DemoColumn("Dân số", "Population", per_head(1, 1, growth=0.0022, noise=0.001),
                           unit="người"),
                DemoColumn("Số nữ", "Women", part_of("dan_so", 0.492, 0.508), unit="người"),
                DemoColumn("Số nam", "Men", rest_of("dan_so", "so_nu"), unit="người"),
                DemoColumn("Số hộ", "Households", part_of("dan_so", 0.25, 0.29), unit="hộ"),
            ),
            Layout(titled=True, totalled=True),
        ),
    ),
)  # fmt: skip

INDUSTRY_INDEX = DemoDataset(
    slug="chi-so-san-xuat-cong-nghiep",
    title_vi="Chỉ số sản xuất công nghiệp",
    title_en="Index of industrial production",
    about_vi="Chỉ số sản xuất công nghiệp tháng theo ngành, so với tháng trước và cùng kỳ năm"
    " trước.",
    about_en="Monthly index of industrial production by industry, against the month and year"
    " before.",
    agency_key="CTK",
    topics=("cong-nghiep-nang-luong",),
    keywords=("IIP", "công nghiệp", "chỉ số"),
    frequency="monthly",
    spatial="Toàn tỉnh",
    legal_ground="Luật Thống kê số 89/2015/QH13",
    source_database="Cơ sở dữ liệu thống kê kinh tế",
    resources=(
        DemoResource(
            "chi-so", "Chỉ số theo ngành", "Index by industry", "CSV", ("nganh",),
            province_wide(INDUSTRIES),
            (
                MONTH,
                kind_column("Ngành", "Industry"),
                DemoColumn("So với tháng trước", "Against the month before",
                           amount(96, 106, growth=0, noise=0.02), unit="%"),
                DemoColumn("So với cùng kỳ", "Against the year before",
                           amount(98, 116, growth=0, noise=0.03), unit="%"),
            ),
        ),
    ),
)  # fmt: skip

EMPLOYMENT = DemoDataset(
    slug="lao-dong-viec-lam",
    title_vi="Lao động, việc làm",
    title_en="Labour and employment",
    about_vi="Lực lượng lao động, số người có việc làm theo khu vực kinh tế, số việc làm mới và"
    " số lao"
    " động đi làm việc ở nước ngoài theo xã, phường.",
    about_en="Labour force, people in work by sector, new jobs and workers sent abroad, by"
    " commune.",
    agency_key="SNV2025",
    topics=("lao-dong-viec-lam",),
    keywords=("lao động", "việc làm", "thất nghiệp", "xuất khẩu lao động"),
    legal_ground="Luật Việc làm",
    source_database="Cơ sở dữ liệu lao động, việc làm",
    resources=(
        DemoResource(
            "theo-xa", "Lao động theo xã", "Labour by commune", "XLSX", ("ma_xa",), per_commune(),
            (
                *PLACE,
                DemoColumn("Lực lượng lao động", "Labour force", per_head(0.47, 0.56),
                           unit="người"),
                DemoColumn("Có việc làm", "In work", part_of("luc_luong_lao_dong", 0.95, 0.985),
                           unit="người"),
                DemoColumn("Thất nghiệp", "Out of work",
                           rest_of("luc_luong_lao_dong", "co_viec_lam"), unit="người"),
                DemoColumn("Tỷ lệ thất nghiệp", "Unemployment",
                           ratio("that_nghiep", "luc_luong_lao_dong", decimals=2), unit="%"),
                DemoColumn("Việc làm mới", "New jobs", part_of("co_viec_lam", 0.003, 0.009),
                           unit="người"),
                DemoColumn("Đi làm việc ở nước ngoài", "Gone to work abroad",
                           part_of("co_viec_lam", 0.001, 0.004), unit="người"),
            ),
            Layout(totalled=True),
        ),
    ),
)  # fmt: skip

INCOMES = DemoDataset(
    slug="thu-nhap-tien-luong",
    title_vi="Tiền lương bình quân theo khu vực kinh tế",
    title_en="Average pay by sector",
    about_vi="Tiền lương bình quân tháng của người lao động trong doanh nghiệp theo xã, phường"
    " và khu"
    " vực kinh tế.",
    about_en="Average monthly pay in enterprises by commune and sector.",
    agency_key="SNV2025",
    topics=("lao-dong-viec-lam",),
    keywords=("tiền lương", "thu nhập", "lương tối thiểu"),
    legal_ground="Bộ luật Lao động số 45/2019/QH14",
    source_database="Cơ sở dữ liệu lao động, việc làm",
    resources=(
        DemoResource(
            "theo-xa", "Tiền lương theo xã và khu vực", "Pay by commune and sector", "CSV",
            ("ma_xa", "khu_vuc_kinh_te"), per_commune(JOBS),
            (
                *PLACE,
                kind_column("Khu vực kinh tế", "Sector"),
                DemoColumn("Số lao động", "Workers", per_head(0.02, 0.12), unit="người"),
                DemoColumn("Lương bình quân", "Average pay", amount(5.2, 11.8, decimals=2,
                           growth=0.014), unit="triệu đồng/tháng"),
            ),
        ),
    ),
)  # fmt: skip

DISTRICTS = DemoDataset(
    slug="don-vi-hanh-chinh-cap-huyen",
    title_vi="Đơn vị hành chính cấp huyện (trước 01/7/2025)",
    title_en="Districts (before 01/07/2025)",
    about_vi="Dân số, số hộ của các đơn vị hành chính cấp huyện đến khi kết thúc hoạt động"
    " của cấp huyện ngày 30/6/2025. Thị xã Cửa Lò nhập vào thành phố Vinh từ 01/12/2024.",
    about_en="Population and households of the districts until the level ended on 30/06/2025."
    " Cua Lo joined Vinh on 01/12/2024.",
    agency_key="SNV2025",
    topics=("dan-so", "cai-cach-hanh-chinh"),
    keywords=("địa giới hành chính", "cấp huyện", "sáp nhập"),
    frequency="yearly",
    history=2,
    temporal_start=date(2023, 1, 1),
    temporal_end=date(2024, 12, 31),
    spatial="Toàn tỉnh, chi tiết đến cấp huyện",
    legal_ground="Luật Tổ chức chính quyền địa phương",
    source_database="Cơ sở dữ liệu địa giới đơn vị hành chính",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách huyện, thành phố, thị xã", "List of districts", "CSV",
            ("ma_huyen",), per_district(),
            (
                DemoColumn("Mã huyện", "District code", place_code(), code_list="districts_2023"),
                DemoColumn("Tên huyện", "District", place_name()),
                DemoColumn("Vùng", "Zone", place_region()),
                DemoColumn("Dân số", "Population", per_head(1, 1), unit="người"),
                DemoColumn("Số hộ", "Households", part_of("dan_so", 0.25, 0.29), unit="hộ"),
                DemoColumn("Số nữ", "Women", part_of("dan_so", 0.492, 0.508), unit="người"),
            ),
        ),
    ),
)  # fmt: skip

STAFF = DemoDataset(
    slug="co-so-du-lieu-can-bo-cong-chuc",
    title_vi="Cơ sở dữ liệu cán bộ, công chức, viên chức",
    title_en="Civil servants database",
    about_vi="Cơ sở dữ liệu cán bộ, công chức, viên chức của tỉnh. Chỉ công bố thông tin mô tả; dữ"
    " liệu có thông tin cá nhân, khai thác theo quy định về chia sẻ dữ liệu.",
    about_en="Database of the civil servants of the province. Only the description is public: the"
    " data are personal and are shared under the rules on data sharing.",
    agency_key="SNV2025",
    topics=("cai-cach-hanh-chinh",),
    keywords=("cán bộ", "công chức", "viên chức"),
    access_level="listed",
    legal_ground="Luật Cán bộ, công chức",
    source_database="Cơ sở dữ liệu quốc gia về cán bộ, công chức, viên chức",
)

ETHNIC_GROUPS = DemoDataset(
    slug="ho-dong-bao-dan-toc-thieu-so",
    title_vi="Hộ đồng bào dân tộc thiểu số",
    title_en="Ethnic minority households",
    about_vi="Số hộ, số người và số hộ nghèo đồng bào dân tộc thiểu số theo xã, phường và dân tộc.",
    about_en="Households, people and poor households of ethnic minorities, by commune and group.",
    agency_key="SDTTG2025",
    topics=("dan-toc-ton-giao", "an-sinh-xa-hoi"),
    keywords=("dân tộc thiểu số", "hộ nghèo", "miền núi"),
    legal_ground="Nghị định số 05/2011/NĐ-CP về công tác dân tộc",
    source_database="Cơ sở dữ liệu công tác dân tộc",
    resources=(
        DemoResource(
            "theo-xa", "Hộ theo xã và dân tộc", "Households by commune and group", "CSV",
            ("ma_xa", "dan_toc"), per_commune(GROUPS, only=lambda place, kind: place.region != LOWLAND_NAME),
            (
                *PLACE,
                DemoColumn("Vùng", "Zone", place_region()),
                kind_column("Dân tộc", "Ethnic group"),
                DemoColumn("Số hộ", "Households", counted(20, 1_900), unit="hộ"),
                DemoColumn("Số người", "People", part_of("so_ho", 3.8, 5.1), unit="người"),
                DemoColumn("Số hộ nghèo", "Poor households", part_of("so_ho", 0.05, 0.45),
                           unit="hộ"),
            ),
        ),
    ),
)  # fmt: skip

MOUNTAIN_PROGRAMME = DemoDataset(
    slug="chuong-trinh-phat-trien-vung-dan-toc",
    title_vi="Kết quả chương trình phát triển vùng dân tộc thiểu số và miền núi",
    title_en="Programme for ethnic minority and mountain areas",
    about_vi="Vốn được giao, vốn giải ngân và số hộ được hỗ trợ của chương trình mục tiêu quốc gia"
    " theo xã.",
    about_en="Money given and disbursed and households helped by the national target programme.",
    agency_key="SDTTG2025",
    topics=("dan-toc-ton-giao",),
    keywords=("chương trình 1719", "miền núi", "giảm nghèo"),
    legal_ground="Quyết định số 1719/QĐ-TTg ngày 14/10/2021",
    source_database="Hệ thống theo dõi chương trình mục tiêu quốc gia",
    resources=(
        DemoResource(
            "theo-xa", "Kết quả theo xã", "Results by commune", "XLSX", ("ma_xa",), per_commune(),
            (
                *PLACE,
                DemoColumn("Vốn được giao", "Money given", counted(800, 36_000),
                           unit="triệu đồng"),
                DemoColumn("Vốn giải ngân", "Disbursed", part_of("von_duoc_giao", 0.3, 0.98),
                           unit="triệu đồng"),
                DemoColumn("Số hộ được hỗ trợ", "Households helped", counted(25, 640), unit="hộ"),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (
    POPULATION, INDUSTRY_INDEX, EMPLOYMENT, INCOMES, DISTRICTS, STAFF, ETHNIC_GROUPS,
    MOUNTAIN_PROGRAMME,
)  # fmt: skip
