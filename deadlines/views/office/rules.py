"""/dieu-hanh/quy-dinh/: the limits the portal counts by, and replacing one from a day on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.answers import carry_out, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from deadlines.actions.rules import replace
from deadlines.explanation import limit_words
from deadlines.forms.office import RuleForm
from deadlines.loaders import rule_for
from deadlines.selectors.law_pages import rules_by_code
from deadlines.views.office.calendar import moved_words


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    check_permission(request.user, Permission.SEE_PROGRESS)
    return render(request, "deadlines/office/rules.html", {"rules": rules_by_code()})


@require_http_methods(["GET", "POST"])
def rule_replace(request: HttpRequest, rule_id: int) -> HttpResponse:
    rule = rule_for(request.user, rule_id, Permission.DECIDE_DEADLINE)
    person = check_permission(request.user, Permission.DECIDE_DEADLINE)
    form = RuleForm(sent(request), rule=rule)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["valid_from"]
        done = carry_out(
            form,
            lambda: replace(rule=rule, valid_from=day, by=person, **form.facts()),
            fields={"valid_from": "valid_from"},
        )
        if done is not None:
            said = _("Đã thay quy định “%(rule)s” từ ngày %(day)s.") % {
                "rule": rule.title,
                "day": formats.date_format(day, "SHORT_DATE_FORMAT"),
            }
            messages.success(request, f"{said} {moved_words(done[1])}")
            return redirect("rules")
    context = {"form": form, "rule": rule, "limit": limit_words(rule.as_rule())}
    return render(request, "deadlines/office/rule_replace.html", context)
