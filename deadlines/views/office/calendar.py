"""/dieu-hanh/lich/: the working-day calendar of a year, kept by officers after the notices."""

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from accounts.answers import carry_out, sent
from accounts.permissions import NotFound, check_permission
from accounts.roles import Permission
from core import clock
from deadlines.actions.calendar import remove_day, set_day
from deadlines.forms.office import CalendarDayForm, RemoveDayForm
from deadlines.loaders import calendar_day_for
from deadlines.selectors.law_pages import calendar_of, calendar_years

# Refusals of the actions by the field they belong to.
FIELDS = {"document": "document", "kind": "kind"}


@require_GET
def calendar(request: HttpRequest) -> HttpResponse:
    """?nam=2026; this year when none is given."""
    check_permission(request.user, Permission.SEE_PROGRESS)
    years = calendar_years()
    asked = request.GET.get("nam", "") or str(clock.today().year)
    year = next((one for one in years if str(one) == asked), None)
    if year is None:
        raise NotFound
    context = {"calendar": calendar_of(year), "years": years}
    return render(request, "deadlines/office/calendar.html", context)


@require_http_methods(["GET", "POST"])
def calendar_add(request: HttpRequest) -> HttpResponse:
    person = check_permission(request.user, Permission.EDIT_CALENDAR)
    form = CalendarDayForm(sent(request))
    save = lambda: set_day(by=person, **form.cleaned_data)  # noqa: E731
    if _saved(request, form, save, _("Đã thêm ngày vào lịch.")):
        return redirect(_page_of(form.cleaned_data["day"]))
    context = {"form": form, "year": clock.today().year}
    return render(request, "deadlines/office/calendar_day.html", context)


@require_http_methods(["GET", "POST"])
def calendar_edit(request: HttpRequest, day: date) -> HttpResponse:
    row = calendar_day_for(request.user, day, Permission.EDIT_CALENDAR)
    person = check_permission(request.user, Permission.EDIT_CALENDAR)
    form = CalendarDayForm(sent(request), known=row)
    save = lambda: set_day(day=day, by=person, **form.cleaned_data)  # noqa: E731
    if _saved(request, form, save, _("Đã lưu thay đổi.")):
        return redirect(_page_of(day))
    context = {"form": form, "row": row, "year": day.year}
    return render(request, "deadlines/office/calendar_day.html", context)


@require_http_methods(["GET", "POST"])
def calendar_remove(request: HttpRequest, day: date) -> HttpResponse:
    row = calendar_day_for(request.user, day, Permission.EDIT_CALENDAR)
    person = check_permission(request.user, Permission.EDIT_CALENDAR)
    form = RemoveDayForm(sent(request))
    save = lambda: remove_day(day=day, by=person, **form.cleaned_data)  # noqa: E731
    if _saved(request, form, save, _("Đã xoá ngày khỏi lịch.")):
        return redirect(_page_of(day))
    context = {"form": form, "row": row, "year": day.year}
    return render(request, "deadlines/office/calendar_remove.html", context)


def moved_words(count: int) -> str:
    """How many duties got another day by a change of the calendar or of a rule."""
    if not count:
        return _("Không nghĩa vụ nào đổi hạn.")
    return ngettext(
        "%(n)s nghĩa vụ được tính lại hạn.", "%(n)s nghĩa vụ được tính lại hạn.", count
    ) % {"n": count}


def _saved(request: HttpRequest, form: Form, save: Callable[[], int], said: str) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    moved = carry_out(form, save, fields=FIELDS)
    if moved is None:
        return False
    messages.success(request, f"{said} {moved_words(moved)}")
    return True


def _page_of(day: date) -> str:
    return f"{reverse('calendar')}?nam={day.year}"
