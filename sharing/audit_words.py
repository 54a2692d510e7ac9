"""The audit trail's words for services, requests and accounts."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.audit_words import declare_actions, declare_facts, one_of
from catalog.models import Resource
from sharing import probe_words
from sharing.models import Agreement, Document, SharingService
from sharing.selectors.accounts import GivenTable, given_by
from sharing.states import AccountState, RequestState, SuspensionReason


def _scope_words(scope: Any) -> str:
    """Each table with its columns and the conditions on its rows; a table that is gone, by its key."""
    given = {str(one.resource.pk): _given_words(one) for one in given_by(scope)}
    return "; ".join(given.get(key, key) for key in scope)


def _given_words(table: GivenTable) -> str:
    said = f"{table.resource.title_vi} ({', '.join(table.columns)})"
    return f"{said} [{'; '.join(map(str, table.conditions))}]" if table.conditions else said


def _tables_words(tables: Any) -> str:
    """The same for what a service gives: columns by table, none for all of them."""
    if not isinstance(tables, Mapping):
        return str(tables)
    found = Resource.objects.filter(pk__in=list(tables)).values_list("pk", "title_vi")
    titles = {str(key): title for key, title in found}
    named = [(str(titles.get(key) or key), columns) for key, columns in tables.items()]
    return "; ".join(
        f"{title} ({', '.join(columns)})" if columns else title for title, columns in named
    )


declare_actions(
    {
        "service.described": _("Soạn dịch vụ chia sẻ"),
        "service.changed": _("Sửa dịch vụ chia sẻ"),
        "service.offered": _("Công bố dịch vụ chia sẻ"),
        "service.closed": _("Ngừng dịch vụ chia sẻ"),
        "service.change_proposed": _("Đề nghị thay đổi dịch vụ chia sẻ"),
        "service.change_accepted": _("Duyệt thay đổi dịch vụ chia sẻ"),
        "service.change_refused": _("Không duyệt thay đổi dịch vụ chia sẻ"),
        "service.change_withdrawn": _("Rút đề nghị thay đổi dịch vụ chia sẻ"),
        "service.not_answering": _("Dịch vụ chia sẻ không trả lời"),
        "service.answers_again": _("Dịch vụ chia sẻ trả lời trở lại"),
        "request.begun": _("Soạn yêu cầu kết nối"),
        "request.keyed_in": _("Nhập yêu cầu nhận qua văn bản"),
        "request.discard": _("Bỏ yêu cầu đang nhập"),
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
        "request.give_up": _("Huỷ bản nháp yêu cầu kết nối"),
        "request.withdraw": _("Rút lại yêu cầu kết nối"),
        "request.reopen": _("Mở lại yêu cầu kết nối"),
        "account.granted": _("Ghi phạm vi tài khoản kết nối"),
        "account.rotated": _("Đổi khoá tài khoản kết nối"),
        "account.credential_revoked": _("Thu hồi khoá của tài khoản kết nối"),
        "account.suspend": _("Tạm dừng tài khoản kết nối"),
        "account.resume": _("Khôi phục tài khoản kết nối"),
        "account.end": _("Chấm dứt tài khoản kết nối"),
        "account.expire": _("Tài khoản kết nối hết hạn"),
        "document.added": _("Thêm văn bản của yêu cầu kết nối"),
        "document.removed": _("Gỡ văn bản của yêu cầu kết nối chưa gửi"),
        "document.checked": _("Kiểm tra chữ ký số của văn bản"),
        "root.added": _("Thêm chứng thư gốc tin cậy"),
        "root.removed": _("Bỏ chứng thư gốc tin cậy"),
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
        "received_on": _("ngày văn bản đến"),
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
        "probe_error": _("kết quả kiểm tra"),
        "answer_days": _("số ngày làm việc chủ quản trả lời"),
        "tables": _("các bảng"),
        "document_role": _("loại văn bản"),
        "verdict": _("kết quả kiểm tra chữ ký"),
        "subject": _("chủ thể"),
        "fingerprint": _("vân tay SHA-256"),
        "valid_until": _("hiệu lực đến"),
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
        "probe_error": probe_words.sentence,
        "scope": _scope_words,
        "tables": _tables_words,
        "document_role": one_of(Document.Role.choices),
        "verdict": one_of(Document.Verdict.choices),
    },
)
