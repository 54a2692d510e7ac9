from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock


class AgencyQuerySet(models.QuerySet["Agency"]):
    def current(self, on: date | None = None) -> "AgencyQuerySet":
        """Agencies that exist on that day (today when none is given)."""
        day = on or clock.today()
        begun = Q(valid_from__isnull=True) | Q(valid_from__lte=day)
        not_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        return self.filter(begun & not_ended)


class Agency(models.Model):
    """A state agency (cơ quan).

    Names, symbols and responsibilities change by law; the key never does. A merged agency keeps
    its row, with the last day it existed and the agency that took over.
    """

    class Kind(models.TextChoices):
        DEPARTMENT = "so", _("Sở")
        SECTOR = "nganh", _("Cơ quan ngang sở")
        BOARD = "ban", _("Ban")
        CENTRAL = "nganh_doc", _("Cơ quan ngành dọc")
        SERVICE_UNIT = "don_vi_su_nghiep", _("Đơn vị sự nghiệp")

    key = models.CharField(_("mã"), max_length=20, unique=True)
    slug = models.SlugField(_("định danh"), max_length=80, unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    short_name = models.CharField(_("tên viết tắt"), max_length=60, blank=True)
    document_symbol = models.CharField(_("ký hiệu văn bản"), max_length=30, blank=True)
    symbol_verified = models.BooleanField(_("ký hiệu đã xác minh"), default=False)
    kind = models.CharField(_("loại cơ quan"), max_length=20, choices=Kind)
    function_vi = models.TextField(_("chức năng"), blank=True)
    function_en = models.TextField(_("chức năng (tiếng Anh)"), blank=True)
    # Đ6.2 QĐ 22/2023: the contact officer's post, phone and e-mail are public.
    contact_post = models.CharField(_("đầu mối liên hệ"), max_length=200, blank=True)
    contact_phone = models.CharField(_("điện thoại"), max_length=30, blank=True)
    contact_email = models.EmailField(_("thư điện tử"), blank=True)
    valid_from = models.DateField(_("có từ ngày"), null=True, blank=True)
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("cơ quan tiếp nhận"),
    )
    # The agency that runs connection and sharing for the province (Sở TT&TT in the regulation).
    is_data_authority = models.BooleanField(_("cơ quan đầu mối"), default=False)
    name_sort = models.CharField(max_length=600, editable=False, default="")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name_sort"]
        verbose_name = _("cơ quan")
        verbose_name_plural = _("cơ quan")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="agency_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["is_data_authority"],
                condition=Q(is_data_authority=True),
                name="one_data_authority",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_vi

    @property
    def function(self) -> str:
        return self.function_en if get_language() == "en" and self.function_en else self.function_vi

    def exists_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)
