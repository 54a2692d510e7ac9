from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from catalog.models.resource import Resource
from core import clock
from deadlines.periods import Period


class Source(models.Model):
    """An agency's API that one table is pulled from (Đ4.1b QĐ 22/2023). Only catalog.actions.sources
    and catalog.actions.pulls change it.

    `header_sealed` is the value of the request header `header_name`, readable with SECRET_KEY alone.
    `approved_by` has agreed that what passes the checks is published without anybody's look; any
    change of where and how to fetch takes the agreement back.
    """

    class Format(models.TextChoices):
        AUTO = "auto", _("Tự nhận biết")
        CSV = "csv", _("CSV")
        JSON = "json", _("JSON hoặc GeoJSON")
        XLSX = "xlsx", _("XLSX")

    resource = models.OneToOneField(Resource, models.PROTECT, related_name="source")
    url = models.CharField(_("địa chỉ API"), max_length=2000)
    header_name = models.CharField(_("tên tiêu đề (header)"), max_length=100, blank=True)
    header_sealed = models.TextField(blank=True, editable=False)
    format = models.CharField(_("định dạng"), max_length=10, choices=Format, default=Format.AUTO)
    rows_path = models.CharField(_("đường dẫn tới danh sách"), max_length=200, blank=True)
    every_hours = models.PositiveSmallIntegerField(_("lấy cách nhau (giờ)"), default=24)
    from_hour = models.PositiveSmallIntegerField(_("bắt đầu lúc (giờ)"), default=1)
    enabled = models.BooleanField(_("đang bật"), default=True)
    configured_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    configured_at = models.DateTimeField(default=clock.now, editable=False)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True, editable=False)
    failures = models.PositiveSmallIntegerField(default=0, editable=False)  # in a row

    class Meta:
        ordering = ["pk"]
        verbose_name = _("nguồn API")
        verbose_name_plural = _("nguồn API")
        constraints = [
            models.CheckConstraint(
                condition=Q(header_name="", header_sealed="")
                | ~Q(header_name="") & ~Q(header_sealed=""),
                name="source_header_with_its_value",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="source_approved_by_somebody",
            ),
            # Separation of duties, in the database too.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("configured_by")),
                name="source_not_approved_by_its_maker",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True) | Q(approved_at__gte=F("configured_at")),
                name="source_approved_as_it_is",
            ),
            models.CheckConstraint(
                condition=Q(every_hours__gte=1, every_hours__lte=24, from_hour__lte=23),
                name="source_asked_at_hours_of_the_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.resource)

    @property
    def address(self) -> str:
        """Where it is, without the query: what may stand in the audit trail and in logs."""
        return self.url.split("?", 1)[0]

    @property
    def asks_for_period(self) -> bool:
        """Whether the address names the period; one that does not gives the present data always."""
        return any(place in self.url for place in PLACES)

    @property
    def publishes(self) -> bool:
        """Whether what passes the checks is published by itself."""
        return self.enabled and self.approved_at is not None

    def url_for(self, period: Period) -> str:
        filled = self.url
        for place, words in PLACES.items():
            filled = filled.replace(place, words(period))
        return filled


# What the address may contain, and what it is replaced by.
PLACES = {
    "{period}": lambda period: period.code,
    "{from}": lambda period: period.first_day.isoformat(),
    "{to}": lambda period: period.last_day.isoformat(),
}


class Pull(models.Model):
    """One attempt to get the data of a period. Kept: it is the log of the source.

    `asked_by` is empty for an attempt of the schedule. `publishes`: begun for a period that was due, of
    an approved source. `code`, `params`: why it failed, in words by catalog.pull_words.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("Chờ lấy")
        FETCHING = "fetching", _("Đang lấy")
        CHECKING = "checking", _("Đang kiểm tra")
        OK = "ok", _("Đã lấy, đạt kiểm tra")
        UNCHANGED = "unchanged", _("Không có thay đổi")
        NEEDS_FIXING = "needs_fixing", _("Có lỗi phải sửa")
        FAILED = "failed", _("Không lấy được")

    source = models.ForeignKey(Source, models.PROTECT, related_name="pulls")
    period = models.CharField(_("kỳ"), max_length=10)
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    publishes = models.BooleanField(default=False)
    started_at = models.DateTimeField(_("bắt đầu"), default=clock.now)
    ended_at = models.DateTimeField(_("kết thúc"), null=True)
    status_code = models.PositiveSmallIntegerField(null=True)
    size = models.BigIntegerField(_("dung lượng"), null=True)  # bytes, of the answer
    rows = models.BigIntegerField(_("số dòng"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)  # of the file taken in
    etag = models.CharField(max_length=300, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=30, blank=True)
    params = models.JSONField(default=dict)
    release = models.ForeignKey("catalog.Release", models.PROTECT, null=True, related_name="pulls")

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("lần lấy qua API")
        verbose_name_plural = _("lần lấy qua API")
        indexes = [models.Index(fields=["source", "period", "started_at"], name="pull_of_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "period"],
                condition=Q(state__in=["queued", "fetching", "checking"]),
                name="one_open_pull_per_period",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "fetching", "checking"], ended_at__isnull=True)
                | ~Q(state__in=["queued", "fetching", "checking"]) & Q(ended_at__isnull=False),
                name="pull_ended_or_open",
            ),
            models.CheckConstraint(
                condition=Q(state="failed") & ~Q(code="") | ~Q(state="failed") & Q(code=""),
                name="pull_failed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["checking", "ok", "needs_fixing", "unchanged"])
                | Q(release__isnull=False) & ~Q(sha256=""),
                name="pull_with_its_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.period}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def as_period(self) -> Period:
        return Period.parse(self.period)


OPEN = (Pull.State.QUEUED, Pull.State.FETCHING, Pull.State.CHECKING)
# A file came and was looked at.
ARRIVED = (Pull.State.OK, Pull.State.UNCHANGED, Pull.State.NEEDS_FIXING)
