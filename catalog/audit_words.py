"""The audit trail's words for datasets, resources and releases."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.audit_words import declare_actions, declare_facts, declare_labels, one_of
from catalog.models import Dataset, Source
from catalog.problem_words import HEADINGS
from catalog.states import ReleaseState
from deadlines.period_words import with_period_names


def _problem_counts(counts: Any) -> str:
    """How often each kind of problem was found; only their number in older rows."""
    if not isinstance(counts, Mapping):
        return str(counts)
    return "; ".join(f"{HEADINGS.get(rule, rule)}: {number}" for rule, number in counts.items())


declare_actions(
    {
        "dataset.registered": _("Đăng ký bộ dữ liệu"),
        "dataset.changed": _("Sửa mô tả bộ dữ liệu"),
        "dataset.renamed": _("Đổi địa chỉ bộ dữ liệu"),
        "dataset.published": _("Công bố bộ dữ liệu"),
        "dataset.withdrawn": _("Rút bộ dữ liệu"),
        "dataset.passed_on": _("Chuyển bộ dữ liệu cho cơ quan tiếp nhận"),
        "resource.added": _("Thêm bảng"),
        "resource.described": _("Sửa từ điển dữ liệu"),
        "release.uploaded": _("Tải tệp lên"),
        "release.pulled": _("Lấy tệp qua API"),
        "release.pull": _("Bắt đầu kiểm tra tệp lấy qua API"),
        "release.pass_pulled": _("Kiểm tra xong, đạt"),
        "release.publish_pulled": _("Tự công bố dữ liệu lấy qua API"),
        "release.replace_pulled": _("Thay bằng tệp mới lấy qua API"),
        "source.set_up": _("Thiết lập cung cấp qua API"),
        "source.changed": _("Sửa thiết lập cung cấp qua API"),
        "source.approved": _("Phê duyệt tự công bố dữ liệu lấy qua API"),
        "source.revoked": _("Thu hồi phê duyệt tự công bố"),
        "source.switched_on": _("Bật lấy dữ liệu qua API"),
        "source.switched_off": _("Tắt lấy dữ liệu qua API"),
        "source.asked": _("Lấy dữ liệu qua API ngay"),
        "release.check": _("Bắt đầu kiểm tra tệp"),
        "release.fail": _("Kiểm tra xong, cần sửa"),
        "release.pass": _("Kiểm tra xong, sẵn sàng nộp"),
        "release.submit": _("Nộp dữ liệu"),
        "release.recall": _("Thu hồi bản đã nộp"),
        "release.return": _("Trả lại"),
        "release.publish": _("Phê duyệt và công bố"),
        "release.workbook_made": _("Lập xong bản Excel"),
        "release.search_index_made": _("Lập xong chỉ mục tìm trong bảng"),
        "release.supersede": _("Thay bằng bản mới"),
        "release.withdraw": _("Rút dữ liệu"),
        "release.discard": _("Huỷ bản đang chuẩn bị"),
    }
)
declare_facts(
    {
        "title": _("tên"),
        "title_vi": _("tên"),
        "title_en": _("tên tiếng Anh"),
        "description_vi": _("mô tả"),
        "description_en": _("mô tả tiếng Anh"),
        "agency": _("cơ quan"),
        "contact_post": _("đầu mối liên hệ"),
        "contact_email": _("thư điện tử liên hệ"),
        "contact_phone": _("điện thoại liên hệ"),
        "topics": _("chủ đề"),
        "keywords": _("từ khoá"),
        "frequency": _("tần suất cập nhật"),
        "access": _("mức truy cập"),
        "licence": _("điều khoản sử dụng"),
        "legal_ground": _("căn cứ pháp lý"),
        "source_database": _("cơ sở dữ liệu nguồn"),
        "spatial": _("phạm vi địa lý"),
        "temporal_start": _("dữ liệu từ ngày"),
        "temporal_end": _("dữ liệu đến ngày"),
        "overlap": _("trùng với cơ sở dữ liệu của bộ, ngành"),
        "overlap_note": _("giải thích về phần trùng"),
        "is_illustrative": _("số liệu minh hoạ"),
        "slug": _("địa chỉ"),
        "name": _("tên trong địa chỉ"),
        "columns": _("các cột"),
        "key_columns": _("cột khoá"),
        "state": _("trạng thái"),
        "reason": _("lý do"),
        "source": _("nguồn API"),
        "url": _("địa chỉ API"),
        "url_changed": _("địa chỉ API có thay đổi"),
        "header_name": _("tên tiêu đề (header)"),
        "secret_changed": _("giá trị tiêu đề được nhập mới"),
        "format": _("định dạng"),
        "rows_path": _("đường dẫn tới danh sách"),
        "every_hours": _("lấy cách nhau (giờ)"),
        "from_hour": _("bắt đầu lúc (giờ)"),
        "file": _("tệp"),
        "size": _("dung lượng (byte)"),
        "sha256": _("mã băm SHA-256"),
        "rows": _("số dòng"),
        "problems": _("số lỗi theo loại"),
        "replaced": _("có bản khác thay"),
        "by": _("thay bằng bản"),
    },
    values={
        "frequency": one_of(Dataset.Frequency.choices),
        "access": one_of(Dataset.Access.choices),
        "overlap": one_of(Dataset.Overlap.choices),
        "format": one_of(Source.Format.choices),
        "problems": _problem_counts,
        "state": one_of([*Dataset.State.choices, *ReleaseState.choices]),
    },
)
declare_labels({"release": with_period_names, "pull": with_period_names})
