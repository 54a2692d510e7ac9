from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from sharing.models.account import ConnectionAccount


class CallRecord(models.Model):
    """One call through the gateway: what was asked, how much was given; never the data themselves."""

    at = models.DateTimeField(db_index=True)
    account = models.ForeignKey(ConnectionAccount, models.CASCADE, related_name="calls")
    resource_id = models.UUIDField(null=True)
    query = models.TextField(blank=True)  # the filters as sent, without the token
    fields = ArrayField(models.CharField(max_length=63), default=list)
    status = models.PositiveSmallIntegerField()
    # The sort of refusal (catalog.api.problems); empty where rows were given, and in old records.
    problem = models.CharField(max_length=40, blank=True, default="", db_default="")
    rows = models.BigIntegerField(default=0)
    bytes = models.BigIntegerField(default=0)
    milliseconds = models.PositiveIntegerField()
    address = models.GenericIPAddressField(null=True)
    key = models.UUIDField(unique=True)  # so that a record written twice stands once

    class Meta:
        ordering = ["-at"]
        verbose_name = _("lượt gọi")
        verbose_name_plural = _("lượt gọi")
        indexes = [
            # Pages of use count a month of an account, or of many, from the index alone.
            models.Index(
                fields=["account", "-at"],
                include=["status", "problem", "rows", "bytes", "milliseconds"],
                name="use_of_account",
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.at:%d/%m/%Y %H:%M:%S} {self.status}"
