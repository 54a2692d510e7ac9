"""What became of the demonstration's connection requests: who asked for what, and how it went."""

from dataclasses import dataclass
from datetime import timedelta

# Course: (step, working days after the request was sent). Every step is one action of the portal.
SENT = (("send", 0),)
WAITING = (*SENT, ("receive", 1))
CONSENTED = (*WAITING, ("consent", 3))
TAKEN = (*CONSENTED, ("take", 4))
AGREED = (*SENT, ("agree", 1), ("approve_asking", 2), ("approve_owning", 4))
COURSES: dict[str, tuple[tuple[str, int], ...]] = {
    "draft": (("write", 0),),
    "keying": (("key_in", 0),),
    "submitted": SENT,
    "supplement": (*SENT, ("ask_supplement", 1)),
    "supplemented": (*SENT, ("ask_supplement", 1), ("supplement", 3), ("receive", 4)),
    "waiting": WAITING,
    "consented": CONSENTED,
    "processing": TAKEN,
    "issued": (*TAKEN, ("issue", 6)),
    "issued_late": (*TAKEN, ("issue", 11)),
    "issued_special": (
        *AGREED, ("receive", 5), ("consent", 7), ("take", 8), ("issue", 12),
    ),
    "agreeing": (*SENT, ("agree", 1), ("approve_asking", 2), ("receive", 3)),
    "owner_refused": (*WAITING, ("owner_refuse", 5)),
    "refused": (*TAKEN, ("refuse", 7)),
    "withdrawn": (*WAITING, ("withdraw", 2)),
}  # fmt: skip


@dataclass(frozen=True)
class Later:
    """What happens to an account so many working days before today; `code`: why it is suspended."""

    step: str
    ago: int
    reason: str = ""
    code: str = ""


@dataclass(frozen=True)
class Story:
    """`ago`: sent so many working days before today; `ends`: days from today to the account's last.

    `narrow`: columns the owner leaves; `is_signed`: the letters bear the demonstration's signature.
    """

    service: str
    asker: str
    course: str
    ago: int
    purpose: str
    system: str
    ends: int | None = 400
    later: tuple[Later, ...] = ()
    narrow: tuple[str, ...] = ()
    is_signed: bool = False
    is_for_trying: bool = False

    @property
    def term(self) -> timedelta | None:
        return None if self.ends is None else timedelta(days=self.ends)


