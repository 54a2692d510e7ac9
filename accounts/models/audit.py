from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """Who did what to which object, when, from where (nhật ký).

    No foreign keys: a record never stands in the way of live data and outlives it. The table is
    append-only in the database itself (a trigger refuses UPDATE, DELETE and TRUNCATE), and each row
    carries the hash of the one before, so that a row changed behind the database's back is found
    by `manage.py verify_audit`. Written only by accounts.actions.audit.record.
    """

    at = models.DateTimeField(_("thời điểm"), db_index=True)
    actor_id = models.BigIntegerField(_("người thực hiện"), null=True, db_index=True)
    actor_name = models.CharField(max_length=150, blank=True)  # empty: the portal itself
    agency_key = models.CharField(_("cơ quan"), max_length=20, blank=True, db_index=True)
    action = models.CharField(_("việc"), max_length=60, db_index=True)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(_("đối tượng"), max_length=300)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.GenericIPAddressField(_("địa chỉ"), null=True)
    request_id = models.CharField(max_length=40, blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("nhật ký")
        verbose_name_plural = _("nhật ký")
        indexes = [models.Index(fields=["object_type", "object_id"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_label}"
