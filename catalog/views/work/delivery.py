"""Step 3 of 3: check the answers and hand the release to the approver."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.answers import carry_out, refusal_of, sent
from accounts.permissions import check_permission
from accounts.roles import Permission
from catalog import policies
from catalog.actions import delivery
from catalog.delivered import same_file_before
from catalog.explorer.comparison import compare
from catalog.findings import report_of
from catalog.forms.release import SubmitForm
from catalog.loaders import release_for
from catalog.work_lists import previous_release


def submit(request: HttpRequest, release_id: UUID) -> HttpResponse:
    release = release_for(request.user, release_id, Permission.UPLOAD_RELEASE)
    dataset = release.resource.dataset
    person = check_permission(request.user, Permission.UPLOAD_RELEASE, dataset.agency)
    same = same_file_before(release)
    form = SubmitForm(
        sent(request), has_warnings=bool(release.warning_count), is_unchanged=same is not None
    )
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        done = carry_out(form, lambda: delivery.submit(release=release, by=person, note=note))
        if done is not None:
            return redirect("release_receipt", release.pk)
    previous = previous_release(release)
    context = {
        "form": form,
        "release": release,
        "dataset": dataset,
        "report": report_of(release),
        "previous": previous,
        "comparisons": [compare(release, previous)] if previous and release.folder else [],
        "same": same,
        "blocked": refusal_of(lambda: policies.check_transition(release, "submit"))
        or refusal_of(lambda: policies.check_submittable(release)),
    }
    return render(request, "catalog/work/release_submit.html", context)
