"""The audit trail's words for datasets, resources and releases."""

from django.utils.translation import gettext_lazy as _

from accounts.audit_words import declare_actions, declare_facts, one_of
from catalog.models import Dataset
from catalog.states import ReleaseState

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
        "state": one_of([*Dataset.State.choices, *ReleaseState.choices]),
    },
)
