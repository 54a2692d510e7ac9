"""Telling people: a notice in the portal always, an e-mail through the outbox when they want it."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import Notice, OutboxMessage, Person
from accounts.notices import body_of, subject_of
from accounts.paths import in_language, to_keep
from accounts.queue import after_commit
from core import clock


def tell(people: Iterable[Person], *, kind: str, facts: dict[str, Any], path: str) -> None:
    """Tell each person once, in the present transaction; letters leave after it commits.

    `facts` are JSON values for the kind's wording; `path` is the page to open, from the site's root,
    in whatever language the teller works.
    """
    kept = to_keep(path)
    for person in people:
        notice = Notice.objects.create(person=person, kind=kind, facts=facts, path=kept)
        if person.wants_email:
            with translation.override(person.language):
                write_letter(to=person.email, subject=subject_of(notice), body=_letter_body(notice))


def write_letter(*, to: str, subject: str, body: str) -> OutboxMessage:
    """Put one e-mail into the outbox."""
    message = OutboxMessage.objects.create(to=to, subject=subject[:300], body=body)
    after_commit("accounts.deliver_outbox")
    return message


def mark_read(*, by: Person, notices: Iterable[int] | None = None) -> None:
    """Mark the person's own notices read: those named, or all. Leaves no audit row: nothing changes hands."""
    unread = Notice.objects.filter(person=by, read_at__isnull=True)
    if notices is not None:
        unread = unread.filter(pk__in=notices)
    unread.update(read_at=clock.now())


def settle(*, kinds: Iterable[str], path: str) -> None:
    """Nothing is left to do of what notices of these kinds asked for on that page.

    Leaves no audit row: what settled them has its own.
    """
    asked = Notice.objects.filter(kind__in=list(kinds), path=to_keep(path), settled_at__isnull=True)
    asked.update(settled_at=clock.now())


def _letter_body(notice: Notice) -> str:
    opening = _("Kính gửi %(name)s,") % {"name": notice.person.full_name}
    link = settings.SITE_URL + in_language(notice.path, notice.person.language)
    closing = _("Thư này do Kho dữ liệu tỉnh Nghệ An tự động gửi, vui lòng không trả lời.")
    return f"{opening}\n\n{body_of(notice)}\n\n{link}\n\n{closing}\n"
