"""Trying to show that an account is one's own: how often, and what is kept of it when it failed.

Strangers are counted together per account, wherever they come from, and wait longer each time; they never
lock an account for good. A browser in which the owner has signed in before has a count of its own, so the
owner gets in while strangers wait; in any other browser the link of a forgotten password does it.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.utils import reset as axes_reset
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import formats
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actions.security import report
from accounts.models import Agency, FailedProof, Person, Proof, TrialCount
from accounts.origin import current_origin
from core import clock

FREE = 10  # failures in a row before anybody has to wait
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)  # without a further trial
MOST_ADDRESSES = 10
PASSWORD, CODE = "password", "code"
SECRET_OF = {
    Proof.PASSWORD: PASSWORD,
    Proof.PASSWORD_AGAIN: PASSWORD,
    Proof.CODE: CODE,
    Proof.CODE_AGAIN: CODE,
    Proof.RECOVERY_CODE: CODE,
}


@dataclass(frozen=True)
class Trial:
    """One trial that may be made: it counts as failed from the beginning, until it has succeeded."""

    person: Person | None
    proof: Proof
    count_id: int

    def succeeded(self) -> None:
        TrialCount.objects.filter(pk=self.count_id).delete()

    def failed(self) -> None:
        note_failure(proof=self.proof, target=self.person)


def begin(*, person: Person | None, email: str = "", proof: Proof, device: str) -> Trial:
    """Count a trial before it is made: two at once never take the same place.

    `email` where there is no such person. Raises ValidationError with the sentence that says when to try
    again; a trial refused so counts as none and prolongs nothing.
    """
    now, account = clock.now(), _account(person, email)
    with transaction.atomic():
        count, _made = TrialCount.objects.select_for_update().get_or_create(
            account=account,
            secret=SECRET_OF[proof],
            device=device,
            defaults={"last_at": now, "blocked_until": now},
        )
        if count.blocked_until > now:
            raise ValidationError(_refusal(count.blocked_until, proof), code="too_many_trials")
        if now - count.last_at > FORGOTTEN_AFTER:
            count.failures = 0
        count.failures += 1
        count.last_at, count.blocked_until = now, now + wait_after(count.failures)
        count.save()
        if count.failures == FREE and person is not None:
            report(person=person, news="person.many_failures", by=None)
    return Trial(person, proof, count.pk)


@contextmanager
def trial(*, person: Person, proof: Proof, device: str) -> Iterator[None]:
    """A trial that fails by raising ValidationError. Raises it as begin, too."""
    made = begin(person=person, proof=proof, device=device)
    try:
        yield
    except ValidationError:
        made.failed()
        raise
    made.succeeded()


def wait_after(failures: int) -> timedelta:
    """Nothing at first, then a second, two, four …, a quarter of an hour at most."""
    if failures < FREE:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE, 12)), LONGEST_WAIT)


def forget(person: Person) -> None:
    """Whoever reads the person's letters has shown that the account is theirs."""
    TrialCount.objects.filter(account=_account(person, "")).delete()
    axes_reset(username=person.email)


def note_failure(
    *, proof: Proof, target: models.Model | None, agency: Agency | None = None
) -> None:
    """Gather a failure for the audit trail; `target` None: there is no such account."""
    now = clock.now()
    address = current_origin().address or "–"
    with transaction.atomic():
        row, _made = FailedProof.objects.select_for_update().get_or_create(
            minute=now.replace(second=0, microsecond=0),
            proof=proof,
            object_type=target._meta.label_lower if target else "",
            object_id=str(target.pk) if target else "",
            defaults={"agency_key": agency.key if agency else ""},
        )
        row.count += 1
        if address not in row.addresses and len(row.addresses) < MOST_ADDRESSES:
            row.addresses.append(address)
        row.save(update_fields=["count", "addresses"])


def _account(person: Person | None, email: str) -> str:
    if person is not None:
        return f"person:{person.pk}"
    return hashlib.sha256(email.encode("utf-8", "replace")).hexdigest()[:60]


def _refusal(until: datetime, proof: Proof) -> str:
    facts = {"moment": formats.date_format(localtime(until) + timedelta(seconds=1), "H:i:s d/m/Y")}
    if SECRET_OF[proof] == CODE:
        return (
            _(
                "Tài khoản này vừa bị nhập sai mã nhiều lần. Hãy thử lại sau %(moment)s, "
                "hoặc đặt lại mật khẩu rồi đăng nhập lại."
            )
            % facts
        )
    return (
        _(
            "Tài khoản này vừa bị nhập sai mật khẩu nhiều lần. Hãy thử lại sau %(moment)s, "
            "hoặc bấm Quên mật khẩu để đặt lại ngay."
        )
        % facts
    )
