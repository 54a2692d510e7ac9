import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.dataset import Dataset
from catalog.models.words import in_readers_language
from core import clock


class Resource(models.Model):
    """One table inside a dataset (bảng; DCAT: Distribution series, CKAN: resource).

    `columns` is the data dictionary: a list of {name, label, type, unit, description_vi,
    description_en, required}, empty until the first release is submitted. Once confirmed it is the
    contract later releases are checked against.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="resources")
    name = models.SlugField(_("tên kỹ thuật"), max_length=60)
    title_vi = models.CharField(_("tên bảng"), max_length=200)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    columns = models.JSONField(_("từ điển dữ liệu"), default=list, blank=True)
    columns_confirmed_at = models.DateTimeField(null=True, editable=False)
    key_columns = models.JSONField(_("khoá"), default=list, blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    latest_release = models.ForeignKey(
        "catalog.Release", models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("bảng dữ liệu")
        verbose_name_plural = _("bảng dữ liệu")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "name"], name="one_resource_per_name")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return in_readers_language(self.title_vi, self.title_en)

    @property
    def full_title(self) -> str:
        """With the dataset's title before it, where that says something else."""
        whole, own = self.dataset.title, self.title
        return own if own == whole else f"{whole} – {own}"
