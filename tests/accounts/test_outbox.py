"""Letters wait in the outbox and leave one by one."""

import threading
import time
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction

from accounts.actions.notices import write_letter
from accounts.models import OutboxMessage
from accounts.tasks import MOST_ATTEMPTS, deliver_outbox
from core import clock


class Unreachable(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise SMTPServerDisconnected("no answer")


class Slow(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        time.sleep(0.02)
        return super().send_messages(messages)


class KilledAfterSending(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


def _backend(settings: Any, kind: type) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.{kind.__name__}"


def _letter(number: int = 0) -> OutboxMessage:
    return write_letter(to=f"n{number}@thu.example", subject=f"Thư {number}", body="Kính gửi")


@pytest.mark.django_db
def test_letter_leaves_once_and_its_body_is_blanked() -> None:
    letter = _letter()
    assert deliver_outbox() == 1
    assert deliver_outbox() == 0
    [sent] = mail.outbox
    assert (sent.to, sent.subject, sent.body) == (["n0@thu.example"], "Thư 0", "Kính gửi")
    letter.refresh_from_db()
    assert letter.sent_at is not None
    assert letter.body == ""


@pytest.mark.django_db
def test_oldest_leaves_first() -> None:
    for number in range(3):
        with clock.set_to(clock.now() - timedelta(hours=number + 1)):
            _letter(number)
    deliver_outbox()
    assert [sent.subject for sent in mail.outbox] == ["Thư 2", "Thư 1", "Thư 0"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(settings) -> None:
    _backend(settings, Slow)
    for number in range(12):
        _letter(number)
    start, sent = threading.Barrier(3), []

    def work() -> None:
        start.wait()
        try:
            sent.append(deliver_outbox())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(sent) == 12
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        f"n{n}@thu.example" for n in range(12)
    )
    assert sum(1 for count in sent if count) >= 2  # they really worked side by side


@pytest.mark.django_db
def test_server_that_does_not_answer_is_tried_again_later(settings) -> None:
    letter = _letter()
    _backend(settings, Unreachable)
    waits = []
    moment = clock.now()
    for _ in range(3):
        with clock.set_to(moment):
            assert deliver_outbox() == 0
            assert deliver_outbox() == 0  # not before its time
        letter.refresh_from_db()
        waits.append(letter.next_try_at - moment)
        moment = letter.next_try_at
    assert waits == [timedelta(minutes=2), timedelta(minutes=4), timedelta(minutes=8)]
    assert (letter.attempts, letter.last_error, letter.body) == (3, "no answer", "Kính gửi")


@pytest.mark.django_db
def test_it_gives_up_after_ten_attempts(settings) -> None:
    letter = _letter()
    _backend(settings, Unreachable)
    for _ in range(MOST_ATTEMPTS + 2):
        with clock.set_to(letter.next_try_at):
            deliver_outbox()
        letter.refresh_from_db()
    assert letter.attempts == MOST_ATTEMPTS == 10
    assert letter.given_up_at is not None


@pytest.mark.django_db
def test_impossible_letter_does_not_hold_up_the_others() -> None:
    with clock.set_to(clock.now() - timedelta(hours=1)):
        bad = write_letter(to="a@thu.example", subject="Hai\ndòng", body="x")
    _letter(1)
    assert deliver_outbox() == 1
    bad.refresh_from_db()
    assert (bad.sent_at, bad.attempts) == (None, 1)


@pytest.mark.django_db(transaction=True)
def test_killed_between_sending_and_marking_sends_again_under_the_same_id(settings) -> None:
    letter = _letter()
    _backend(settings, KilledAfterSending)
    with pytest.raises(KeyboardInterrupt):
        deliver_outbox()
    letter.refresh_from_db()
    assert (letter.sent_at, letter.attempts) == (None, 0)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert deliver_outbox() == 1
    first, second = (one.extra_headers["Message-ID"] for one in mail.outbox)
    assert first == second == f"<{letter.pk}@localhost>"


@pytest.mark.django_db(transaction=True)
def test_letter_of_a_change_that_failed_is_not_kept() -> None:
    @transaction.atomic
    def fail_after_writing() -> None:
        _letter()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_writing()
    assert not OutboxMessage.objects.exists()
