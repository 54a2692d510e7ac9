import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from catalog.models.resource import Resource
from catalog.models.source import Source
from catalog.states import ReleaseState
from core import clock
from deadlines.periods import Period


class Release(models.Model):
    """One immutable delivery of a resource for one period (kỳ dữ liệu).

    The file as it came, what the reader understood of it, and its table. Only
    catalog.actions.states changes `state`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="releases")
    period = models.CharField(_("kỳ"), max_length=10)
    period_end = models.DateField(editable=False)
    number = models.PositiveSmallIntegerField(_("bản số"), editable=False)  # of its period
    state = models.CharField(
        _("trạng thái"), max_length=12, choices=ReleaseState.choices, default=ReleaseState.DRAFT
    )
    state_changed_at = models.DateTimeField(default=clock.now, editable=False)

    # The file, as uploaded.
    file_name = models.CharField(_("tên tệp"), max_length=255)
    file_key = models.CharField(max_length=300, editable=False)
    file_size = models.BigIntegerField(_("dung lượng"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    # What was read from it; empty until checked. Shapes: tables.Ingest.as_dict().
    reading = models.JSONField(default=dict, editable=False)
    problem_counts = models.JSONField(default=dict, editable=False)  # rule → how many
    error_count = models.PositiveIntegerField(default=0, editable=False)
    warning_count = models.PositiveIntegerField(default=0, editable=False)
    row_count = models.BigIntegerField(_("số dòng"), null=True, editable=False)
    folder = models.CharField(
        max_length=300, blank=True, editable=False
    )  # table.duckdb, data.csv, …
    csv_size = models.BigIntegerField(null=True, editable=False)
    parquet_size = models.BigIntegerField(null=True, editable=False)
    excel_size = models.BigIntegerField(null=True, editable=False)
    search_size = models.BigIntegerField(null=True, editable=False)

    # The job that checks it.
    stage = models.CharField(max_length=20, blank=True, editable=False)
    progress = models.PositiveSmallIntegerField(default=0, editable=False)  # percent
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    queued_at = models.DateTimeField(null=True, editable=False)

    note = models.TextField(_("ghi chú khi nộp"), blank=True)
    # Who uploaded it, or the API it was pulled from: always one of the two.
    uploaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="releases")
    uploaded_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_reason = models.TextField(_("lý do"), blank=True)
    published_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-period_end", "-number"]
        verbose_name = _("kỳ dữ liệu")
        verbose_name_plural = _("kỳ dữ liệu")
        indexes = [models.Index(fields=["state", "queued_at"], name="release_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "period", "number"], name="one_release_per_number"
            ),
            models.UniqueConstraint(
                fields=["resource", "period"],
                condition=Q(state="published"),
                name="one_published_release_per_period",
            ),
            models.CheckConstraint(
                condition=Q(uploaded_by__isnull=False, source__isnull=True)
                | Q(uploaded_by__isnull=True, source__isnull=False),
                name="uploaded_by_somebody_or_pulled",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by__isnull=True)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="decided_by_somebody",
            ),
            # Separation of duties, in the database too.
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("submitted_by")),
                name="not_decided_by_its_submitter",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["published", "superseded"])
                | Q(published_at__isnull=False, row_count__isnull=False) & ~Q(folder=""),
                name="published_with_its_table",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decision_reason=""),
                name="returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} – {self.period} (bản {self.number})"

    @property
    def as_period(self) -> Period:
        return Period.parse(self.period)

    @property
    def columns(self) -> list[dict]:
        """Column profiles of the table: {name, label, type, nulls, distinct, min, max, top}."""
        return self.reading.get("columns", [])

    def sha256_of(self, name: str) -> str:
        """SHA-256 of "csv" or "parquet" in hexadecimal; nothing for one made before it was recorded."""
        return self.reading.get(f"{name}_sha256", "")
