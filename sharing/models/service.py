from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Person
from catalog.models import Resource
from core import clock


class SharingServiceQuerySet(models.QuerySet["SharingService"]):
    def offered(self) -> "SharingServiceQuerySet":
        """Those that may be asked for today."""
        return self.filter(state=SharingService.State.OFFERED)


class SharingService(models.Model):
    """Data an agency shares with agencies: what, how, under which rules (dịch vụ chia sẻ dữ liệu).

    Đ3.3, Đ9, Đ24 NĐ47: name, owner, data, technical document, endpoint, structure, use rules, form,
    availability, contact, version. Its data are tables of the catalogue, or an endpoint elsewhere.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Bản nháp")
        OFFERED = "offered", _("Đang cung cấp")
        CLOSED = "closed", _("Ngừng cung cấp")

    class Form(models.TextChoices):
        DEFAULT = "default", _("Chia sẻ mặc định")
        SPECIAL = "special", _("Chia sẻ theo yêu cầu đặc thù")

    class Method(models.TextChoices):
        """Đ23 NĐ47."""

        ONLINE = "online", _("Kết nối trực tuyến giữa các hệ thống")
        SYNCHRONISATION = "sync", _("Đồng bộ trực tuyến toàn bộ hoặc một phần dữ liệu")
        MEDIA = "media", _("Dữ liệu đóng gói trên phương tiện lưu trữ")

    class Place(models.TextChoices):
        GATEWAY = "gateway", _("Cổng chia sẻ của Kho dữ liệu")
        LGSP = "lgsp", _("Nền tảng tích hợp, chia sẻ dữ liệu của tỉnh (LGSP)")
        EXTERNAL = "external", _("Hệ thống của cơ quan chủ quản")

    code = models.SlugField(_("mã dịch vụ"), max_length=60, unique=True)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    title_vi = models.CharField(_("tên dịch vụ"), max_length=200)
    title_sort = models.CharField(max_length=600, editable=False, default="")
    title_en = models.CharField(_("tên tiếng Anh"), max_length=200, blank=True)
    description_vi = models.TextField(_("mô tả"))
    description_en = models.TextField(_("mô tả tiếng Anh"), blank=True)
    owner = models.ForeignKey(
        Agency, models.PROTECT, related_name="services", verbose_name=_("cơ quan chủ quản")
    )
    form = models.CharField(_("hình thức chia sẻ"), max_length=8, choices=Form)
    method = models.CharField(_("phương thức"), max_length=8, choices=Method)
    place = models.CharField(_("nơi cung cấp"), max_length=8, choices=Place)
    endpoint = models.URLField(_("địa chỉ dịch vụ"), max_length=500, blank=True)
    technical_document = models.URLField(_("tài liệu kỹ thuật"), max_length=500, blank=True)
    schema_vi = models.TextField(_("cấu trúc dữ liệu trao đổi"), blank=True)
    use_rules_vi = models.TextField(_("quy chế khai thác"))
    availability = models.CharField(_("mức sẵn sàng"), max_length=200)
    contact_post = models.CharField(_("đầu mối"), max_length=200)
    contact_email = models.EmailField(_("thư điện tử của đầu mối"), blank=True)
    contact_phone = models.CharField(_("điện thoại của đầu mối"), max_length=30, blank=True)
    version = models.CharField(_("phiên bản"), max_length=20, default="1.0")
    # How many working days the owner takes to answer; the law sets none (Đ11), the owner may.
    answer_days = models.PositiveSmallIntegerField(
        _("số ngày làm việc chủ quản trả lời"), null=True, blank=True
    )
    is_illustrative = models.BooleanField(_("dịch vụ minh hoạ"), default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    offered_at = models.DateTimeField(null=True, editable=False)
    offered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)
    # Since when its endpoint has not answered, once the owner was told; only sharing.actions.probes sets it.
    failing_since = models.DateTimeField(null=True, editable=False)
    closing_reason = models.TextField(_("lý do ngừng cung cấp"), blank=True)

    objects = SharingServiceQuerySet.as_manager()

    class Meta:
        ordering = ["title_sort"]
        verbose_name = _("dịch vụ chia sẻ dữ liệu")
        verbose_name_plural = _("dịch vụ chia sẻ dữ liệu")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(offered_at__isnull=False, offered_by__isnull=False),
                name="service_offered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False) & ~Q(closing_reason=""),
                name="service_closed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(place="gateway") | ~Q(endpoint=""),
                name="service_elsewhere_has_endpoint",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sharing_service", args=[self.code])

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title_vi

    @property
    def description(self) -> str:
        english = get_language() == "en" and self.description_en
        return self.description_en if english else self.description_vi


class ServiceTable(models.Model):
    """A table of the catalogue that a service gives; `columns` empty: all of them."""

    service = models.ForeignKey(SharingService, models.CASCADE, related_name="tables")
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="services")
    columns = models.JSONField(_("các cột"), default=list, blank=True)

    class Meta:
        ordering = ["resource__position", "resource__name"]
        verbose_name = _("bảng của dịch vụ")
        verbose_name_plural = _("bảng của dịch vụ")
        constraints = [
            models.UniqueConstraint(fields=["service", "resource"], name="one_table_per_service")
        ]

    def __str__(self) -> str:
        return f"{self.service}: {self.resource}"


class ServiceChange(models.Model):
    """What somebody of the owner wants changed of a service on offer; another person decides.

    `before` and `after`: the fields that differ, as sharing.actions.services.facts_of has them; with
    "tables", {resource id: [columns]}, where tables or columns do.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Chờ duyệt")
        ACCEPTED = "accepted", _("Đã duyệt")
        REFUSED = "refused", _("Không duyệt")
        WITHDRAWN = "withdrawn", _("Đã rút")

    service = models.ForeignKey(SharingService, models.CASCADE, related_name="changes")
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField(_("lý do thay đổi"))
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, editable=False)
    decision_note = models.TextField(_("ý kiến"), blank=True)

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("đề nghị thay đổi dịch vụ")
        verbose_name_plural = _("đề nghị thay đổi dịch vụ")
        constraints = [
            models.UniqueConstraint(
                fields=["service"], condition=Q(state="waiting"), name="one_waiting_change"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "withdrawn"])
                | Q(decided_by__isnull=False) & ~Q(decided_by=models.F("proposed_by")),
                name="change_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(decision_note=""),
                name="change_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.proposed_at:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("service_change", args=[self.service.code, self.pk])


class ServiceProbe(models.Model):
    """Whether an endpoint elsewhere answered, and how fast (Đ3.1: the portal watches connections).

    `error`: a code of sharing.probe_words where it did not; `milliseconds`: where it spoke HTTP at all.
    """

    service = models.ForeignKey(SharingService, models.CASCADE, related_name="probes")
    at = models.DateTimeField(default=clock.now, db_index=True)
    ok = models.BooleanField()
    milliseconds = models.PositiveIntegerField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("lần kiểm tra dịch vụ")
        verbose_name_plural = _("các lần kiểm tra dịch vụ")
        indexes = [models.Index(fields=["service", "-at"], name="probes_of_service")]

    def __str__(self) -> str:
        return f"{self.service} {self.at:%d/%m/%Y %H:%M}"
