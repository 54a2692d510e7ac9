"""Taking a delivery back: recall what was submitted, discard a draft, withdraw what is public.

Each has a page that says what will happen; the button on it does it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import policies
from catalog.actions import decision, delivery
from catalog.forms.release import ConfirmForm, ReasonForm
from catalog.loaders import release_for
from catalog.models import Release


@dataclass(frozen=True)
class Step:
    """A transition with the words of its page."""

    transition: str
    permission: Permission
    title: Promise
    consequence: Promise
    button: Promise
    done: Promise
    form: type[ConfirmForm] | type[ReasonForm]
    act: Callable[[Release, BaseForm, Person], Release]


RECALL = Step(
    transition="recall",
    permission=Permission.UPLOAD_RELEASE,
    title=_("Thu hồi bản đã nộp"),
    consequence=_(
        "Lãnh đạo duyệt sẽ không còn thấy bản này. Bạn có thể nộp lại bản này hoặc nộp tệp khác."
    ),
    button=_("Thu hồi"),
    done=_("Đã thu hồi. Bản này trở về trạng thái sẵn sàng nộp."),
    form=ConfirmForm,
    act=lambda release, form, by: delivery.recall(release=release, by=by),
)
DISCARD = Step(
    transition="discard",
    permission=Permission.UPLOAD_RELEASE,
    title=_("Huỷ bản chưa công bố"),
    consequence=_("Bản này không được nộp nữa. Muốn nộp lại, bạn cần tải tệp lên từ đầu."),
    button=_("Huỷ bản này"),
    done=_("Đã huỷ bản chưa công bố."),
    form=ConfirmForm,
    act=lambda release, form, by: delivery.discard(release=release, by=by),
)
WITHDRAW = Step(
    transition="withdraw",
    permission=Permission.WITHDRAW_DATASET,
    title=_("Rút kỳ dữ liệu đã công bố"),
    consequence=_(
        "Kỳ dữ liệu này không còn xem và tải được trên cổng; các kỳ khác của bộ dữ liệu giữ nguyên. "
        "Ngày rút và lý do hiện công khai ở địa chỉ của kỳ này, được lưu vào nhật ký và báo cho người nộp."
    ),
    button=_("Rút kỳ dữ liệu"),
    done=_("Đã rút kỳ dữ liệu."),
    form=ReasonForm,
    act=lambda release, form, by: decision.withdraw(
        release=release, reason=form.cleaned_data["reason"], by=by
    ),
)


def recall(request: HttpRequest, release_id: UUID) -> HttpResponse:
    return _confirm(request, release_id, RECALL)


def discard(request: HttpRequest, release_id: UUID) -> HttpResponse:
    return _confirm(request, release_id, DISCARD)


def withdraw(request: HttpRequest, release_id: UUID) -> HttpResponse:
    return _confirm(request, release_id, WITHDRAW)


def _confirm(request: HttpRequest, release_id: UUID, step: Step) -> HttpResponse:
    release = release_for(request.user, release_id, step.permission)
    dataset = release.resource.dataset
    person = check_permission(request.user, step.permission, dataset.agency)
    form = step.form(sent(request))
    if request.method == "POST" and form.is_valid():
        done = carry_out(form, lambda: step.act(release, form, person), fields={"reason": "reason"})
        if done is not None:
            messages.success(request, str(step.done))
            return redirect("release", release.pk)
    context = {
        "form": form,
        "step": step,
        "release": release,
        "dataset": dataset,
        "blocked": refusal_of(lambda: policies.check_transition(release, step.transition)),
    }
    return render(request, "catalog/work/release_reversal.html", context)
