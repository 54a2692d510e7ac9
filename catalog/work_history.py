"""What happened to a dataset, its tables and releases, newest first, from the audit trail."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.audit_words import action_words
from accounts.models import AuditEvent
from catalog.models import Dataset, Release, Source

SHOWN = 30

# That a check was begun says nothing beside the upload that asked for it; nor what the portal makes
# for itself.
LEFT_OUT = ("release.check", "release.workbook_made", "release.search_index_made", "release.pull")


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
    sources = {
        str(pk): title
        for pk, title in Source.objects.filter(resource__dataset=dataset).values_list(
            "pk", "resource__title_vi"
        )
    }
    ours = (
        Q(object_type="dataset", object_id=str(dataset.pk))
        | Q(object_type="resource", object_id__in=resources)
        | Q(object_type="release", object_id__in=releases)
        | Q(object_type="source", object_id__in=sources)
    )
    events = AuditEvent.objects.filter(ours).exclude(action__in=LEFT_OUT).order_by("-id")[:SHOWN]
    titles = {**resources, **sources}
    return [_happening(event, releases, titles) for event in events]


def _happening(
    event: AuditEvent, releases: dict[str, Release], titles: dict[str, str]
) -> Happening:
    return Happening(
        at=event.at,
        who=event.actor_name,
        what=action_words(event.action),
        about=titles.get(event.object_id, ""),
        release=releases.get(event.object_id),
        reason=str(event.after.get("reason", "")),
    )
