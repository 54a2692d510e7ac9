"""The audit trail's words for duties, petitions, rounds, the calendar and rules."""

from django.utils.translation import gettext_lazy as _

from accounts.audit_words import declare_actions, declare_facts, declare_labels, one_of
from deadlines.kinds import all_kinds
from deadlines.models import Doubt, Duty
from deadlines.period_words import with_period_names
from deadlines.states import DutyState, PetitionState

declare_actions(
    {
        "round.opened": _("Mở đợt cập nhật"),
        "round.closed": _("Chốt kết quả đợt cập nhật"),
        "duty.opened": _("Giao nghĩa vụ"),
        "duty.fulfil": _("Hoàn thành nghĩa vụ"),
        "duty.reopen": _("Nghĩa vụ phải thực hiện lại"),
        "sweep.clock_doubted": _("Đồng hồ máy chủ không đáng tin"),
        "sweep.clock_agrees": _("Đồng hồ máy chủ khớp trở lại"),
        "sweep.clock_believed": _("Xác nhận đồng hồ máy chủ đúng"),
        "duty.pass_due": _("Quá hạn"),
        "duty.extend": _("Gia hạn"),
        "duty.waive": _("Miễn nghĩa vụ"),
        "duty.void": _("Nghĩa vụ không còn"),
        "duty.recount": _("Tính lại hạn"),
        "duty.give_back": _("Không còn quá hạn sau khi tính lại"),
        "duty.pause": _("Tạm dừng tính hạn"),
        "duty.resume": _("Tiếp tục tính hạn"),
        "duty.pass_on": _("Chuyển nghĩa vụ cho cơ quan tiếp nhận"),
        "duty.reminded": _("Nhắc cơ quan"),
        "petition.nothing": _("Khai không phát sinh"),
        "petition.extension": _("Xin gia hạn"),
        "petition.accept": _("Chấp thuận đề nghị"),
        "petition.refuse": _("Không chấp thuận đề nghị"),
        "petition.take_back": _("Rút lại đề nghị"),
        "calendar.set": _("Sửa lịch nghỉ"),
        "calendar.removed": _("Xoá ngày khỏi lịch nghỉ"),
        "rule.replaced": _("Thay quy định thời hạn"),
    }
)
declare_facts(
    {
        "duty_state": _("trạng thái nghĩa vụ"),
        "petition_state": _("trạng thái đề nghị"),
        "due": _("hạn"),
        "counted_due": _("hạn tính theo quy định"),
        "how": _("cách hoàn thành"),
        "until": _("đến hết ngày"),
        "document": _("văn bản"),
        "duties": _("số nghĩa vụ"),
        "agencies": _("số cơ quan"),
        "kind": _("loại"),
        "name_vi": _("tên gọi"),
        "certainty": _("mức chắc chắn"),
        "citation_vi": _("căn cứ"),
        "number": _("số lượng"),
        "counting": _("cách đếm"),
        "rolls": _("dời qua ngày nghỉ"),
        "active": _("đang áp dụng"),
        "valid_from": _("có hiệu lực từ ngày"),
        "note": _("lời nhắn"),
        "doubt": _("điều nghi ngờ về đồng hồ"),
        "clock": _("đồng hồ báo"),
        "known": _("lần khớp gần nhất"),
    },
    values={
        "doubt": one_of(Doubt.choices),
        "how": one_of(Duty.How.choices),
        "duty_state": one_of(DutyState.choices),
        "petition_state": one_of(PetitionState.choices),
    },
)


def _round_words(label: str) -> str:
    """ "dataset_update 2026Q3": the kind of duty and the period."""
    code, _space, period = label.partition(" ")
    titles = {kind.code: kind.title for kind in all_kinds()}
    return f"{titles.get(code, code)}, {with_period_names(period)}"


declare_labels({"duty": with_period_names, "petition": with_period_names, "round": _round_words})
