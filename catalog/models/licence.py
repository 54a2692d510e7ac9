from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.words import in_readers_language


class Licence(models.Model):
    """Terms of use a dataset is published under (giấy phép; DCAT: dct:license), with validity dates."""

    code = models.SlugField(_("mã"), max_length=60, unique=True)
    title_vi = models.CharField(_("tên"), max_length=200)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    citation_vi = models.CharField(_("căn cứ"), max_length=200, blank=True)
    citation_en = models.CharField(_("căn cứ (tiếng Anh)"), max_length=200, blank=True)
    terms_vi = models.TextField(_("nội dung"))
    terms_en = models.TextField(_("nội dung tiếng Anh"))
    valid_from = models.DateField(_("hiệu lực từ"))
    valid_to = models.DateField(_("hiệu lực đến hết"), null=True, blank=True)

    class Meta:
        ordering = ["-valid_from", "code"]
        verbose_name = _("giấy phép")
        verbose_name_plural = _("giấy phép")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_readers_language(self.title_vi, self.title_en)

    @property
    def citation(self) -> str:
        return in_readers_language(self.citation_vi, self.citation_en)

    @property
    def terms(self) -> str:
        return in_readers_language(self.terms_vi, self.terms_en)
