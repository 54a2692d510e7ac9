"""What happened to a duty, from the audit trail."""

from django.db.models import Q

from accounts.audit_lists import Line, in_words
from accounts.models import AuditEvent
from deadlines.models import Duty


def history_of(duty: Duty) -> list[Line]:
    """Every event of the duty and of what was asked about it, the newest first."""
    petitions = [str(pk) for pk in duty.petitions.values_list("pk", flat=True)]
    own = Q(object_type="duty", object_id=str(duty.pk))
    asked = Q(object_type="petition", object_id__in=petitions)
    return list(in_words(AuditEvent.objects.filter(own | asked).order_by("-id")))
