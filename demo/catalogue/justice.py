"""Justice, inspection, complaints, foreign affairs: Sở Tư pháp, Thanh tra tỉnh, Sở Ngoại vụ."""

from datetime import date

from demo.catalogue.columns import COMMUNE, COMMUNE_CODE, PLACE, kind_column
from demo.measures import (
    amount,
    counted,
    dated,
    named,
    numbered,
    part_of,
    picked,
    ratio,
    rest_of,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import in_towns, per_commune, province_wide, register

PETITIONS = ("Khiếu nại", "Tố cáo", "Kiến nghị, phản ánh")
INSPECTIONS = (
    "Quản lý đất đai", "Đầu tư xây dựng", "Tài chính, ngân sách", "Giáo dục", "Y tế",
    "Khoáng sản", "Bảo vệ môi trường", "Chính sách xã hội", "Phòng, chống tham nhũng",
    "Tiếp công dân", "Giao thông", "An toàn thực phẩm",
)  # fmt: skip

NOTARIES = DemoDataset(
    slug="to-chuc-hanh-nghe-cong-chung",
    title_vi="Tổ chức hành nghề công chứng",
    title_en="Notary offices",
    about_vi="Phòng công chứng, văn phòng công chứng đang hoạt động và số việc công chứng trong"
    " quý.",
    about_en="Notary offices in operation and the acts they drew up in the quarter.",
    agency_key="STP",
    topics=("tu-phap",),
    keywords=("công chứng", "chứng thực", "bổ trợ tư pháp"),
    legal_ground="Luật Công chứng số 46/2024/QH15",
    source_database="Cơ sở dữ liệu công chứng tỉnh",
    eventful=True,
    resources=(
        DemoResource(
            "danh-sach", "Danh sách tổ chức", "List of offices", "JSON", ("ma_to_chuc",),
            register(58, turnover=0.004, where=in_towns),
            (
                DemoColumn("Mã tổ chức", "Code", numbered("CC-{number:03d}")),
                DemoColumn("Loại hình", "Kind", picked(("Văn phòng công chứng",
                                                        "Phòng công chứng"), (9, 1))),
                DemoColumn("Tên tổ chức", "Office", named("{loai_hinh} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Ngày cấp", "Licensed on", dated(date(2010, 1, 1), date(2024, 6, 1))),
                DemoColumn("Số công chứng viên", "Notaries", counted(2, 5, growth=0, noise=0),
                           unit="người"),
                DemoColumn("Số việc công chứng", "Acts", counted(280, 4_100, noise=0.07),
                           unit="việc"),
            ),
        ),
    ),
)  # fmt: skip

LEGAL_AID = DemoDataset(
    slug="tro-giup-phap-ly",
    title_vi="Kết quả trợ giúp pháp lý",
    title_en="Legal aid",
    about_vi="Số vụ việc trợ giúp pháp lý, số lượt người được tư vấn trong quý theo xã, phường.",
    about_en="Legal aid cases and people advised in the quarter, by commune.",
    agency_key="STP",
    topics=("tu-phap", "an-sinh-xa-hoi"),
    keywords=("trợ giúp pháp lý", "tư vấn pháp luật"),
    legal_ground="Luật Trợ giúp pháp lý số 11/2017/QH14",
    source_database="Hệ thống quản lý trợ giúp pháp lý",
    resources=(
        DemoResource(
            "theo-xa", "Kết quả theo xã", "Results by commune", "XLSX", ("ma_xa",), per_commune(),
            (
                *PLACE,
                DemoColumn("Số vụ việc", "Cases", counted(6, 48, noise=0.1), unit="vụ việc"),
                DemoColumn("Tham gia tố tụng", "In court", part_of("so_vu_viec", 0.2, 0.6),
                           unit="vụ việc"),
                DemoColumn("Lượt người được tư vấn", "People advised", counted(20, 310, noise=0.1),
                           unit="lượt"),
            ),
        ),
    ),
)  # fmt: skip

COMPLAINTS = DemoDataset(
    slug="tiep-cong-dan-xu-ly-don",
    title_vi="Tiếp công dân và xử lý đơn thư",
    title_en="Citizens received and petitions handled",
    about_vi="Số lượt tiếp công dân, số đơn tiếp nhận và kết quả xử lý theo xã, phường và loại"
    " đơn.",
    about_en="Citizens received, petitions and how they were handled, by commune and kind.",
    agency_key="TTT",
    topics=("thanh-tra-khieu-nai",),
    keywords=("đơn thư", "khiếu nại", "tố cáo", "tiếp công dân"),
    legal_ground="Luật Tiếp công dân số 42/2013/QH13",
    source_database="Cơ sở dữ liệu quốc gia về tiếp công dân, xử lý đơn",
    resources=(
        DemoResource(
            "theo-xa", "Đơn theo xã và loại", "Petitions by commune and kind", "CSV",
            ("ma_xa", "loai_don"), per_commune(PETITIONS),
            (
                *PLACE,
                kind_column("Loại đơn", "Kind"),
                DemoColumn("Lượt tiếp công dân", "Citizens received", counted(6, 90, noise=0.1),
                           unit="lượt"),
                DemoColumn("Số đơn", "Petitions", counted(5, 64, noise=0.1), unit="đơn"),
                DemoColumn("Đã giải quyết", "Settled", part_of("so_don", 0.6, 1.0), unit="đơn"),
                DemoColumn("Đang giải quyết", "Pending", rest_of("so_don", "da_giai_quyet"),
                           unit="đơn"),
            ),
            Layout(delimiter=";"),
        ),
    ),
)  # fmt: skip

INSPECTION_RESULTS = DemoDataset(
    slug="ket-qua-thanh-tra",
    title_vi="Kết quả thanh tra",
    title_en="Inspection results",
    about_vi="Số cuộc thanh tra, số tiền kiến nghị thu hồi và đã thu hồi theo lĩnh vực.",
    about_en="Inspections, money to be recovered and recovered, by field.",
    agency_key="TTT",
    topics=("thanh-tra-khieu-nai",),
    keywords=("thanh tra", "kiến nghị xử lý", "thu hồi"),
    spatial="Toàn tỉnh",
    legal_ground="Luật Thanh tra số 84/2025/QH15",
    source_database="Cơ sở dữ liệu ngành thanh tra",
    eventful=True,
    story=Story(newest="nothing_waits"),
    resources=(
        DemoResource(
            "theo-linh-vuc", "Kết quả theo lĩnh vực", "Results by field", "XLSX",
            ("linh_vuc", "hinh_thuc"),
            province_wide(INSPECTIONS, ("Theo kế hoạch", "Đột xuất")),
            (
                kind_column("Lĩnh vực", "Field"),
                kind_column("Hình thức", "Kind", 1),
                DemoColumn("Số cuộc", "Inspections", counted(2, 18, noise=0.15), unit="cuộc"),
                DemoColumn("Số đơn vị", "Units inspected", part_of("so_cuoc", 1, 4),
                           unit="đơn vị"),
                DemoColumn("Kiến nghị thu hồi", "To recover", counted(120, 9_600, noise=0.2),
                           unit="triệu đồng"),
                DemoColumn("Đã thu hồi", "Recovered", part_of("kien_nghi_thu_hoi", 0.4, 0.95),
                           unit="triệu đồng"),
                DemoColumn("Tỷ lệ thu hồi", "Share recovered",
                           ratio("da_thu_hoi", "kien_nghi_thu_hoi"), unit="%"),
            ),
            Layout(titled=True, totalled=True),
        ),
    ),
)  # fmt: skip

FOREIGN_AID = DemoDataset(
    slug="vien-tro-phi-chinh-phu-nuoc-ngoai",
    title_vi="Dự án viện trợ phi chính phủ nước ngoài",
    title_en="Foreign non-governmental aid projects",
    about_vi="Khoản viện trợ phi chính phủ nước ngoài đang thực hiện theo lĩnh vực và địa bàn.",
    about_en="Foreign non-governmental aid under way, by field and place.",
    agency_key="SNgV",
    topics=("doi-ngoai",),
    keywords=("viện trợ", "phi chính phủ", "đối ngoại"),
    legal_ground="Nghị định số 80/2020/NĐ-CP về viện trợ không hoàn lại",
    source_database="Cơ sở dữ liệu viện trợ phi chính phủ nước ngoài",
    eventful=True,
    resources=(
        DemoResource(
            "du-an", "Danh sách dự án", "List of projects", "CSV", ("ma_du_an",),
            register(96, turnover=0.03),
            (
                DemoColumn("Mã dự án", "Project code", numbered("PCPNN-{number:03d}")),
                DemoColumn("Lĩnh vực", "Field", picked(
                    ("Giáo dục", "Y tế", "Nước sạch", "Sinh kế", "Bảo vệ trẻ em",
                     "Ứng phó biến đổi khí hậu"))),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Giá trị cam kết", "Pledged", amount(8, 420, growth=0, noise=0),
                           unit="nghìn USD"),
                DemoColumn("Giải ngân trong quý", "Disbursed in the quarter", amount(0.5, 28),
                           unit="nghìn USD"),
                DemoColumn("Ngày phê duyệt", "Approved on",
                           dated(date(2022, 6, 1), date(2024, 9, 1))),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (NOTARIES, LEGAL_AID, COMPLAINTS, INSPECTION_RESULTS, FOREIGN_AID)
