"""Due dates for calendar programs: by an address that is its own key, and for members to take home."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.loaders import agency_for
from accounts.models import Agency
from accounts.roles import Permission
from deadlines.icalendar_feed import CONTENT_TYPE, agency_in, calendar_of
from deadlines.selectors.agenda import duties_at_hand, entries_of, foreseen


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever has the address, while its person may look: calendar programs do not sign in."""
    response = _calendar(agency_in(token))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def download(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as a file."""
    agency = agency_for(request.user, slug, Permission.SEE_AGENCY_WORK)
    response = _calendar(agency)
    response.headers["Content-Disposition"] = f'attachment; filename="lich-{agency.slug}.ics"'
    return response


def _calendar(agency: Agency) -> HttpResponse:
    live = [duty for duty in duties_at_hand([agency.pk]) if duty.is_live]
    opened = [duty for duty in live if duty.pk]
    not_yet = entries_of(duty for duty in live if not duty.pk)
    ahead = [*not_yet, *foreseen([agency.pk]).get(agency.pk, [])]
    content = calendar_of(agency, opened, ahead)
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Cache-Control": "private, max-age=3600"}
    )
