"""The sharing services of the demonstration: real agencies, made-up figures."""

from dataclasses import dataclass
from typing import Any

RULES = (
    "Chỉ dùng cho mục đích đã nêu trong yêu cầu; không chuyển dữ liệu cho bên thứ ba; xoá dữ liệu khi "
    "hết thời hạn (nội dung minh hoạ)."
)


@dataclass(frozen=True)
class DemoService:
    """`ago`: described so many working days before today, offered the day after.

    One of another place than the gateway has no table and stays a draft: its address is made up.
    """

    key: str
    owner: str
    dataset: str
    table: str
    title_vi: str
    title_en: str
    description_vi: str
    description_en: str
    ago: int
    form: str = "default"
    place: str = "gateway"
    endpoint: str = ""
    columns: tuple[str, ...] = ()
    answer_days: int | None = None

    @property
    def facts(self) -> dict[str, Any]:
        return {
            "title_vi": self.title_vi,
            "title_en": self.title_en,
            "description_vi": f"{self.description_vi} Số liệu minh hoạ.",
            "description_en": f"{self.description_en} Made-up figures.",
            "form": self.form,
            "method": "online",
            "place": self.place,
            "endpoint": self.endpoint,
            "use_rules_vi": RULES,
            "availability": "24/7, trừ thời gian bảo trì đã báo trước",
            "contact_post": "Văn phòng, bộ phận quản lý dữ liệu",
            "answer_days": self.answer_days,
            "is_illustrative": True,
        }


SERVICES = (
    DemoService(
        "truong", "SGDĐT", "truong-hoc", "danh-sach",
        "Danh sách trường học các cấp", "Schools of all levels",
        "Trường học theo xã, cấp học, quy mô lớp và học sinh.",
        "Schools by commune, level, classes and pupils.",
        345, answer_days=5,
    ),
    DemoService(
        "kham-benh", "SYT", "co-so-kham-benh-chua-benh", "danh-sach",
        "Tra cứu cơ sở khám bệnh, chữa bệnh", "Medical facilities",
        "Cơ sở khám bệnh, chữa bệnh được cấp phép, số giường và số bác sĩ.",
        "Licensed medical facilities with beds and doctors.",
        340, answer_days=3,
    ),
    DemoService(
        "bao-hiem", "BHXH", "nguoi-tham-gia-bao-hiem", "theo-xa",
        "Người tham gia bảo hiểm theo xã", "Insured persons by commune",
        "Số người tham gia bảo hiểm xã hội, bảo hiểm y tế theo xã.",
        "Persons with social and health insurance by commune.",
        335, form="special",
    ),
    DemoService(
        "bao-tro", "SYT", "doi-tuong-bao-tro-xa-hoi", "theo-xa",
        "Đối tượng bảo trợ xã hội theo xã", "Recipients of social assistance by commune",
        "Số đối tượng theo nhóm; không có kinh phí chi trả.",
        "Recipients by group, without the amounts paid.",
        300, form="special", columns=("ma_xa", "ten_xa", "nhom_doi_tuong", "so_doi_tuong"),
    ),
    DemoService(
        "thua-dat", "SNNMT2025", "thua-dat-cong-ich", "thua-dat",
        "Thửa đất công ích", "Public-benefit land parcels",
        "Thửa đất công ích, diện tích và hiện trạng sử dụng.",
        "Public-benefit parcels with their area and use.",
        260, answer_days=5,
    ),
    DemoService(
        "nha-dat", "STC2025", "nha-dat-cong", "danh-sach",
        "Cơ sở nhà, đất công", "Public buildings and land",
        "Cơ sở nhà, đất thuộc sở hữu nhà nước và phương án sắp xếp.",
        "State-owned buildings and land and what is planned for them.",
        255,
    ),
    DemoService(
        "cong-chung", "STP", "to-chuc-hanh-nghe-cong-chung", "danh-sach",
        "Tổ chức hành nghề công chứng", "Notary organisations",
        "Tổ chức hành nghề công chứng được cấp phép.",
        "Licensed notary organisations.",
        250,
    ),
    DemoService(
        "mot-cua", "VPUBND", "ho-so-thu-tuc-hanh-chinh", "ho-so",
        "Hồ sơ thủ tục hành chính", "Administrative procedure files",
        "Tình trạng giải quyết hồ sơ theo xã, lĩnh vực; không có thông tin cá nhân.",
        "How files are handled by commune and field, without personal data.",
        120, answer_days=3,
    ),
    DemoService(
        "doanh-nghiep", "STC2025", "doanh-nghiep-dang-ky", "theo-nganh",
        "Doanh nghiệp đăng ký theo ngành", "Registered enterprises by industry",
        "Doanh nghiệp đang hoạt động, thành lập mới, giải thể theo xã và ngành.",
        "Enterprises active, founded and dissolved by commune and industry.",
        240,
    ),
    DemoService(
        "suc-khoe", "SYT", "ho-so-suc-khoe-dien-tu", "",
        "Tra cứu hồ sơ sức khoẻ điện tử", "Electronic health records",
        "Dịch vụ dự kiến cung cấp qua nền tảng tích hợp của tỉnh.",
        "A service planned on the province's integration platform.",
        40, form="special", place="lgsp",
        endpoint="https://lgsp.nghean.example/syt/ho-so-suc-khoe/v1",
    ),
)  # fmt: skip
BY_KEY = {service.key: service for service in SERVICES}
