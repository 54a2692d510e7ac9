import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.resource import Resource
from core import clock


class ResourceUsage(models.Model):
    """How often one table was used in one way on one day, a day in Nghệ An.

    A number and nothing about who: no address, no cookie, no program is kept. `format` is that
    of a download or of an API answer ("csv"), empty where there is none to tell apart.
    """

    class Kind(models.TextChoices):
        VIEW = "view", _("Lượt xem")
        DOWNLOAD = "download", _("Lượt tải")
        API = "api", _("Lượt gọi API")
        EMBED = "embed", _("Lượt xem ở trang khác")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="usage")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    format = models.CharField(max_length=10, blank=True)
    count = models.BigIntegerField()

    class Meta:
        ordering = ["day", "resource_id", "kind", "format"]
        indexes = [models.Index(fields=["day"], name="usage_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "day", "kind", "format"], name="one_count_per_day_and_way"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource_id} {self.day} {self.kind} {self.format} {self.count}"


class UsageBatch(models.Model):
    """Counts that have been added up already: what carries this id is never added again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stored_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["stored_at"]

    def __str__(self) -> str:
        return str(self.pk)
