"""Where a person's work begins: the page one comes to after signing in, and from the public site."""

from django.urls import reverse

from accounts.models import Agency, Person
from accounts.permissions import current_memberships

ANYBODYS = "work"  # says what is theirs to do, if anything is
# Role → name of the address of its page. Who has several roles comes to the first of them that is here.
LANDINGS = {
    "contributor": "work",
    "approver": "work",
    "ict_officer": "office_requests",
    "ict_leader": "leader",
    "contact_officer": "connections",
    "province_leader": "leader",
    "operator": "operations",
    "auditor": "auditing",
    "agency_admin": "members",
}
OF_AN_AGENCY = frozenset({"members"})  # its address names the agency


def landing_of(person: Person) -> str:
    """The path of the page of the person's role; never one the role may not open."""
    held: dict[str, Agency] = {}
    for membership in current_memberships(person):
        held.setdefault(membership.role_code, membership.agency)
    role = next((code for code in LANDINGS if code in held), None)
    if role is None:
        return reverse(ANYBODYS)
    page = LANDINGS[role]
    return reverse(page, args=[held[role].slug] if page in OF_AN_AGENCY else [])
