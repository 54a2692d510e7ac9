"""What a caller with an account does about each refusal; the titles stand in catalog.api.problems."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADVICE: dict[str, Promise] = {
    "unknown-parameter": _("Bỏ hoặc sửa tham số nêu ở parameter; allowed là các tên dùng được."),
    "unknown-column": _("Chỉ dùng các cột được cấp; allowed là tên các cột đó."),
    "bad-value": _("Sửa giá trị của tham số nêu ở parameter theo kiểu của cột."),
    "bad-request": _("Đọc detail và sửa yêu cầu; gửi lại như cũ sẽ lại bị từ chối."),
    "no-token": _("Lấy mã truy cập mới rồi gửi lại. Nếu xin mã cũng bị 401, kiểm tra khoá."),
    "account-suspended": _("Ngừng gọi, xem lý do ở detail và ngày khôi phục ở expected_back."),
    "account-not-begun": _("Gọi từ ngày tài khoản có hiệu lực."),
    "account-expired": _("Gửi yêu cầu kết nối để được gia hạn."),
    "account-ended": _("Gửi yêu cầu kết nối mới nếu còn nhu cầu."),
    "wrong-network": _("Gọi từ địa chỉ đã đăng ký, hoặc đề nghị bổ sung địa chỉ."),
    "scope-unfit": _("Báo cơ quan chủ quản điều chỉnh văn bản chấp thuận."),
    "not-found": _("Kiểm tra mã bảng; các bảng được cấp có ở /chia-se/v1/services."),
    "method-not-allowed": _("Dùng GET; riêng địa chỉ lấy mã dùng POST."),
    "not-acceptable": _("Chọn một định dạng trong allowed."),
    "body-too-slow": _("Gửi cả yêu cầu một lần; kiểm tra đường truyền nếu vẫn chậm."),
    "withdrawn": _("Dữ liệu đã rút; bỏ bản đã lưu và chờ kỳ thay thế."),
    "no-length": _("Gửi kèm Content-Length; không gửi theo từng đoạn (chunked)."),
    "body-too-large": _("Chỉ gửi những gì địa chỉ này nhận; yêu cầu lấy mã dài chưa đến 1 kB."),
    "too-many-requests": _("Chờ số giây ở Retry-After rồi gọi thưa hơn."),
    "over-quota": _("Chờ số giây ở Retry-After (0 giờ hôm sau), hoặc đề nghị nâng hạn mức."),
    "defect": _("Gọi lại sau; nếu còn lỗi, báo cơ quan đầu mối kèm thời điểm gọi."),
    "too-slow": _("Thêm điều kiện để kết quả nhỏ hơn rồi gọi lại."),
    "unavailable": _("Chờ rồi gọi lại, mỗi lần chờ lâu hơn."),
    "service-stopped": _("Chờ đến ngày ở expected_back."),
}
