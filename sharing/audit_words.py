"""The audit trail's words for services, requests and accounts."""

from django.utils.translation import gettext_lazy as _

from accounts.audit_words import declare_actions, declare_facts, one_of
from sharing.models import Agreement, SharingService
from sharing.states import AccountState, RequestState, SuspensionReason

declare_actions(
    {
        "service.described": _("Soạn dịch vụ chia sẻ"),
        "service.changed": _("Sửa dịch vụ chia sẻ"),
        "service.offered": _("Công bố dịch vụ chia sẻ"),
        "service.closed": _("Ngừng dịch vụ chia sẻ"),
        "request.begun": _("Soạn yêu cầu kết nối"),
        "request.keyed_in": _("Nhập yêu cầu nhận qua văn bản"),
        "request.submit": _("Gửi yêu cầu kết nối"),
        "request.receive": _("Tiếp nhận yêu cầu"),
        "request.ask_supplement": _("Đề nghị bổ sung"),
        "request.ask_supplement_running": _("Đề nghị bổ sung, tạm dừng thời hạn"),
        "request.supplement": _("Bổ sung yêu cầu"),
        "request.supplement_running": _("Bổ sung yêu cầu, tiếp tục thời hạn"),
        "request.consent": _("Chấp thuận chia sẻ"),
        "request.owner_refuse": _("Không chấp thuận chia sẻ"),
        "request.take": _("Nhận xử lý yêu cầu"),
        "request.issue": _("Cấp tài khoản kết nối"),
        "request.refuse": _("Từ chối yêu cầu kết nối"),
        "request.withdraw": _("Rút lại yêu cầu kết nối"),
        "request.reopen": _("Mở lại yêu cầu kết nối"),
        "account.granted": _("Ghi phạm vi tài khoản kết nối"),
        "account.rotated": _("Đổi khoá tài khoản kết nối"),
        "account.credential_revoked": _("Thu hồi khoá của tài khoản kết nối"),
        "account.suspend": _("Tạm dừng tài khoản kết nối"),
        "account.resume": _("Khôi phục tài khoản kết nối"),
        "account.end": _("Chấm dứt tài khoản kết nối"),
        "account.expire": _("Tài khoản kết nối hết hạn"),
        "agreement.written": _("Soạn văn bản thống nhất"),
        "agreement.approved": _("Duyệt văn bản thống nhất"),
        "stop.announced": _("Thông báo tạm dừng dịch vụ chia sẻ"),
        "stop.called_off": _("Huỷ đợt tạm dừng dịch vụ chia sẻ"),
    }
)
declare_facts(
    {
        "service_state": _("trạng thái dịch vụ"),
        "request_state": _("trạng thái yêu cầu"),
        "account_state": _("trạng thái tài khoản"),
        "service": _("dịch vụ"),
        "account": _("tài khoản"),
        "ground": _("căn cứ pháp lý"),
        "scope": _("phạm vi"),
        "networks": _("địa chỉ được phép"),
        "daily_quota": _("số lượt gọi mỗi ngày"),
        "per_minute": _("số lượt gọi mỗi phút"),
        "valid_to": _("đến hết ngày"),
        "suspension_reason": _("lý do tạm dừng"),
        "agreement_state": _("trạng thái văn bản thống nhất"),
        "begins_on": _("dừng từ ngày"),
        "expected_back": _("dự kiến khôi phục"),
        "hint": _("khoá bắt đầu bằng"),
        "form": _("hình thức chia sẻ"),
        "method": _("phương thức"),
        "place": _("nơi cung cấp"),
        "endpoint": _("địa chỉ dịch vụ"),
        "technical_document": _("tài liệu kỹ thuật"),
        "schema_vi": _("cấu trúc dữ liệu trao đổi"),
        "use_rules_vi": _("quy chế khai thác"),
        "availability": _("mức sẵn sàng"),
        "version": _("phiên bản"),
        "answer_days": _("số ngày làm việc chủ quản trả lời"),
        "tables": _("các bảng"),
    },
    values={
        "service_state": one_of(SharingService.State.choices),
        "request_state": one_of(RequestState.choices),
        "account_state": one_of(AccountState.choices),
        "agreement_state": one_of(Agreement.State.choices),
        "suspension_reason": one_of(SuspensionReason.choices),
        "form": one_of(SharingService.Form.choices),
        "method": one_of(SharingService.Method.choices),
        "place": one_of(SharingService.Place.choices),
    },
)
