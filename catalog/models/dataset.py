import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Person
from catalog.models.licence import Licence
from catalog.models.topic import Topic
from catalog.models.words import in_readers_language
from core import clock
from deadlines.periods import Kind


class DatasetQuerySet(models.QuerySet["Dataset"]):
    def public(self) -> "DatasetQuerySet":
        """What the catalogue lists: published, whatever the access level of the data itself."""
        return self.filter(state=Dataset.State.PUBLISHED)


class Dataset(models.Model):
    """What the catalogue lists (bộ dữ liệu; DCAT: Dataset, CKAN: package)."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Bản nháp")
        PUBLISHED = "published", _("Đang công bố")
        WITHDRAWN = "withdrawn", _("Đã rút")

    class Access(models.TextChoices):
        OPEN = "open", _("Dữ liệu mở")
        SHARED = "shared", _("Chia sẻ giữa cơ quan nhà nước")
        LISTED = "listed", _("Chỉ công bố thông tin mô tả")

    class Frequency(models.TextChoices):
        QUARTERLY = "quarterly", _("Hằng quý")
        MONTHLY = "monthly", _("Hằng tháng")
        YEARLY = "yearly", _("Hằng năm")
        DAILY = "daily", _("Hằng ngày")

    class Overlap(models.TextChoices):
        NONE = "none", _("Không trùng với cơ sở dữ liệu của bộ, ngành")
        SYNCHRONISED = "synchronised", _("Có trong cơ sở dữ liệu của bộ, ngành và được đồng bộ")
        SUPPLEMENT = "supplement", _("Bổ sung cho cơ sở dữ liệu của bộ, ngành, không lặp lại")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(_("định danh"), max_length=80, unique=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State, default=State.DRAFT)
    title_vi = models.CharField(_("tên bộ dữ liệu"), max_length=200)
    title_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    description_vi = models.TextField(_("mô tả"))
    description_en = models.TextField(_("mô tả tiếng Anh"), blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="datasets", verbose_name=_("cơ quan cung cấp")
    )
    contact_post = models.CharField(_("đầu mối"), max_length=200)
    contact_email = models.EmailField(_("thư điện tử của đầu mối"), blank=True)
    contact_phone = models.CharField(_("điện thoại của đầu mối"), max_length=30, blank=True)
    topics = models.ManyToManyField(Topic, related_name="datasets", verbose_name=_("chủ đề"))
    keywords = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, verbose_name=_("từ khoá")
    )
    frequency = models.CharField(_("tần suất cập nhật"), max_length=10, choices=Frequency)
    access = models.CharField(
        _("mức độ truy cập"), max_length=10, choices=Access, default=Access.OPEN
    )
    licence = models.ForeignKey(
        Licence, models.PROTECT, related_name="datasets", verbose_name=_("điều khoản sử dụng")
    )
    legal_ground = models.CharField(_("căn cứ pháp lý"), max_length=300)
    source_database = models.CharField(_("cơ sở dữ liệu nguồn"), max_length=200, blank=True)
    spatial = models.CharField(_("phạm vi không gian"), max_length=200)
    temporal_start = models.DateField(_("dữ liệu từ ngày"), null=True, blank=True)
    temporal_end = models.DateField(_("dữ liệu đến ngày"), null=True, blank=True)
    # Đ4.4 QĐ 22/2023: provincial data does not overlap the ministries' databases.
    overlap = models.CharField(
        _("quan hệ với dữ liệu của bộ, ngành"), max_length=15, choices=Overlap
    )
    overlap_note = models.CharField(_("cơ sở dữ liệu liên quan"), max_length=300, blank=True)
    is_illustrative = models.BooleanField(_("số liệu minh hoạ"), default=False)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    modified_at = models.DateTimeField(_("cập nhật"), default=clock.now, editable=False)
    first_published_at = models.DateTimeField(null=True, editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.TextField(_("lý do rút"), blank=True)

    # Kept by actions so that a list of datasets needs no look into releases.
    latest_period_end = models.DateField(null=True, editable=False, db_index=True)
    latest_period = models.CharField(max_length=10, blank=True, editable=False)
    latest_row_count = models.BigIntegerField(null=True, editable=False)
    data_updated_at = models.DateTimeField(null=True, editable=False, db_index=True)
    formats = ArrayField(models.CharField(max_length=10), default=list, editable=False)

    title_sort = models.CharField(max_length=600, editable=False, default="")
    # Folded text: titles weigh A, keywords and columns B, the rest C.
    search = SearchVectorField(null=True, editable=False)
    search_text = models.TextField(editable=False, default="")

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["title_sort"]
        verbose_name = _("bộ dữ liệu")
        verbose_name_plural = _("bộ dữ liệu")
        indexes = [
            GinIndex(fields=["search"], name="dataset_search"),
            GinIndex(fields=["formats"], name="dataset_formats"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                & ~Q(withdrawal_reason="")
                | ~Q(state="withdrawn") & Q(withdrawn_at__isnull=True, withdrawal_reason=""),
                name="withdrawn_with_date_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", first_published_at__isnull=True)
                | ~Q(state="draft") & Q(first_published_at__isnull=False),
                name="published_since",
            ),
            models.CheckConstraint(
                condition=Q(temporal_start__isnull=True)
                | Q(temporal_end__isnull=True)
                | Q(temporal_end__gte=models.F("temporal_start")),
                name="coverage_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dataset", args=[self.slug])

    @property
    def title(self) -> str:
        return in_readers_language(self.title_vi, self.title_en)

    @property
    def description(self) -> str:
        return in_readers_language(self.description_vi, self.description_en)

    @property
    def terms(self) -> Licence | None:
        """What open data may be used under; of other data it is said how to get them instead."""
        return self.licence if self.access == Dataset.Access.OPEN else None

    @property
    def period_kind(self) -> Kind:
        """The kind of period this dataset is delivered for."""
        return FREQUENCY_PERIOD[Dataset.Frequency(self.frequency)]


FREQUENCY_PERIOD = {
    Dataset.Frequency.QUARTERLY: Kind.QUARTER,
    Dataset.Frequency.MONTHLY: Kind.MONTH,
    Dataset.Frequency.YEARLY: Kind.YEAR,
    Dataset.Frequency.DAILY: Kind.DAY,
}


class DatasetAddress(models.Model):
    """A slug the dataset once had: the old address redirects for ever."""

    slug = models.SlugField(max_length=80, unique=True)
    dataset = models.ForeignKey(Dataset, models.CASCADE, related_name="old_addresses")
    replaced_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-replaced_at"]

    def __str__(self) -> str:
        return self.slug
