"""Registering, changing, renaming, publishing and withdrawing datasets."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.reasons import check_reason
from accounts.roles import Permission
from accounts.turns import take_turn
from catalog import delivered
from catalog.actions.search import index
from catalog.models import Dataset, DatasetAddress, Release, Resource, Topic
from catalog.states import ReleaseState
from core import clock
from core.vietnamese import slugify, sort_key

RESERVED_SLUGS = frozenset({"moi"})  # /lam-viec/bo-du-lieu/moi/ is the registration form
DESCRIBING = (
    "title_vi",
    "title_en",
    "description_vi",
    "description_en",
    "agency",
    "contact_post",
    "contact_email",
    "contact_phone",
    "keywords",
    "frequency",
    "access",
    "licence",
    "legal_ground",
    "source_database",
    "spatial",
    "temporal_start",
    "temporal_end",
    "overlap",
    "overlap_note",
    "is_illustrative",
)


@transaction.atomic
def register(*, facts: dict[str, Any], topics: list[Topic], by: Person, slug: str = "") -> Dataset:
    """A new draft dataset without a table.

    `facts`: fields of DESCRIBING; `slug`: its address, else made from the title.
    """
    check_permission(by, Permission.REGISTER_DATASET, facts["agency"])
    take_turn("address of a dataset")
    slug = slug or free_slug(facts["title_vi"])
    _check_free(slug)
    dataset = Dataset(slug=slug, created_by=by, **_known(facts))
    dataset.title_sort = sort_key(dataset.title_vi)
    dataset.save(force_insert=True)
    dataset.topics.set(topics)
    record(
        by=by,
        action="dataset.registered",
        target=dataset,
        agency=dataset.agency,
        after={name: _plain(getattr(dataset, name)) for name in DESCRIBING},
    )
    index(dataset)
    return dataset


@transaction.atomic
def change(*, dataset: Dataset, facts: dict[str, Any], topics: list[Topic], by: Person) -> Dataset:
    """Change the description. The agency changes only by succession, never here."""
    check_permission(by, Permission.REGISTER_DATASET, dataset.agency)
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    _check_alive(dataset)
    changed = {
        name: value
        for name, value in _known(facts).items()
        if name != "agency" and getattr(dataset, name) != value
    }
    before = {name: _plain(getattr(dataset, name)) for name in changed}
    for name, value in changed.items():
        setattr(dataset, name, value)
    old_topics = list(dataset.topics.values_list("slug", flat=True))
    dataset.topics.set(topics)
    if not changed and sorted(old_topics) == sorted(topic.slug for topic in topics):
        return dataset
    dataset.title_sort = sort_key(dataset.title_vi)
    dataset.modified_at = clock.now()
    dataset.save()
    record(
        by=by,
        action="dataset.changed",
        target=dataset,
        agency=dataset.agency,
        before={**before, "topics": old_topics},
        after={
            **{name: _plain(value) for name, value in changed.items()},
            "topics": [topic.slug for topic in topics],
        },
    )
    index(dataset)
    if changed.get("access") == Dataset.Access.LISTED:
        delivered.give_up(dataset, by=by, reason=_("Chỉ còn công bố thông tin mô tả."))
    return dataset


@transaction.atomic
def rename(*, dataset: Dataset, slug: str, by: Person) -> Dataset:
    """Give the dataset another address; the old one redirects for ever."""
    check_permission(by, Permission.CURATE_CATALOGUE, dataset.agency)
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if slug == dataset.slug:
        return dataset
    take_turn("address of a dataset")
    _check_free(slug, dataset)
    old = dataset.slug
    DatasetAddress.objects.filter(slug=slug, dataset=dataset).delete()
    DatasetAddress.objects.create(slug=old, dataset=dataset)
    dataset.slug, dataset.modified_at = slug, clock.now()
    dataset.save(update_fields=["slug", "modified_at"])
    record(
        by=by,
        action="dataset.renamed",
        target=dataset,
        agency=dataset.agency,
        before={"slug": old},
        after={"slug": slug},
    )
    return dataset


@transaction.atomic
def publish_description(*, dataset: Dataset, by: Person) -> Dataset:
    """Publish a dataset of which the public sees the description only."""
    check_permission(by, Permission.DECIDE_RELEASE, dataset.agency)
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    _check_alive(dataset)
    if dataset.access == Dataset.Access.OPEN:
        raise ValidationError(
            _("Dữ liệu mở được công bố cùng kỳ dữ liệu đầu tiên, sau khi phê duyệt.")
        )
    if dataset.created_by_id == by.pk:
        raise ValidationError(
            _("Người đăng ký không được tự phê duyệt. Cần một lãnh đạo duyệt khác của cơ quan.")
        )
    make_public(dataset, by=by)
    return dataset


@transaction.atomic
def withdraw(*, dataset: Dataset, reason: str, by: Person) -> Dataset:
    """Take a published dataset off the portal: its address answers 410 with the date and the reason."""
    check_permission(by, Permission.WITHDRAW_DATASET, dataset.agency)
    dataset = Dataset.objects.select_for_update().get(pk=dataset.pk)
    if dataset.state != Dataset.State.PUBLISHED:
        raise ValidationError(_("Chỉ rút được bộ dữ liệu đang công bố."))
    dataset.withdrawal_reason = check_reason(reason)
    dataset.withdrawn_at = dataset.modified_at = clock.now()
    dataset.state = Dataset.State.WITHDRAWN
    dataset.save()
    record(
        by=by,
        action="dataset.withdrawn",
        target=dataset,
        agency=dataset.agency,
        before={"state": Dataset.State.PUBLISHED},
        after={"state": Dataset.State.WITHDRAWN, "reason": dataset.withdrawal_reason},
    )
    delivered.give_up(dataset, by=by, reason=dataset.withdrawal_reason)
    return dataset


def make_public(dataset: Dataset, *, by: Person | None) -> None:
    """The first publication: from here on the address is fixed. Nothing happens the second time."""
    if dataset.state != Dataset.State.DRAFT:
        return
    dataset.state = Dataset.State.PUBLISHED
    dataset.first_published_at = dataset.modified_at = clock.now()
    dataset.save(update_fields=["state", "first_published_at", "modified_at"])
    record(
        by=by,
        action="dataset.published",
        target=dataset,
        agency=dataset.agency,
        before={"state": Dataset.State.DRAFT},
        after={"state": Dataset.State.PUBLISHED},
    )


def refresh_facts(dataset: Dataset) -> None:
    """Bring the facts kept for lists in step with the published releases."""
    newest = None
    formats: set[str] = set()
    for resource in dataset.resources.all():
        published = resource.releases.filter(state=ReleaseState.PUBLISHED)
        latest = published.order_by("-period_end").first()
        _set_latest(resource, latest)
        formats |= set(published.values_list("reading__format", flat=True).order_by())
        if latest and (newest is None or latest.period_end > newest.period_end):
            newest = latest
    dataset.latest_period = newest.period if newest else ""
    dataset.latest_period_end = newest.period_end if newest else None
    dataset.latest_row_count = newest.row_count if newest else None
    dataset.data_updated_at = newest.published_at if newest else None
    dataset.formats = sorted(formats)
    dataset.modified_at = clock.now()
    dataset.save()
    index(dataset)


def free_slug(title: str) -> str:
    """An address made from the title that nothing has or had."""
    wanted = slugify(title) or "bo-du-lieu"
    stem = wanted[:74]  # leaves room for a number
    taken = {
        *RESERVED_SLUGS,
        *Dataset.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
        *DatasetAddress.objects.filter(slug__startswith=stem).values_list("slug", flat=True),
    }
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _check_free(slug: str, dataset: Dataset | None = None) -> None:
    """Free, or an address this very dataset had before."""
    used = slug in RESERVED_SLUGS or Dataset.objects.filter(slug=slug).exists()
    used_before = DatasetAddress.objects.filter(slug=slug).exclude(dataset=dataset).exists()
    if used or used_before:
        raise ValidationError(
            _("Định danh này đã dùng cho bộ dữ liệu khác. Hãy chọn định danh khác.")
        )


def _check_alive(dataset: Dataset) -> None:
    if dataset.state == Dataset.State.WITHDRAWN:
        raise ValidationError(_("Bộ dữ liệu này đã rút, không thay đổi được nữa."))


def _set_latest(resource: Resource, latest: Release | None) -> None:
    if resource.latest_release_id != (latest.pk if latest else None):
        resource.latest_release = latest
        resource.save(update_fields=["latest_release"])


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name in DESCRIBING}


def _plain(value: Any) -> Any:
    """A JSON value for the audit trail."""
    if value is None or isinstance(value, bool | int | float | str | list):
        return value
    return getattr(value, "code", None) or getattr(value, "key", None) or str(value)
