"""Education and training: Sở Giáo dục và Đào tạo."""

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
    counted,
    counted_by,
    dated,
    figure,
    flag,
    named,
    numbered,
    part_of,
    per_head,
    picked,
    ratio,
    rest_of,
)
from demo.model import DemoColumn, DemoDataset, DemoResource, Layout, Story
from demo.subjects import per_commune, province_wide, register

LEVELS = ("Mầm non", "Tiểu học", "Trung học cơ sở", "Trung học phổ thông")
SUBJECTS = (
    "Ngữ văn", "Toán", "Ngoại ngữ", "Lịch sử", "Địa lí", "Giáo dục kinh tế và pháp luật",
    "Vật lí", "Hoá học", "Sinh học", "Tin học", "Công nghệ",
)  # fmt: skip
MARKS = tuple(f"{mark / 2:.1f}" for mark in range(21))

# Most papers have marks about 6.5.
PAPERS = {
    float(mark): (
        4_000 * 0.72 ** abs(2 * float(mark) - 13),
        4_600 * 0.74 ** abs(2 * float(mark) - 13),
    )
    for mark in MARKS
}

SCHOOLS = DemoDataset(
    slug="truong-hoc",
    title_vi="Trường học và cơ sở giáo dục",
    title_en="Schools and educational institutions",
    about_vi="Danh sách trường mầm non, tiểu học, trung học cơ sở, trung học phổ thông và trung tâm"
    " giáo dục, kèm số lớp, số học sinh và vị trí.",
    about_en="Kindergartens, schools and education centres with their classes, pupils and"
    " position.",
    agency_key="SGDĐT",
    topics=("giao-duc",),
    keywords=("trường học", "mầm non", "tiểu học", "chuẩn quốc gia"),
    legal_ground="Luật Giáo dục số 43/2019/QH14",
    source_database="Cơ sở dữ liệu ngành giáo dục",
    resources=(
        DemoResource(
            "danh-sach", "Danh sách trường", "List of schools", "CSV", ("ma_truong",),
            register(1_480, turnover=0.004),
            (
                DemoColumn("Mã trường", "School code", numbered("TH-{number:04d}")),
                DemoColumn("Cấp học", "Level", picked(
                    ("Mầm non", "Tiểu học", "THCS", "THPT", "Liên cấp"), (36, 34, 22, 6, 2))),
                DemoColumn("Tên trường", "School", named("Trường {cap_hoc} {place} {number}")),
                COMMUNE_CODE,
                COMMUNE,
                DemoColumn("Loại hình", "Ownership", picked(("Công lập", "Ngoài công lập"),
                                                            (93, 7))),
                DemoColumn("Số lớp", "Classes", counted(8, 42), unit="lớp"),
                DemoColumn("Số học sinh", "Pupils", part_of("so_lop", 26, 40), unit="học sinh"),
                DemoColumn("Số giáo viên", "Teachers", part_of("so_lop", 1.3, 2.0), unit="người"),
                DemoColumn("Đạt chuẩn quốc gia", "Meets the national standard", flag(0.74)),
                DemoColumn("Ngày thành lập", "Founded on",
                           dated(date(1960, 9, 5), date(2018, 9, 5))),
                LONGITUDE,
                LATITUDE,
            ),
            Layout(decimal="."),
        ),
        DemoResource(
            "tong-hop-theo-xa", "Số trường theo xã và cấp học", "Schools by commune and level",
            "XLSX", ("ma_xa", "cap_hoc"), per_commune(LEVELS[:3]),
            (
                *PLACE,
                kind_column("Cấp học", "Level"),
                DemoColumn("Số trường", "Schools", counted(1, 6, noise=0.0), unit="trường"),
                DemoColumn("Số phòng học", "Classrooms", part_of("so_truong", 14, 22),
                           unit="phòng"),
                DemoColumn("Phòng học kiên cố", "Permanent classrooms",
                           part_of("so_phong_hoc", 0.7, 1.0), unit="phòng"),
            ),
        ),
    ),
)  # fmt: skip

