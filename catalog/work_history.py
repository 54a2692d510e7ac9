"""What happened to a dataset, its tables and releases, newest first, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEvent
from catalog.models import Dataset, Release

SHOWN = 30

WORDS: dict[str, Promise] = {
    "dataset.registered": _("Đăng ký bộ dữ liệu"),
    "dataset.changed": _("Sửa thông tin mô tả"),
    "dataset.renamed": _("Đổi địa chỉ"),
    "dataset.published": _("Công bố bộ dữ liệu"),
    "dataset.withdrawn": _("Rút bộ dữ liệu"),
    "resource.added": _("Thêm bảng dữ liệu"),
    "resource.described": _("Sửa từ điển dữ liệu"),
    "release.uploaded": _("Tải tệp lên"),
    "release.fail": _("Kiểm tra xong: còn lỗi phải sửa"),
    "release.pass": _("Kiểm tra xong: sẵn sàng nộp"),
    "release.submit": _("Nộp để phê duyệt"),
    "release.recall": _("Thu hồi bản đã nộp"),
    "release.return": _("Trả lại"),
    "release.publish": _("Phê duyệt và công bố"),
    "release.supersede": _("Được thay thế bằng bản mới"),
    "release.withdraw": _("Rút kỳ dữ liệu"),
    "release.discard": _("Huỷ bản chưa công bố"),
}


@dataclass(frozen=True)
class Happening:
    """One line of the history. `who` is empty for what the portal did by itself."""

    at: datetime
    who: str
    what: str
    about: str
    release: Release | None
    reason: str


def history(dataset: Dataset) -> list[Happening]:
    """The last 30 events of the dataset, its resources and releases."""
    releases = {
        str(release.pk): release
        for release in Release.objects.filter(resource__dataset=dataset).only("period", "number")
    }
    resources = {str(pk): title for pk, title in dataset.resources.values_list("pk", "title_vi")}
    ours = (
        Q(object_type="dataset", object_id=str(dataset.pk))
        | Q(object_type="resource", object_id__in=resources)
        | Q(object_type="release", object_id__in=releases)
    )
    events = AuditEvent.objects.filter(ours, action__in=WORDS).order_by("-id")[:SHOWN]
    return [_happening(event, releases, resources) for event in events]


def _happening(
    event: AuditEvent, releases: dict[str, Release], resources: dict[str, str]
) -> Happening:
    return Happening(
        at=event.at,
        who=event.actor_name,
        what=str(WORDS[event.action]),
        about=resources.get(event.object_id, ""),
        release=releases.get(event.object_id),
        reason=str(event.after.get("reason", "")),
    )
