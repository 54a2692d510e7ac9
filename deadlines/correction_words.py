"""What can happen to a duty after its round was closed, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# Correction.step → what happened after closing.
CORRECTIONS: dict[str, Promise] = {
    "fulfil": gettext_lazy("Đã thực hiện"),
    "reopen": gettext_lazy("Dữ liệu đã công bố bị rút, phải thực hiện lại"),
    "pass_due": gettext_lazy("Ghi nhận quá hạn"),
    "extend": gettext_lazy("Được gia hạn"),
    "waive": gettext_lazy("Được miễn"),
    "void": gettext_lazy("Không còn phải thực hiện"),
    "recount": gettext_lazy("Hạn được tính lại"),
    "give_back": gettext_lazy("Không còn quá hạn sau khi tính lại"),
    "pass_on": gettext_lazy("Chuyển cho cơ quan tiếp nhận"),
}
