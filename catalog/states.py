"""The life of a release, as data.

draft → checking → needs_fixing | ready → submitted → returned | published → superseded | withdrawn;
discarded is what was given up before anybody published it.
catalog.actions.states applies it; docs/release-states.md is printed from it.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.roles import Permission


class ReleaseState(models.TextChoices):
    DRAFT = "draft", _("Bản nháp")
    CHECKING = "checking", _("Đang kiểm tra")
    NEEDS_FIXING = "needs_fixing", _("Cần sửa")
    READY = "ready", _("Sẵn sàng nộp")
    SUBMITTED = "submitted", _("Chờ duyệt")
    RETURNED = "returned", _("Bị trả lại")
    PUBLISHED = "published", _("Đã công bố")
    SUPERSEDED = "superseded", _("Đã thay thế")
    WITHDRAWN = "withdrawn", _("Đã rút")
    DISCARDED = "discarded", _("Đã huỷ")


S = ReleaseState


@dataclass(frozen=True)
class Transition:
    """One permitted step; `permission` None means the portal itself takes it."""

    name: str
    source: ReleaseState
    target: ReleaseState
    permission: Permission | None
    notice: str = ""  # kind of notice sent, and to whom: see catalog.actions.states

    @property
    def audit_action(self) -> str:
        return f"release.{self.name}"


TRANSITIONS: tuple[Transition, ...] = (
    Transition("check", S.DRAFT, S.CHECKING, Permission.UPLOAD_RELEASE),
    Transition("pull", S.DRAFT, S.CHECKING, None),
    Transition("fail", S.CHECKING, S.NEEDS_FIXING, None, notice="release.needs_fixing"),
    Transition("pass", S.CHECKING, S.READY, None, notice="release.ready"),
    Transition(
        "submit", S.READY, S.SUBMITTED, Permission.UPLOAD_RELEASE, notice="release.submitted"
    ),
    Transition(
        "return", S.SUBMITTED, S.RETURNED, Permission.DECIDE_RELEASE, notice="release.returned"
    ),
    Transition(
        "publish", S.SUBMITTED, S.PUBLISHED, Permission.DECIDE_RELEASE, notice="release.published"
    ),
    # What an approved source gave, without anybody between check and publication (docs/adr/0011).
    Transition("pass_pulled", S.CHECKING, S.READY, None),
    Transition("publish_pulled", S.READY, S.PUBLISHED, None, notice="release.published_by_itself"),
    Transition("supersede", S.PUBLISHED, S.SUPERSEDED, None),
    Transition(
        "withdraw",
        S.PUBLISHED,
        S.WITHDRAWN,
        Permission.WITHDRAW_DATASET,
        notice="release.withdrawn",
    ),
    Transition("discard", S.CHECKING, S.DISCARDED, Permission.UPLOAD_RELEASE),
    Transition("discard", S.DRAFT, S.DISCARDED, Permission.UPLOAD_RELEASE),
    Transition("discard", S.NEEDS_FIXING, S.DISCARDED, Permission.UPLOAD_RELEASE),
    Transition("discard", S.READY, S.DISCARDED, Permission.UPLOAD_RELEASE),
    Transition("discard", S.RETURNED, S.DISCARDED, Permission.UPLOAD_RELEASE),
    # The source gave another file before anybody had decided on the one before.
    Transition("replace_pulled", S.NEEDS_FIXING, S.DISCARDED, None),
    Transition("replace_pulled", S.READY, S.DISCARDED, None),
    Transition("replace_pulled", S.RETURNED, S.DISCARDED, None),
    Transition("recall", S.SUBMITTED, S.READY, Permission.UPLOAD_RELEASE),
)

# States in which the delivery is over: a new file for the period starts a new release.
FINAL = frozenset({S.PUBLISHED, S.SUPERSEDED, S.WITHDRAWN, S.DISCARDED})


def transition(name: str, source: str) -> Transition | None:
    """The step of that name out of that state, None when there is none."""
    for step in TRANSITIONS:
        if step.name == name and step.source == source:
            return step
    return None
