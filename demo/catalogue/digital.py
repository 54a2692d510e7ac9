"""Science, telecommunications, online services: Sở Khoa học và Công nghệ, TT CNTT&TT, VP UBND."""

from datetime import date

from demo.catalogue.columns import (
    COMMUNE,
    COMMUNE_CODE,
    LATITUDE,
    LONGITUDE,
    PLACE,
    kind_column,
)  # fmt: skip
from demo.measures import (
    advancing,
    amount,
    counted,
    dated,
    dated_in_period,
    days_after,
    drawn,
    numbered,
    part_of,
    per_head,
    picked,
    ratio,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout
from demo.subjects import per_commune, province_wide, register, within_period

OWNER = "SKHCN2025"
FIELDS = (
    "Đất đai", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", "Đăng ký doanh nghiệp",
    "Hộ kinh doanh", "Xây dựng", "Giáo dục", "Y tế", "Giao thông vận tải", "Việc làm",
    "Môi trường", "Văn hóa", "Công thương", "Tư pháp",
)  # fmt: skip
SYSTEMS = (
    "Cổng thông tin điện tử tỉnh", "Hệ thống giải quyết thủ tục hành chính", "Kho dữ liệu tỉnh",
    "Nền tảng tích hợp, chia sẻ dữ liệu", "Hệ thống quản lý văn bản và điều hành",
    "Thư điện tử công vụ", "Hệ thống thông tin báo cáo", "Hội nghị truyền hình",
    "Trung tâm giám sát an toàn thông tin", "Trung tâm điều hành thông minh",
)  # fmt: skip

SCIENCE = DemoDataset(
    slug="nhiem-vu-khoa-hoc-cong-nghe",
    title_vi="Nhiệm vụ khoa học và công nghệ",
    title_en="Science and technology projects",
    about_vi="Nhiệm vụ khoa học và công nghệ cấp tỉnh, kinh phí và kết quả thực hiện.",
    about_en="Science and technology projects of the province, their budget and state.",
    agency_key=OWNER,
    topics=("khoa-hoc-cong-nghe",),
    keywords=("đề tài", "nghiên cứu", "đổi mới sáng tạo"),
    spatial="Toàn tỉnh",
    legal_ground="Luật Khoa học, công nghệ và đổi mới sáng tạo số 93/2025/QH15",
    source_database="Cơ sở dữ liệu nhiệm vụ khoa học và công nghệ",
    eventful=True,
    resources=(
        DemoResource(
            "danh-sach", "Danh sách nhiệm vụ", "List of projects", "XLSX", ("ma_nhiem_vu",),
            register(265, turnover=0.03),
            (
                DemoColumn("Mã nhiệm vụ", "Code", numbered("KHCN-{number:04d}")),
                DemoColumn("Lĩnh vực", "Field", picked(
                    ("Khoa học nông nghiệp", "Khoa học y, dược", "Khoa học kỹ thuật",
                     "Khoa học xã hội", "Khoa học tự nhiên", "Công nghệ số"))),
                DemoColumn("Kinh phí", "Budget", amount(180, 4_600, growth=0, noise=0),
                           unit="triệu đồng"),
                DemoColumn("Ngày bắt đầu", "Started on", dated(date(2022, 1, 1), date(2024, 9, 1))),
                DemoColumn("Tình trạng", "State", advancing(
                    ("Mới phê duyệt", "Đang thực hiện", "Đã nghiệm thu", "Đã ứng dụng"))),
            ),
        ),
    ),
)  # fmt: skip

INTELLECTUAL_PROPERTY = DemoDataset(
    slug="so-huu-tri-tue",
    title_vi="Đơn và văn bằng bảo hộ sở hữu công nghiệp",
    title_en="Industrial property applications and titles",
    about_vi="Số đơn đăng ký và văn bằng bảo hộ theo loại đối tượng ở từng xã, phường.",
    about_en="Applications and titles of protection by kind, in each commune.",
    agency_key=OWNER,
    topics=("khoa-hoc-cong-nghe",),
    keywords=("nhãn hiệu", "sáng chế", "kiểu dáng", "sở hữu trí tuệ"),
    legal_ground="Luật Sở hữu trí tuệ số 50/2005/QH11",
    source_database="Cơ sở dữ liệu sở hữu công nghiệp",
    resources=(
        DemoResource(
            "theo-xa", "Đơn và văn bằng theo xã", "Applications and titles by commune", "CSV",
            ("ma_xa", "doi_tuong"),
            per_commune(("Nhãn hiệu", "Sáng chế", "Giải pháp hữu ích", "Kiểu dáng công nghiệp")),
            (
                *PLACE,
                kind_column("Đối tượng", "Kind"),
                DemoColumn("Số đơn", "Applications", counted(1, 14, noise=0.2), unit="đơn"),
                DemoColumn("Số văn bằng", "Titles", part_of("so_don", 0.2, 0.8),
                           unit="văn bằng"),
            ),
        ),
    ),
)  # fmt: skip

BASE_STATIONS = DemoDataset(
    slug="tram-thu-phat-song",
    title_vi="Trạm thu phát sóng di động (BTS)",
    title_en="Mobile base stations",
    about_vi="Trạm thu phát sóng thông tin di động đang hoạt động: công nghệ, loại cột, vị trí.",
    about_en="Mobile base stations in operation: technology, kind of mast, position.",
    agency_key=OWNER,
    topics=("chuyen-doi-so",),
    keywords=("BTS", "4G", "5G", "viễn thông"),
    legal_ground="Luật Viễn thông số 24/2023/QH15",
    source_database="Cơ sở dữ liệu hạ tầng viễn thông",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách trạm", "List of stations", "CSV", ("ma_tram",),
            register(5_600, turnover=0.008),
            (
                DemoColumn("Mã trạm", "Code", numbered("BTS-{number:05d}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Công nghệ", "Technology", picked(
                    ("2G, 4G", "3G, 4G", "4G", "4G, 5G"), (30, 22, 30, 18), drift=0.03)),
                DemoColumn("Loại cột", "Mast", picked(("Tự đứng", "Dây co", "Trên mái"),
                                                      (30, 45, 25))),
                DemoColumn("Chiều cao", "Height", counted(12, 60, growth=0, noise=0), unit="m"),
                DemoColumn("Dùng chung", "Sharing", picked(("Một doanh nghiệp",
                                                            "Hai doanh nghiệp trở lên"), (8, 2))),
                LONGITUDE,
                LATITUDE,
            ),
            Layout(encoding="utf-8-sig"),
        ),
    ),
)  # fmt: skip

