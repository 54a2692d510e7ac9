"""An officer reminds by hand: an agency whose data of a round are not there yet, or all of them.

Once per agency, round and day, so that a reminder stays something to act upon.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from accounts.actions.audit import record
from accounts.actions.notices import tell
from accounts.models import Agency, Person
from accounts.permissions import check_permission, people_by_agency
from accounts.roles import Permission
from core import clock
from deadlines.models import Reminder, Round
from deadlines.states import LIVE

# Who hears of it: those who deliver the data and those who publish them.
AUDIENCE = (Permission.UPLOAD_RELEASE, Permission.DECIDE_RELEASE)


@dataclass(frozen=True)
class Reminded:
    """Agencies that lack something: those told now, those told earlier today, those with nobody to tell."""

    now: int
    earlier: int
    unstaffed: list[Agency]


@transaction.atomic
def remind(*, round: Round, agency: Agency, note: str = "", by: Person) -> Reminder:
    """Remind one agency of what it still has to do in the round.

    Raises ValidationError where nothing is left to do, somebody reminded it today, or nobody works
    there on the portal.
    """
    check_permission(by, Permission.REMIND, agency)
    held = _held(round)
    count = _lacking(held).get(agency.pk, 0)
    if not count:
        raise ValidationError(
            _("Cơ quan không còn dữ liệu phải cập nhật trong kỳ này, không cần nhắc."),
            code="nothing_left",
        )
    _check_first_today(held, agency)
    people = people_by_agency(AUDIENCE, [agency.pk]).get(agency.pk, [])
    if not people:
        raise ValidationError(_nobody_words(agency), code="nobody")
    return _remind(held, agency, count, people, note.strip(), by)


@transaction.atomic
def remind_all(*, round: Round, note: str = "", by: Person) -> Reminded:
    """Remind every agency that still has something to do, but for those reminded today.

    Raises ValidationError when there is none.
    """
    check_permission(by, Permission.REMIND)
    held = _held(round)
    lacking = _lacking(held)
    if not lacking:
        raise ValidationError(
            _("Mọi cơ quan đã có đủ dữ liệu của kỳ này, không cần nhắc."), code="nothing_left"
        )
    earlier = set(_today(held).filter(agency__in=lacking).values_list("agency", flat=True))
    people = people_by_agency(AUDIENCE, lacking.keys() - earlier)
    unstaffed = []
    for agency in Agency.objects.filter(pk__in=lacking.keys() - earlier):
        if agency.pk in people:
            _remind(held, agency, lacking[agency.pk], people[agency.pk], note.strip(), by)
        else:
            unstaffed.append(agency)
    return Reminded(now=len(people), earlier=len(earlier), unstaffed=unstaffed)


def _held(round_: Round) -> Round:
    """Whoever reminds at the same time waits, and then sees that it has been done."""
    return Round.objects.select_for_update().get(pk=round_.pk)


def _lacking(round_: Round) -> dict[int, int]:
    """Per agency id how much it still has to do; none with nothing."""
    live = round_.duties.filter(state__in=LIVE).order_by()
    return dict(live.values_list("agency").annotate(Count("pk")))


def _today(round_: Round) -> QuerySet[Reminder]:
    return round_.reminders.filter(on=clock.today())


def _check_first_today(round_: Round, agency: Agency) -> None:
    earlier = _today(round_).filter(agency=agency).select_related("by").first()
    if earlier is not None:
        raise ValidationError(
            _("Hôm nay %(who)s đã nhắc cơ quan này lúc %(time)s. Ngày mai mới nhắc lại được.")
            % {"who": earlier.by.full_name, "time": f"{localtime(earlier.at):%H:%M}"},
            code="today",
        )


def _nobody_words(agency: Agency) -> str:
    contact = ", ".join(
        filter(None, (agency.contact_post, agency.contact_phone, agency.contact_email))
    )
    words = _("Cơ quan chưa có ai trên Kho dữ liệu để nhận lời nhắc.")
    if contact:
        words += " " + _("Hãy liên hệ trực tiếp: %(contact)s.") % {"contact": contact}
    return words


def _remind(
    round_: Round, agency: Agency, count: int, people: list[Person], note: str, by: Person
) -> Reminder:
    reminder = Reminder.objects.create(round=round_, agency=agency, by=by, note=note)
    tell(
        people,
        kind="duty.reminder",
        facts={
            "officer": by.full_name,
            "agency": agency.name_vi,
            "count": count,
            "period": round_.period,
            "note": note,
        },
        path=reverse("work"),
    )
    record(
        by=by,
        action="duty.reminded",
        target=reminder,
        agency=agency,
        after={"duties": count, "note": note},
    )
    return reminder
