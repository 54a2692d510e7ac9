"""An agency delivers a file: upload, check, submit, recall, discard."""

import pytest
from django.core.exceptions import ValidationError

from accounts.models import AuditEvent, Notice
from accounts.permissions import Forbidden, NotFound
from catalog.actions import checking, delivery
from catalog.models import Dataset, Release
from catalog.states import ReleaseState
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_upload_queues_a_check():
    table = make.dataset().resources.get()
    sender = make.person("contributor", table.dataset.agency)
    release = delivery.upload(
        resource=table, period_code=make.last_period(table), file=make.incoming(), by=sender
    )
    assert release.state == ReleaseState.CHECKING
    assert release.number == 1
    assert release.file_size == len(make.GOOD_CSV.encode())
    actions = AuditEvent.objects.filter(object_id=str(release.pk)).values_list("action", flat=True)
    assert set(actions) == {"release.uploaded", "release.check"}


def test_check_reads_the_file():
    release = make.release_at(ReleaseState.READY)
    assert release.row_count == 3
    assert [(c["name"], c["type"]) for c in release.columns] == [
        ("ma_xa", "text"),
        ("ten_xa", "text"),
        ("so_truong", "integer"),
        ("ti_le", "number"),
        ("ngay_bao_cao", "date"),
    ]
    assert Notice.objects.filter(kind="release.ready", person=release.uploaded_by).exists()


def test_check_twice_changes_nothing():
    release = make.release_at(ReleaseState.READY)
    checking.check(release.pk)
    again = Release.objects.get(pk=release.pk)
    assert (again.state, again.folder) == (ReleaseState.READY, release.folder)


def test_unreadable_file_needs_fixing():
    release = make.release_at(ReleaseState.NEEDS_FIXING)
    assert release.reading["unreadable"]["code"]
    assert release.error_count == 1


def test_wrong_cell_needs_fixing():
    first = make.published()
    release = make.release_at(ReleaseState.NEEDS_FIXING, of=first.resource, content=make.BAD_CSV)
    wrong = [p for p in release.reading["problems"] if p["rule"] == "wrong_type"]
    assert [(p["row"], p["value"]) for p in wrong] == [(3, "tám")]


def test_same_file_again_is_the_same_release():
    release = make.release_at(ReleaseState.READY)
    again = delivery.upload(
        resource=release.resource,
        period_code=release.period,
        file=make.incoming(),
        by=release.uploaded_by,
    )
    assert again == release
    assert Release.objects.count() == 1


def test_another_file_replaces_the_one_in_preparation():
    release = make.release_at(ReleaseState.READY)
    newer = delivery.upload(
        resource=release.resource,
        period_code=release.period,
        file=make.incoming(make.GOOD_CSV + '00126,Nam Đàn,4,"1,0",30/09/2026\n'),
        by=release.uploaded_by,
    )
    release.refresh_from_db()
    assert (release.state, newer.state, newer.number) == (
        ReleaseState.DISCARDED,
        ReleaseState.CHECKING,
        2,
    )


def test_submitted_release_is_not_replaced():
    release = make.release_at(ReleaseState.SUBMITTED)
    with pytest.raises(ValidationError, match="đang chờ duyệt"):
        delivery.upload(
            resource=release.resource,
            period_code=release.period,
            file=make.incoming("khác\n1\n"),
            by=release.uploaded_by,
        )


def test_recall_gives_it_back():
    release = make.release_at(ReleaseState.SUBMITTED)
    delivery.recall(release=release, by=release.uploaded_by)
    release.refresh_from_db()
    assert (release.state, release.submitted_by) == (ReleaseState.READY, None)


def test_submit_tells_the_approvers():
    table = make.dataset().resources.get()
    approver = make.person("approver", table.dataset.agency)
    make.release_at(ReleaseState.SUBMITTED, of=table, approver=approver)
    assert Notice.objects.filter(kind="release.submitted", person=approver).count() == 1


@pytest.mark.parametrize("period", ["2026Q5", "2026-09", "2031Q1", ""])
def test_upload_refuses_a_wrong_period(period):
    table = make.dataset().resources.get()
    sender = make.person("contributor", table.dataset.agency)
    with pytest.raises(ValidationError):
        delivery.upload(resource=table, period_code=period, file=make.incoming(), by=sender)


def test_upload_refuses_an_empty_file():
    table = make.dataset().resources.get()
    sender = make.person("contributor", table.dataset.agency)
    with pytest.raises(ValidationError, match="Tệp rỗng"):
        delivery.upload(
            resource=table, period_code=make.last_period(table), file=make.incoming(""), by=sender
        )


def test_upload_refuses_a_file_over_the_limit():
    table = make.dataset().resources.get()
    sender = make.person("contributor", table.dataset.agency)
    file = make.incoming()
    file.too_large = True
    with pytest.raises(ValidationError, match="giới hạn"):
        delivery.upload(resource=table, period_code=make.last_period(table), file=file, by=sender)


def test_upload_refuses_a_described_only_dataset():
    dataset = make.dataset(access=Dataset.Access.SHARED)
    Dataset.objects.filter(pk=dataset.pk).update(access=Dataset.Access.LISTED)
    table = dataset.resources.select_related("dataset").get()
    sender = make.person("contributor", dataset.agency)
    with pytest.raises(ValidationError, match="thông tin mô tả"):
        delivery.upload(
            resource=table, period_code=make.last_period(table), file=make.incoming(), by=sender
        )


def test_upload_refuses_another_agency():
    table = make.dataset().resources.get()
    with pytest.raises(NotFound):
        delivery.upload(
            resource=table,
            period_code=make.last_period(table),
            file=make.incoming(),
            by=make.person("contributor"),
        )


def test_upload_refuses_another_role():
    table = make.dataset().resources.get()
    with pytest.raises(Forbidden):
        delivery.upload(
            resource=table,
            period_code=make.last_period(table),
            file=make.incoming(),
            by=make.person("approver", table.dataset.agency),
        )


def test_submit_refuses_what_needs_fixing():
    release = make.release_at(ReleaseState.NEEDS_FIXING)
    with pytest.raises(ValidationError):
        delivery.submit(release=release, by=release.uploaded_by)


def test_nothing_visible_while_checking():
    release = make.release_at(ReleaseState.CHECKING)
    release.resource.dataset.refresh_from_db()
    assert (release.row_count, release.folder) == (None, "")
    assert release.resource.dataset.state == Dataset.State.DRAFT