ONE_DOOR = "Hệ thống thông tin giải quyết thủ tục hành chính"
STORIES = (
    Story("truong", "VPUBND", "issued", 330, "Điền sẵn tên trường khi nộp hồ sơ trực tuyến", ONE_DOOR,
          ends=None, is_signed=True, is_for_trying=True),
    Story("kham-benh", "BHXH", "issued", 320, "Đối chiếu cơ sở khám chữa bệnh ban đầu",
          "Hệ thống giám định bảo hiểm y tế", later=(Later("rotate", 3),), is_signed=True),
    Story("truong", "SXD2025", "issued", 300, "Lập quy hoạch đất giáo dục",
          "Cơ sở dữ liệu quy hoạch xây dựng", ends=12,
          narrow=("ma_truong", "ten_truong", "ma_xa", "ten_xa", "kinh_do", "vi_do")),
    Story("kham-benh", "SNV2025", "issued", 290, "Theo dõi nhân lực y tế",
          "Phần mềm quản lý nhân lực", later=(
              Later("suspend", 6, "Địa chỉ gọi bất thường ngoài giờ (minh hoạ)", "security"),)),
    Story("bao-hiem", "SNV2025", "issued_special", 280, "Đối chiếu lao động tham gia bảo hiểm",
          "Hệ thống thông tin thị trường lao động", is_signed=True),
    Story("truong", "SYT", "issued_late", 270, "Lập kế hoạch y tế trường học",
          "Phần mềm quản lý tiêm chủng", later=(
              Later("end", 60, "Đã hoàn thành kế hoạch, không còn nhu cầu (minh hoạ)"),)),
    Story("thua-dat", "STC2025", "issued", 230, "Xác định giá trị tài sản công",
          "Phần mềm quản lý tài sản công", is_signed=True),
    Story("nha-dat", "SXD2025", "issued", 220, "Rà soát nhà công trong quy hoạch đô thị",
          "Cơ sở dữ liệu nhà ở", ends=-20),
    Story("cong-chung", "SNNMT2025", "issued", 205, "Liên thông hồ sơ đất đai",
          "Hệ thống thông tin đất đai"),
    Story("doanh-nghiep", "BHXH", "owner_refused", 190, "Gửi thư mời tham gia bảo hiểm",
          "Phần mềm thu bảo hiểm xã hội"),
    Story("doanh-nghiep", "SCT", "issued_late", 180, "Theo dõi doanh nghiệp thương mại",
          "Cơ sở dữ liệu ngành công thương"),
    Story("nha-dat", "STP", "refused", 150, "Tra cứu khi công chứng giao dịch",
          "Cơ sở dữ liệu công chứng"),
    Story("cong-chung", "CAT", "withdrawn", 140, "Xác minh văn bản công chứng",
          "Phần mềm xác minh hồ sơ"),
    Story("mot-cua", "STP", "issued", 95, "Theo dõi hồ sơ hộ tịch đúng hạn", ONE_DOOR,
          narrow=("ma_ho_so", "ma_xa", "ten_xa", "linh_vuc", "ngay_hen_tra", "ket_qua")),
    Story("thua-dat", "SXD2025", "owner_refused", 70, "Tra cứu hiện trạng đất",
          "Cơ sở dữ liệu quy hoạch xây dựng"),
    Story("mot-cua", "SGDĐT", "supplemented", 16, "Theo dõi hồ sơ giáo dục quá hạn",
          "Cổng dịch vụ công ngành giáo dục"),
    Story("truong", "SVHTTDL2025", "processing", 14, "Lập lịch thi đấu thể thao học đường",
          "Phần mềm quản lý giải đấu", is_signed=True),  # overdue
    Story("bao-tro", "BHXH", "agreeing", 11, "Cấp thẻ bảo hiểm cho đối tượng bảo trợ",
          "Phần mềm cấp thẻ bảo hiểm y tế"),
    Story("doanh-nghiep", "SNV2025", "refused", 9, "Thống kê thị trường lao động",
          "Hệ thống thông tin thị trường lao động"),
    Story("kham-benh", "CAT", "processing", 6, "Chỉ dẫn cơ sở cấp cứu gần nhất",
          "Trung tâm điều hành 113", is_signed=True),
    Story("nha-dat", "SGDĐT", "consented", 5, "Rà soát cơ sở nhà đất trường học",
          "Phần mềm quản lý tài sản ngành giáo dục"),
    Story("cong-chung", "STC2025", "supplement", 4, "Đối chiếu hồ sơ chuyển nhượng tài sản công",
          "Phần mềm quản lý tài sản công"),
    Story("thua-dat", "STP", "waiting", 3, "Thi hành án liên quan đất công ích",
          "Phần mềm thi hành án"),
    Story("mot-cua", "SXD2025", "submitted", 2, "Theo dõi hồ sơ cấp phép xây dựng",
          "Phần mềm cấp phép xây dựng"),
    Story("kham-benh", "SGDĐT", "submitted", 1, "Liên hệ y tế gần trường học",
          "Cổng thông tin trường học", is_signed=True),
    Story("cong-chung", "CAT", "keying", 1, "Xác minh giao dịch tài sản",
          "Phần mềm xác minh hồ sơ"),
    Story("truong", "SNV2025", "draft", 2, "Tổng hợp vị trí việc làm ngành giáo dục",
          "Phần mềm quản lý nhân lực"),
)  # fmt: skip


@dataclass(frozen=True)
class Stop:
    """A planned stop announced so many working days before today, beginning and ending later.

    `begins`, `back`: days from today.
    """

    service: str
    ago: int
    begins: int
    back: int
    reason: str


STOPS = (
    Stop("kham-benh", 45, -44, -42, "Nâng cấp máy chủ của cơ quan chủ quản (minh hoạ)."),
    Stop("truong", 3, 16, 18, "Chuyển sang kho dữ liệu mới của ngành giáo dục (minh hoạ)."),
)
