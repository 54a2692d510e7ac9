"""The officers' desk under /dieu-hanh/, the leaders' page under /lanh-dao/."""

from datetime import date

from django.urls import path, register_converter

from deadlines.views import leader
from deadlines.views.office import calendar, lifting, petitions, progress, reminding, rules


class IsoDay:
    """A day in an address: 2026-10-16. No address for what is no date."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, text: str) -> date:
        return date.fromisoformat(text)

    def to_url(self, day: date) -> str:
        return day.isoformat()


register_converter(IsoDay, "day")

urlpatterns = [
    path("dieu-hanh/tien-do/", progress.office_progress, name="office_progress"),
    path("dieu-hanh/tien-do/qua-han/", progress.office_overdue, name="office_overdue"),
    path("dieu-hanh/tien-do/<str:period>/nhac/", reminding.remind_all, name="remind_all"),
    path(
        "dieu-hanh/tien-do/<str:period>/<slug:slug>/", progress.office_agency, name="office_agency"
    ),
    path("dieu-hanh/tien-do/<str:period>/<slug:slug>/nhac/", reminding.remind, name="remind"),
    path("dieu-hanh/nghia-vu/<int:duty_id>/gia-han/", lifting.extend, name="duty_extend"),
    path("dieu-hanh/nghia-vu/<int:duty_id>/mien/", lifting.waive, name="duty_waive"),
    path("dieu-hanh/de-nghi/", petitions.petitions, name="petitions"),
    path("dieu-hanh/lich/", calendar.calendar, name="calendar"),
    path("dieu-hanh/lich/them/", calendar.calendar_add, name="calendar_add"),
    path("dieu-hanh/lich/<day:day>/", calendar.calendar_edit, name="calendar_edit"),
    path("dieu-hanh/lich/<day:day>/xoa/", calendar.calendar_remove, name="calendar_remove"),
    path("dieu-hanh/quy-dinh/", rules.rules, name="rules"),
    path("dieu-hanh/quy-dinh/<int:rule_id>/thay/", rules.rule_replace, name="rule_replace"),
    path("lanh-dao/", leader.leader, name="leader"),
]
