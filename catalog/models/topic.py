from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.words import in_readers_language


class Topic(models.Model):
    """A subject the catalogue is grouped by (chủ đề; CKAN: group, DCAT: theme)."""

    slug = models.SlugField(_("định danh"), max_length=80, unique=True)
    title_vi = models.CharField(_("tên"), max_length=120)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=120)
    description_vi = models.TextField(_("mô tả"), blank=True)
    description_en = models.TextField(_("mô tả tiếng Anh"), blank=True)
    icon = models.CharField(max_length=30, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("chủ đề")
        verbose_name_plural = _("chủ đề")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_readers_language(self.title_vi, self.title_en)

    @property
    def description(self) -> str:
        return in_readers_language(self.description_vi, self.description_en)
