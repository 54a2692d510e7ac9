"""May this duty or petition, in this state, be treated so?

Each check raises ValidationError with the sentence to show.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.models import Person
from core import clock
from deadlines.kinds import kind_of
from deadlines.models import Duty, Petition
from deadlines.states import PetitionState


def check_document(document: str) -> str:
    """The number of the document a decision rests on."""
    document = document.strip()
    if not document:
        raise ValidationError(
            _("Hãy ghi số, ký hiệu văn bản làm căn cứ, ví dụ 125/SKHCN-CNS."), code="document"
        )
    return document


def check_live(duty: Duty) -> None:
    if not duty.is_live:
        raise ValidationError(
            _("Nghĩa vụ này đã “%(state)s”, không cần đề nghị nữa.")
            % {"state": duty.get_state_display().lower()},
            code="state",
        )


def check_nothing_possible(duty: Duty) -> None:
    """Data of a period may not have arisen; a review or an account always has to be done."""
    if not kind_of(duty.kind).nothing_possible:
        raise ValidationError(_("Nghĩa vụ này không thể khai “không phát sinh”."), code="kind")


def check_none_waits(duty: Duty) -> None:
    if duty.petitions.filter(state=PetitionState.WAITING).exists():
        raise ValidationError(
            _(
                "Đang có một đề nghị chờ quyết định cho nghĩa vụ này. Hãy rút lại trước khi gửi đề nghị khác."
            ),
            code="waits",
        )


def check_wanted_day(duty: Duty, until: date) -> date:
    if until <= duty.due or until <= clock.today():
        raise ValidationError(
            _("Ngày xin gia hạn phải sau hạn hiện tại (%(due)s) và sau hôm nay.")
            % {"due": f"{duty.due:%d/%m/%Y}"},
            code="until",
        )
    return until


def check_waits(petition: Petition) -> None:
    if petition.state != PetitionState.WAITING:
        raise ValidationError(
            _("Đề nghị này đã được quyết định: %(state)s.")
            % {"state": petition.get_state_display().lower()},
            code="state",
        )


def check_separate(petition: Petition, by: Person) -> None:
    """Separation of duties: who asks does not decide."""
    if petition.asked_by_id == by.pk:
        raise ValidationError(
            _("Người đề nghị không được tự quyết định. Cần một người có thẩm quyền khác."),
            code="same_person",
        )
