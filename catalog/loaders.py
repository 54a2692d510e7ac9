"""Gatekeepers: the only way views get a dataset, a resource or a release of an agency's work.

Each takes who asks and what they want to do. Raises NotSignedIn for a visitor, NotFound when there
is no such object or the person has nothing to do with its agency, Forbidden or SecondFactorMissing
as accounts.permissions.check_permission.
"""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from accounts.permissions import NotFound, NotSignedIn, Visitor, check_permission, is_person
from accounts.roles import Permission
from catalog.models import Dataset, Pull, Release, Resource, Source
from catalog.work_lists import with_delivery

Found = TypeVar("Found", bound=Model)


def dataset_for(visitor: Visitor, slug: str, permission: Permission) -> Dataset:
    """The dataset at that address, with agency and licence, for a visitor who may."""
    dataset = _one(visitor, Dataset.objects.select_related("agency", "licence"), slug=slug)
    check_permission(visitor, permission, dataset.agency)
    return dataset


def resource_for(visitor: Visitor, resource_id: UUID, permission: Permission) -> Resource:
    """The resource with its dataset and agency, for a visitor who may."""
    resource = _one(
        visitor,
        Resource.objects.select_related("dataset__agency", "latest_release"),
        pk=resource_id,
    )
    check_permission(visitor, permission, resource.dataset.agency)
    return resource


def release_for(visitor: Visitor, release_id: UUID, permission: Permission) -> Release:
    """The release with resource, dataset, agency, the people in it and its `delivery`, for a visitor who
    may.
    """
    releases = Release.objects.select_related(
        "resource__dataset__agency", "uploaded_by", "submitted_by", "decided_by"
    )
    release = _one(visitor, with_delivery(releases), pk=release_id)
    check_permission(visitor, permission, release.resource.dataset.agency)
    return release


def source_for(visitor: Visitor, resource_id: UUID, permission: Permission) -> Source:
    """The API of the table, with the table, its dataset and agency, for a visitor who may."""
    sources = Source.objects.select_related(
        "resource__dataset__agency", "configured_by", "approved_by"
    )
    source = _one(visitor, sources, resource=resource_id)
    check_permission(visitor, permission, source.resource.dataset.agency)
    return source


def pull_for(visitor: Visitor, pull_id: int, permission: Permission) -> Pull:
    """One attempt, with its source and release, for a visitor who may."""
    pulls = Pull.objects.select_related(
        "source__resource__dataset__agency", "asked_by", "release"
    ).defer("release__reading")
    pull = _one(visitor, pulls, pk=pull_id)
    check_permission(visitor, permission, pull.source.resource.dataset.agency)
    return pull


def _one(visitor: Visitor, objects: QuerySet[Found], **where: object) -> Found:
    """The one object; a visitor who has not signed in does not learn whether there is one."""
    if not is_person(visitor):
        raise NotSignedIn
    found = objects.filter(**where).first()
    if found is None:
        raise NotFound
    return found
