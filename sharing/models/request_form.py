from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class FormVersion(models.Model):
    """What a connection request contains, as one rule has it from a day on (Đ35.2 NĐ47).

    A request keeps the version it was written under.
    """

    code = models.SlugField(max_length=40, unique=True)
    citation_vi = models.CharField(_("căn cứ"), max_length=300)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("mẫu yêu cầu kết nối")
        verbose_name_plural = _("mẫu yêu cầu kết nối")
        constraints = [
            models.UniqueConstraint(
                fields=["valid_to"],
                condition=Q(valid_to__isnull=True),
                nulls_distinct=False,
                name="one_open_form",
            )
        ]

    def __str__(self) -> str:
        return self.code


class FormField(models.Model):
    """One thing a request says. Pages show the fields of one `step` together, in their order."""

    class Step(models.TextChoices):
        DATA = "du-lieu", _("Dữ liệu cần")
        PURPOSE = "muc-dich", _("Mục đích và căn cứ")
        SYSTEM = "he-thong", _("Đơn vị, đầu mối kỹ thuật")
        DOCUMENT = "van-ban", _("Văn bản đã gửi")

    class Kind(models.TextChoices):
        TEXT = "text"
        LONG_TEXT = "long_text"
        CHOICE = "choice"
        DATE = "date"
        NUMBER = "number"
        EMAIL = "email"
        PHONE = "phone"
        ADDRESSES = "addresses"  # IP addresses or networks, one a line
        UNDERTAKING = "undertaking"  # a sentence to agree to

    form = models.ForeignKey(FormVersion, models.PROTECT, related_name="fields")
    key = models.SlugField(max_length=40)
    step = models.CharField(max_length=10, choices=Step)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    label_vi = models.CharField(max_length=200)
    label_en = models.CharField(max_length=200)
    help_vi = models.CharField(max_length=400, blank=True)
    help_en = models.CharField(max_length=400, blank=True)
    required = models.BooleanField(default=True)
    choices = models.JSONField(default=list)  # [[value, words_vi, words_en], …]

    class Meta:
        ordering = ["form", "position"]
        verbose_name = _("nội dung của yêu cầu")
        verbose_name_plural = _("nội dung của yêu cầu")
        constraints = [
            models.UniqueConstraint(fields=["form", "key"], name="one_form_field_per_key")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.label_en if get_language() == "en" else self.label_vi

    @property
    def help(self) -> str:
        return self.help_en if get_language() == "en" else self.help_vi
