"""The approver reads what was submitted and decides."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.answers import carry_out, refusal_of, sent
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import policies
from catalog.actions import decision
from catalog.delivered import duties_of, same_file_before
from catalog.explorer.comparison import compare
from catalog.findings import report_of
from catalog.forms.release import DecisionForm
from catalog.loaders import release_for
from catalog.models import Release
from catalog.views.work.rows import read_rows
from catalog.work_lists import previous_release, replaced_release, with_returns
from deadlines.period_words import period_name


def decide(request: HttpRequest, release_id: UUID) -> HttpResponse:
    """All rows, what changed since the last period; publish after confirming, or return with a reason."""
    release = release_for(request.user, release_id, Permission.DECIDE_RELEASE)
    agency = release.resource.dataset.agency
    person = check_permission(request.user, Permission.DECIDE_RELEASE, agency)
    form = _form(request)
    if request.method == "POST" and form.is_valid() and _decided(release, form, person):
        messages.success(request, _told(release, form.cleaned_data["decision"]))
        return redirect("approvals")
    return render(
        request, "catalog/work/release_decide.html", _context(request, release, person, form)
    )


def _form(request: HttpRequest) -> DecisionForm:
    """Who leafs on through the rows decides nothing yet, and keeps what is typed and ticked."""
    if request.method == "POST" and "decision" not in request.POST:
        kept = {"reason": request.POST.get("reason", ""), "seen": "seen" in request.POST}
        return DecisionForm(initial=kept)
    return DecisionForm(sent(request))


def _decided(release: Release, form: DecisionForm, person: Person) -> bool:
    reason = form.cleaned_data.get("reason", "")
    if form.cleaned_data["decision"] == DecisionForm.PUBLISH:
        return carry_out(form, lambda: decision.publish(release=release, by=person)) is not None
    done = carry_out(
        form,
        lambda: decision.return_to_agency(release=release, reason=reason, by=person),
        fields={"reason": "reason"},
    )
    return done is not None


def _told(release: Release, taken: str) -> str:
    facts = {
        "dataset": release.resource.dataset.title,
        "period": period_name(release.as_period),
    }
    if taken == DecisionForm.PUBLISH:
        return _("Đã công bố “%(dataset)s”, %(period)s.") % facts
    return _("Đã trả lại “%(dataset)s”, %(period)s; người nộp đã được báo.") % facts


def _context(
    request: HttpRequest, release: Release, person: Person, form: DecisionForm
) -> dict[str, Any]:
    """`blocked` is why this person cannot decide now, empty when nothing stands in the way."""
    waits = refusal_of(lambda: policies.check_transition(release, "publish"))
    own = refusal_of(lambda: policies.check_separate(release, person))
    earlier = [one for one in (replaced_release(release), previous_release(release)) if one]
    return {
        "form": form,
        "release": release,
        "dataset": release.resource.dataset,
        "report": report_of(release),
        "read": read_rows(release, request.GET.get("page")),
        "replaced": replaced_release(release),
        "duty": duties_of([release]).get(release.pk),
        "returns": with_returns(Release.objects.filter(pk=release.pk)).get(),
        "same": same_file_before(release),
        "comparisons": [compare(release, one) for one in earlier] if release.folder else [],
        "blocked": waits or own,
    }
