"""Việc của tôi: what to do now, per agency of the person."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.landings import landing_of
from accounts.models import Agency, Person
from accounts.permissions import NotSignedIn, current_memberships, is_person, permissions_for
from accounts.roles import Permission
from catalog.agency_work import AgencyWork, agency_work
from catalog.work_tasks import Task
from deadlines.icalendar_feed import feed_path


@dataclass(frozen=True)
class Section:
    """One agency on the page, and what the person may do there."""

    work: AgencyWork
    held: frozenset[Permission]
    feed: str  # the person's own address for calendar programs

    @property
    def to_do(self) -> list[Task]:
        """What this person can do."""
        return [task for task in self.work.to_do if task.is_for(self.held)]

    @property
    def of_others(self) -> list[Task]:
        """What is to be done in the agency by somebody with another role."""
        return [task for task in self.work.to_do if not task.is_for(self.held)]

    @property
    def delivers(self) -> bool:
        return Permission.UPLOAD_RELEASE in self.held

    @property
    def registers(self) -> bool:
        return Permission.REGISTER_DATASET in self.held

    @property
    def decides(self) -> bool:
        return Permission.DECIDE_RELEASE in self.held


def work(request: HttpRequest) -> HttpResponse:
    """Open to everybody who has signed in: where no role leads to work, the page says so.

    Who works for no agency but has a page of their own is sent there.
    """
    person = request.user
    if not is_person(person):
        raise NotSignedIn
    if not _agencies(person) and (landing := landing_of(person)) != request.path:
        return redirect(landing)
    sections = [_section(person, own) for own in agency_work(_agencies(person))]
    return render(request, "catalog/work/dashboard.html", {"sections": sections})


def _agencies(person: Person) -> list[Agency]:
    """The agencies the person works in, not all those a role may look into."""
    own = {
        membership.agency_id: membership.agency
        for membership in current_memberships(person)
        if Permission.SEE_AGENCY_WORK in membership.role.permissions
    }
    return list(own.values())


def _section(person: Person, own: AgencyWork) -> Section:
    held = permissions_for(person, own.agency)
    return Section(own, held, settings.SITE_URL + feed_path(own.agency, person))
