"""The public register of connections: who uses whose data, since when, on what ground (Đ18.3)."""

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from core import clock
from sharing.models import ConnectionAccount
from sharing.selectors.words import with_words
from sharing.states import AccountState

LIVING, SUSPENDED, OVER, ALL = "", "tam-dung", "da-ket-thuc", "tat-ca"


def connections(*, which: str = LIVING, text: str = "") -> QuerySet[ConnectionAccount]:
    """By the name of who uses them. `text`: words of agency, service, owner or ground."""
    found = ConnectionAccount.objects.filter(_which(which))
    if text:
        names = ("agency__name_vi", "service__title_vi", "service__owner__name_vi", "ground")
        found = found.filter(pk__in=with_words(found, text, *names))
    title = "service__title_en" if get_language() == "en" else "service__title_sort"
    return found.select_related("agency", "service__owner").order_by(
        "agency__name_sort", title, "pk"
    )


def _which(which: str) -> Q:
    """What has passed its last day is over, whether or not the sweep has been there."""
    over = Q(state__in=[AccountState.ENDED, AccountState.EXPIRED])
    over |= Q(valid_to__lt=clock.today())
    groups = {SUSPENDED: ~over & Q(state=AccountState.SUSPENDED), OVER: over, ALL: Q()}
    return groups.get(which, ~over)
