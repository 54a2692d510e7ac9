import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person
from core import clock


class Notice(models.Model):
    """Something a person should know, shown in the portal (thông báo).

    Kept as kind and facts, put into words in the reader's language by accounts.notices. `settled_at`: since
    when nothing is left of what it asked for.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    path = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    settled_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        indexes = [
            models.Index(
                fields=["person"], condition=models.Q(read_at__isnull=True), name="unread_notices"
            ),
            models.Index(
                fields=["path"],
                condition=models.Q(settled_at__isnull=True),
                name="notices_to_settle",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} → {self.person}"


class OutboxMessage(models.Model):
    """An e-mail to send, written in the transaction whose news it carries, sent after it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    created_at = models.DateTimeField(default=clock.now, editable=False)
    next_try_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="outbox_to_send",
            )
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"