ONLINE_SERVICES = DemoDataset(
    slug="dich-vu-cong-truc-tuyen",
    title_vi="Kết quả cung cấp dịch vụ công trực tuyến",
    title_en="Online public services",
    about_vi="Số hồ sơ tiếp nhận trực tuyến và thanh toán trực tuyến theo xã, phường và lĩnh vực.",
    about_en="Applications made and paid for online, by commune and field.",
    agency_key=OWNER,
    topics=("chuyen-doi-so", "cai-cach-hanh-chinh"),
    keywords=("dịch vụ công trực tuyến", "thanh toán trực tuyến", "chuyển đổi số"),
    legal_ground="Nghị định số 42/2022/NĐ-CP về cung cấp thông tin và dịch vụ công trực tuyến",
    source_database="Hệ thống thông tin giải quyết thủ tục hành chính tỉnh",
    resources=(
        DemoResource(
            "theo-xa", "Hồ sơ trực tuyến theo xã và lĩnh vực", "By commune and field", "CSV",
            ("ma_xa", "linh_vuc"), per_commune(FIELDS),
            (
                *PLACE,
                kind_column("Lĩnh vực", "Field"),
                DemoColumn("Số hồ sơ", "Applications", per_head(0.0004, 0.006, noise=0.06),
                           unit="hồ sơ"),
                DemoColumn("Số hồ sơ trực tuyến", "Made online", part_of("so_ho_so", 0.55, 0.98),
                           unit="hồ sơ"),
                DemoColumn("Thanh toán trực tuyến", "Paid online", part_of("so_ho_so", 0.2, 0.6),
                           unit="hồ sơ"),
                DemoColumn("Tỷ lệ trực tuyến", "Share online",
                           ratio("so_ho_so_truc_tuyen", "so_ho_so"), unit="%"),
            ),
            Layout(encoding="utf-8-sig"),
        ),
    ),
)  # fmt: skip

