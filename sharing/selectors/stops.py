"""Planned stops: what is announced and not over (Đ43 NĐ47)."""

from django.db.models import QuerySet

from sharing.models import PlannedStop, SharingService


def announced_stops(service: SharingService | None = None) -> QuerySet[PlannedStop]:
    """Those to come and those that last, of one service or of all, the nearest first."""
    stops = PlannedStop.objects.filter(cancelled_at__isnull=True, ended_at__isnull=True)
    if service is not None:
        stops = stops.filter(service=service)
    return stops.select_related("service__owner").order_by("begins_on", "pk")


def past_stops() -> QuerySet[PlannedStop]:
    """Those that are over or were called off, the latest first."""
    return PlannedStop.objects.exclude(
        cancelled_at__isnull=True, ended_at__isnull=True
    ).select_related("service__owner", "announced_by")
