"""What every page knows."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri

from accounts.landings import landing_of
from accounts.loaders import waiting_proposals
from accounts.models import Agency, Notice
from accounts.permissions import agencies_with, current_memberships, is_person
from accounts.roles import Permission
from catalog.work_lists import waiting_count
from sharing.selectors.connections import (
    Waiting,
    waiting_for_asker_and_authority,
    waiting_for_owner,
)


def site(request: HttpRequest) -> dict[str, Any]:
    """`site`: facts of the installation; `me`: what the navigation of a signed-in person needs."""
    return {
        "site_url": settings.SITE_URL,
        "demo": settings.DEMO,
        "theme": theme(request),
        "vietnamese_path": path_in("vi", request),
        "english_path": path_in("en", request),
        "data_authority": _data_authority,
        "me": Me(request),
    }


def path_in(language: str, request: HttpRequest) -> str:
    """The same page in that language, with its query; for an address that is no page, the front page.

    The address has been resolved already, unless a middleware answers: Django's translate_url would do it
    again for each language.
    """
    with translation.override(language):
        try:
            match = request.resolver_match or resolve(request.path_info)
            path = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except Resolver404:
            return reverse("home")
        except NoReverseMatch:  # an address without a name has one language
            return request.get_full_path()
    query = iri_to_uri(request.META.get("QUERY_STRING", ""))
    return f"{path}?{query}" if query else path


def theme(request: HttpRequest) -> str:
    """The colour scheme the visitor chose; empty: as the system says."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in ("light", "dark") else ""


def _data_authority() -> Agency | None:
    """The agency in charge today; asked for by the footer only."""
    return Agency.objects.current().filter(is_data_authority=True).first()


class Me:
    """Asked lazily by templates: a public page of an anonymous visitor costs no query."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def _held(self) -> set[Permission]:
        user = getattr(self._request, "user", None)
        if user is None or not is_person(user):
            return set()
        return {p for m in current_memberships(user) for p in m.role.permissions}

    @property
    def landing(self) -> str:
        """Where the person's work begins; empty for who has no role."""
        user = getattr(self._request, "user", None)
        return landing_of(user) if user is not None and is_person(user) and self._held else ""

    @property
    def permissions(self) -> list[str]:
        return sorted(self._held)

    @property
    def managed_agencies(self) -> list[Agency]:
        """The agencies whose members the person manages as one of them."""
        user = getattr(self._request, "user", None)
        if user is None or not is_person(user):
            return []
        return [
            m.agency
            for m in current_memberships(user)
            if Permission.MANAGE_MEMBERS in m.role.permissions
        ]

    @cached_property
    def _waiting_for_owner(self) -> list[Waiting]:
        user = getattr(self._request, "user", None)
        return waiting_for_owner(user) if user is not None and is_person(user) else []

    @property
    def waiting_consents(self) -> int:
        """What awaits the answer of the person's agencies about their data."""
        return sum(one.number for one in self._waiting_for_owner)

    @cached_property
    def waiting_connections(self) -> list[Waiting]:
        """What of connections the person may go on with."""
        user = getattr(self._request, "user", None)
        if user is None or not is_person(user):
            return []
        return [*self._waiting_for_owner, *waiting_for_asker_and_authority(user)]

    @property
    def waiting_decisions(self) -> int:
        """What waits for the person's approval or signature."""
        user = getattr(self._request, "user", None)
        if user is None or not is_person(user):
            return 0
        return waiting_count(list(agencies_with(user, Permission.DECIDE_RELEASE)))

    @property
    def waiting_proposals(self) -> int:
        """Wide roles that somebody else has proposed and the person may confirm."""
        user = getattr(self._request, "user", None)
        return waiting_proposals(user).count() if user is not None and is_person(user) else 0

    @property
    def unread(self) -> int:
        user = getattr(self._request, "user", None)
        if user is None or not is_person(user):
            return 0
        unread = Notice.objects.filter(person=user, read_at__isnull=True, settled_at__isnull=True)
        return unread.count()