DIGITAL_SYSTEMS = DemoDataset(
    slug="muc-do-san-sang-he-thong",
    title_vi="Mức độ sẵn sàng của hệ thống thông tin dùng chung",
    title_en="Availability of shared information systems",
    about_vi="Thời gian hoạt động, số sự cố và lượt truy cập của các hệ thống dùng chung trong"
    " tháng.",
    about_en="Uptime, incidents and visits of the shared systems in the month.",
    agency_key="TTCNTT",
    topics=("chuyen-doi-so",),
    keywords=("sẵn sàng", "sự cố", "hạ tầng số"),
    frequency="monthly",
    spatial="Toàn tỉnh",
    legal_ground="Nghị định số 85/2016/NĐ-CP về bảo đảm an toàn hệ thống thông tin theo cấp độ",
    source_database="Hệ thống giám sát trung tâm dữ liệu tỉnh",
    resources=(
        DemoResource(
            "he-thong", "Mức độ sẵn sàng theo hệ thống", "Availability by system", "JSON",
            ("he_thong", "khung_gio"),
            province_wide(SYSTEMS, ("Giờ hành chính", "Ngoài giờ hành chính")),
            (
                kind_column("Hệ thống", "System"),
                kind_column("Khung giờ", "Hours", 1),
                DemoColumn("Tỷ lệ sẵn sàng", "Availability",
                           amount(99.1, 99.9, decimals=2, growth=0, noise=0.0004), unit="%"),
                DemoColumn("Số sự cố", "Incidents", counted(1, 4, noise=0.4), unit="sự cố"),
                DemoColumn("Lượt truy cập", "Visits", counted(2_000, 640_000, growth=0.03),
                           unit="lượt"),
            ),
        ),
    ),
)  # fmt: skip

DOSSIERS = DemoDataset(
    slug="ho-so-thu-tuc-hanh-chinh",
    title_vi="Hồ sơ thủ tục hành chính đã tiếp nhận",
    title_en="Administrative procedure files received",
    about_vi="Từng hồ sơ thủ tục hành chính tiếp nhận trong quý: lĩnh vực, ngày tiếp nhận, ngày hẹn"
    " trả, ngày trả và kết quả; không gồm thông tin về người nộp.",
    about_en="Each administrative file received in the quarter: field, dates and outcome, without"
    " anything about the applicant.",
    agency_key="VPUBND",
    topics=("cai-cach-hanh-chinh",),
    keywords=("thủ tục hành chính", "một cửa", "đúng hạn", "hồ sơ"),
    history=2,
    temporal_start=date(2026, 4, 1),
    legal_ground="Nghị định số 118/2025/NĐ-CP về thực hiện thủ tục hành chính theo cơ chế một cửa",
    source_database="Hệ thống thông tin giải quyết thủ tục hành chính tỉnh",
    resources=(
        DemoResource(
            "ho-so", "Hồ sơ tiếp nhận trong quý", "Files received in the quarter", "CSV",
            ("ma_ho_so",), within_period(200_000),
            (
                DemoColumn("Mã hồ sơ", "File code", numbered("{period}-{number:06d}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Lĩnh vực", "Field", drawn(
                    FIELDS, (24, 15, 20, 6, 4, 5, 3, 3, 3, 5, 4, 2, 2, 2, 2))),
                DemoColumn("Hình thức nộp", "Made", drawn(
                    ("Trực tuyến toàn trình", "Trực tuyến một phần", "Trực tiếp", "Bưu chính"),
                    (62, 20, 15, 3))),
                DemoColumn("Ngày tiếp nhận", "Received on", dated_in_period()),
                DemoColumn("Ngày hẹn trả", "Due on",
                           days_after("ngay_tiep_nhan", 1, 30)),
                DemoColumn("Ngày trả", "Returned on", days_after("ngay_tiep_nhan", 0, 24)),
                DemoColumn("Kết quả", "Outcome", drawn(
                    ("Đã giải quyết", "Yêu cầu bổ sung", "Từ chối"), (94, 4, 2))),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (
    SCIENCE, INTELLECTUAL_PROPERTY, BASE_STATIONS, ONLINE_SERVICES, DIGITAL_SYSTEMS, DOSSIERS,
)  # fmt: skip
