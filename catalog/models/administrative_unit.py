from django.db import models
from django.utils.translation import gettext_lazy as _


class AdministrativeUnit(models.Model):
    """A district or commune by its code of the General Statistics Office, as it stood in one period.

    The same code may stand for different areas before and after 1/7/2025, hence the validity.
    """

    class Level(models.TextChoices):
        PROVINCE = "province", _("Tỉnh")
        DISTRICT = "district", _("Cấp huyện")
        COMMUNE = "commune", _("Cấp xã")

    code = models.CharField(_("mã"), max_length=5)
    name = models.CharField(_("tên"), max_length=100)
    level = models.CharField(_("cấp"), max_length=10, choices=Level)
    type_name = models.CharField(_("loại"), max_length=30)
    parent_code = models.CharField(_("mã cấp trên"), max_length=5, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area_km2 = models.FloatField(null=True)
    valid_from = models.DateField(_("có từ ngày"))
    valid_to = models.DateField(_("đến hết ngày"), null=True)
    name_sort = models.CharField(max_length=300, editable=False)

    class Meta:
        ordering = ["level", "name_sort"]
        verbose_name = _("đơn vị hành chính")
        verbose_name_plural = _("đơn vị hành chính")
        constraints = [
            models.UniqueConstraint(
                fields=["level", "code", "valid_from"], name="one_unit_per_time"
            )
        ]

    def __str__(self) -> str:
        return self.name


class UnitChange(models.Model):
    """Which new commune an old one went to on 1/7/2025, in whole or in part."""

    old_code = models.CharField(max_length=5)
    old_name = models.CharField(max_length=100)
    old_district_code = models.CharField(max_length=5)
    new_code = models.CharField(max_length=5)
    new_name = models.CharField(max_length=100)
    whole = models.BooleanField()

    class Meta:
        ordering = ["old_code", "new_code"]
        constraints = [
            models.UniqueConstraint(fields=["old_code", "new_code"], name="one_change_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.old_name} → {self.new_name}"
