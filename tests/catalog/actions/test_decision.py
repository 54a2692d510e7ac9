"""The approver decides: publish, return, withdraw."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import override_settings

from accounts.models import AuditEvent, Membership, Notice
from accounts.permissions import Forbidden, NotFound, SecondFactorMissing
from catalog.actions import decision
from catalog.models import Dataset, Release, Resource
from catalog.states import ReleaseState
from tests import factories as make

pytestmark = pytest.mark.django_db
REASON = "Thiếu số liệu của ba xã miền núi."


def test_publish_makes_the_data_public():
    release = make.published()
    dataset = Dataset.objects.get()
    assert dataset.state == Dataset.State.PUBLISHED
    assert (dataset.latest_period, dataset.latest_row_count) == (release.period, 3)
    assert dataset.formats == ["csv"]
    assert Resource.objects.get().latest_release == release
    assert Notice.objects.filter(kind="release.published", person=release.uploaded_by).exists()


def test_publish_fixes_the_data_dictionary():
    make.published()
    columns = Resource.objects.get().columns
    assert [column["name"] for column in columns][:2] == ["ma_xa", "ten_xa"]
    assert columns[0]["label"] == "Mã xã"


def test_titles_given_before_the_first_file_stay_when_it_has_keys_only():
    table = make.dataset().resources.get()
    table.columns = [{"name": "ten_xa", "label": "Tên xã", "type": "text", "unit": ""}]
    table.save(update_fields=["columns"])
    rows = [{"ten_xa": f"Xã {n}", "so_ho": n} for n in range(5)]
    release = make.published(of=table, content=json.dumps(rows), name="ho.json")
    assert [column["label"] for column in release.columns] == ["ten_xa", "so_ho"]
    assert [column["label"] for column in Resource.objects.get().columns] == ["Tên xã", "so_ho"]


def test_publish_supersedes_the_earlier_release():
    first = make.published()
    second = make.published(of=first.resource, content=make.GOOD_CSV + '00126,Nam Đàn,4,"1,0",\n')
    first.refresh_from_db()
    assert (first.state, second.state) == (ReleaseState.SUPERSEDED, ReleaseState.PUBLISHED)
    assert Dataset.objects.get().latest_row_count == 4


def test_an_older_period_does_not_become_the_latest():
    newest = make.published()
    older = newest.as_period.previous().code
    make.published(of=newest.resource, period=older)
    assert Dataset.objects.get().latest_period == newest.period


def test_return_needs_a_reason():
    release = make.release_at(ReleaseState.SUBMITTED)
    approver = make.person("approver", release.resource.dataset.agency)
    with pytest.raises(ValidationError, match="lý do"):
        decision.return_to_agency(release=release, reason=" ngắn ", by=approver)
    decision.return_to_agency(release=release, reason=REASON, by=approver)
    release.refresh_from_db()
    assert (release.state, release.decision_reason) == (ReleaseState.RETURNED, REASON)
    notice = Notice.objects.get(kind="release.returned")
    assert notice.facts["reason"] == REASON


def test_withdraw_takes_the_period_back():
    newest = make.published()
    older = make.published(of=newest.resource, period=newest.as_period.previous().code)
    approver = make.person("approver", newest.resource.dataset.agency)
    decision.withdraw(release=newest, reason=REASON, by=approver)
    assert Dataset.objects.get().latest_period == older.period


def test_submitter_does_not_decide():
    release = make.release_at(ReleaseState.SUBMITTED)
    Membership.objects.create(
        person=release.submitted_by, agency=release.resource.dataset.agency, role_code="approver"
    )
    submitter = type(release.submitted_by).objects.get(pk=release.submitted_by_id)
    with pytest.raises(ValidationError, match="tự phê duyệt"):
        decision.publish(release=release, by=submitter)


def test_the_database_refuses_a_self_approval_too():
    release = make.release_at(ReleaseState.SUBMITTED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(
            decided_by=release.submitted_by, decided_at=release.submitted_at
        )


def test_publish_twice_is_refused():
    release = make.published()
    approver = make.person("approver", release.resource.dataset.agency)
    with pytest.raises(ValidationError, match="Đã công bố"):
        decision.publish(release=release, by=approver)
    assert AuditEvent.objects.filter(action="release.publish").count() == 1


def test_publish_refuses_a_contributor():
    release = make.release_at(ReleaseState.SUBMITTED)
    other = make.person("contributor", release.resource.dataset.agency)
    with pytest.raises(Forbidden):
        decision.publish(release=release, by=other)


def test_publish_refuses_another_agency():
    release = make.release_at(ReleaseState.SUBMITTED)
    with pytest.raises(NotFound):
        decision.publish(release=release, by=make.person("approver"))


@override_settings(REQUIRE_2FA=True)
def test_publish_needs_a_second_factor():
    release = make.release_at(ReleaseState.SUBMITTED)
    approver = make.person("approver", release.resource.dataset.agency)
    with pytest.raises(SecondFactorMissing):
        decision.publish(release=release, by=approver)
    release.refresh_from_db()
    assert release.state == ReleaseState.SUBMITTED