PUPILS = DemoDataset(
    slug="hoc-sinh-theo-cap-hoc",
    title_vi="Học sinh theo cấp học",
    title_en="Pupils by level",
    about_vi="Số học sinh, số lớp theo cấp học ở từng xã, phường tại thời điểm cuối quý.",
    about_en="Pupils and classes by level in each commune at the end of the quarter.",
    agency_key="SGDĐT",
    topics=("giao-duc",),
    keywords=("học sinh", "sĩ số", "cấp học"),
    legal_ground="Luật Giáo dục số 43/2019/QH14",
    source_database="Cơ sở dữ liệu ngành giáo dục",
    story=Story(
        newest="returned",
        reason_vi="Số học sinh tiểu học của nhiều xã chưa cập nhật theo năm học mới 2026-2027,"
        " đề nghị rà soát và nộp lại.",
    ),
    resources=(
        DemoResource(
            "theo-xa", "Học sinh theo xã và cấp học", "Pupils by commune and level", "XLSX",
            ("ma_xa", "cap_hoc"), per_commune(LEVELS),
            (
                *PLACE,
                kind_column("Cấp học", "Level"),
                DemoColumn("Số học sinh", "Pupils", per_head(0.035, 0.085), unit="học sinh"),
                DemoColumn("Học sinh nữ", "Girls", part_of("so_hoc_sinh", 0.46, 0.51),
                           unit="học sinh"),
                DemoColumn("Học sinh nam", "Boys", rest_of("so_hoc_sinh", "hoc_sinh_nu"),
                           unit="học sinh"),
                DemoColumn("Số lớp", "Classes", part_of("so_hoc_sinh", 0.026, 0.034), unit="lớp"),
                DemoColumn("Sĩ số bình quân", "Pupils per class",
                           ratio("so_hoc_sinh", "so_lop", scale=1), unit="học sinh/lớp"),
            ),
            Layout(titled=True, totalled=True),
        ),
    ),
)  # fmt: skip

TEACHERS = DemoDataset(
    slug="giao-vien",
    title_vi="Giáo viên theo cấp học và trình độ",
    title_en="Teachers by level and qualification",
    about_vi="Số giáo viên theo cấp học, số đạt chuẩn trình độ đào tạo ở từng xã, phường.",
    about_en="Teachers by level and those who meet the qualification standard, by commune.",
    agency_key="SGDĐT",
    topics=("giao-duc",),
    keywords=("giáo viên", "trình độ chuẩn", "biên chế"),
    legal_ground="Luật Giáo dục số 43/2019/QH14",
    source_database="Cơ sở dữ liệu ngành giáo dục",
    story=Story(newest="submitted"),
    resources=(
        DemoResource(
            "theo-xa", "Giáo viên theo xã và cấp học", "Teachers by commune and level", "CSV",
            ("ma_xa", "cap_hoc"), per_commune(LEVELS),
            (
                *PLACE,
                kind_column("Cấp học", "Level"),
                DemoColumn("Số giáo viên", "Teachers", per_head(0.0022, 0.0058), unit="người"),
                DemoColumn("Đạt chuẩn trình độ", "Qualified",
                           part_of("so_giao_vien", 0.86, 0.99), unit="người"),
                DemoColumn("Tỷ lệ đạt chuẩn", "Share qualified",
                           ratio("dat_chuan_trinh_do", "so_giao_vien"), unit="%"),
            ),
            Layout(delimiter=";", encoding="windows-1258"),
        ),
    ),
)  # fmt: skip

EXAM_MARKS = DemoDataset(
    slug="pho-diem-thi-tot-nghiep-thpt",
    title_vi="Phổ điểm thi tốt nghiệp trung học phổ thông",
    title_en="Distribution of upper secondary graduation exam marks",
    about_vi="Số bài thi theo môn và mức điểm trong kỳ thi tốt nghiệp trung học phổ thông hằng"
    " năm.",
    about_en="Papers by subject and mark in the yearly upper secondary graduation exam.",
    agency_key="SGDĐT",
    topics=("giao-duc",),
    keywords=("điểm thi", "tốt nghiệp THPT", "phổ điểm"),
    frequency="yearly",
    spatial="Toàn tỉnh",
    temporal_start=date(2023, 1, 1),
    legal_ground="Luật Giáo dục số 43/2019/QH14",
    source_database="Hệ thống quản lý thi tốt nghiệp",
    resources=(
        DemoResource(
            "pho-diem", "Phổ điểm theo môn", "Marks by subject", "JSON", ("mon_thi", "muc_diem"),
            province_wide(SUBJECTS, MARKS),
            (
                kind_column("Môn thi", "Subject"),
                DemoColumn("Mức điểm", "Mark", figure(1), unit="điểm",
                           description_vi="Điểm làm tròn đến 0,5",
                           description_en="Mark rounded to 0.5"),
                DemoColumn("Số bài thi", "Papers", counted_by("muc_diem", PAPERS), unit="bài"),
            ),
        ),
    ),
)  # fmt: skip

DATASETS = (SCHOOLS, PUPILS, TEACHERS, EXAM_MARKS)
