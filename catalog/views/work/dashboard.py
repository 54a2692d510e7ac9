"""Việc của tôi: what to do now, per agency of the person."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Agency, Person
from accounts.permissions import NotSignedIn, current_memberships, is_person, permissions_for
from accounts.roles import Permission
from catalog.work_lists import AgencyWork, agency_work


@dataclass(frozen=True)
class Section:
    """One agency on the page, and what the person may do there."""

    work: AgencyWork
    delivers: bool
    registers: bool
    decides: bool


def work(request: HttpRequest) -> HttpResponse:
    """Open to everybody who has signed in: where no role leads to work, the page says so."""
    person = request.user
    if not is_person(person):
        raise NotSignedIn
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
    return Section(
        work=own,
        delivers=Permission.UPLOAD_RELEASE in held,
        registers=Permission.REGISTER_DATASET in held,
        decides=Permission.DECIDE_RELEASE in held,
    )
