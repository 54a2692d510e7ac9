"""May this object, in this state, be treated so?

Each check raises ValidationError with the sentence to show.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Person
from catalog.models import Dataset, Release, Resource
from catalog.states import FINAL, ReleaseState, Transition, transition
from core import clock
from deadlines.period_words import period_name
from deadlines.periods import Period


def check_transition(release: Release, name: str) -> Transition:
    """The step of that name out of the release's state."""
    step = transition(name, release.state)
    if step is None:
        raise ValidationError(
            _("Kỳ dữ liệu này đang ở trạng thái “%(state)s”, không thể thực hiện thao tác.")
            % {"state": release.get_state_display()},
            code="state",
        )
    return step


def check_takes_data(dataset: Dataset) -> None:
    """Data may be delivered to a dataset that lives and whose data the portal holds."""
    if dataset.state == Dataset.State.WITHDRAWN:
        raise ValidationError(_("Bộ dữ liệu này đã rút, không nhận dữ liệu mới."), code="withdrawn")
    if dataset.access == Dataset.Access.LISTED:
        raise ValidationError(
            _("Bộ dữ liệu này chỉ công bố thông tin mô tả, không nhận tệp dữ liệu."), code="listed"
        )


def takes_data(dataset: Dataset) -> bool:
    try:
        check_takes_data(dataset)
    except ValidationError:
        return False
    return True


def check_period(resource: Resource, code: str) -> Period:
    """The period spelled `code`, when the dataset is delivered for periods of that kind, up to now."""
    try:
        period = Period.parse(code)
    except ValueError:
        raise ValidationError(
            _("Kỳ dữ liệu không hợp lệ. Hãy chọn một kỳ trong danh sách."), code="period"
        ) from None
    if period.kind is not resource.dataset.period_kind:
        raise ValidationError(
            _("Bộ dữ liệu này cập nhật %(frequency)s. Hãy chọn một kỳ trong danh sách.")
            % {"frequency": resource.dataset.get_frequency_display().lower()},
            code="period_kind",
        )
    if period.first_day > clock.today():
        raise ValidationError(
            _("%(period)s chưa bắt đầu, chưa thể nộp dữ liệu.") % {"period": period_name(period)},
            code="future",
        )
    return period


def check_not_submitted(resource: Resource, period: Period) -> None:
    """A file that waits for approval is not replaced behind the approver's back."""
    waiting = resource.releases.filter(period=period.code, state=ReleaseState.SUBMITTED)
    if waiting.exists():
        raise ValidationError(
            _("%(period)s đã nộp và đang chờ duyệt. Hãy thu hồi bản đã nộp trước khi nộp tệp khác.")
            % {"period": period_name(period)},
            code="submitted",
        )


def check_nobody_prepares(resource: Resource, period: Period) -> None:
    """A file that a person has in hand is not pushed aside by a pull."""
    in_hand = resource.releases.filter(period=period.code, uploaded_by__isnull=False)
    if in_hand.exclude(state__in=FINAL).exists():
        raise ValidationError(
            _(
                "%(period)s đang có tệp do cán bộ tải lên, chưa nộp xong. Hãy nộp hoặc huỷ tệp đó trước "
                "khi lấy qua API."
            )
            % {"period": period_name(period)},
            code="prepared",
        )


def check_submittable(release: Release) -> None:
    if release.error_count:
        raise ValidationError(_("Tệp còn lỗi phải sửa. Hãy sửa tệp rồi nộp lại."), code="errors")


def check_separate(release: Release, by: Person) -> None:
    """Separation of duties: who submitted or uploaded does not decide."""
    if by.pk in (release.submitted_by_id, release.uploaded_by_id):
        raise ValidationError(
            _("Người nộp không được tự phê duyệt. Cần một lãnh đạo duyệt khác của cơ quan."),
            code="same_person",
        )
