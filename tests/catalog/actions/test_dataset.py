"""Registering, changing, renaming and withdrawing datasets."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import AuditEvent, Person
from accounts.permissions import Forbidden, NotFound
from catalog.actions import dataset as actions
from catalog.models import Dataset, DatasetAddress
from core import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
REASON = "Dữ liệu đã chuyển sang cơ sở dữ liệu quốc gia."


def change(dataset: Dataset, by: Person, **facts: object) -> Dataset:
    return actions.change(dataset=dataset, facts=facts, topics=list(dataset.topics.all()), by=by)


def test_register_makes_a_draft():
    dataset = make.dataset("Cơ sở khám bệnh")
    assert (dataset.slug, dataset.state) == ("co-so-kham-benh", Dataset.State.DRAFT)
    assert AuditEvent.objects.filter(action="dataset.registered").count() == 1


def test_same_title_gets_another_address():
    make.dataset("Cơ sở khám bệnh")
    assert make.dataset("Cơ sở khám bệnh").slug == "co-so-kham-benh-2"


def test_no_dataset_takes_the_address_of_a_page():
    assert make.dataset("Mới").slug == "moi-2"


def test_change_records_what_changed():
    dataset = make.dataset()
    contributor = make.person("contributor", dataset.agency)
    change(dataset, contributor, title_vi="Tên mới")
    event = AuditEvent.objects.get(action="dataset.changed")
    assert event.before["title_vi"] == "Trường học theo xã"
    assert event.after["title_vi"] == "Tên mới"


def test_change_of_nothing_leaves_no_trace():
    dataset = make.dataset()
    change(dataset, make.person("contributor", dataset.agency), title_vi=dataset.title_vi)
    assert not AuditEvent.objects.filter(action="dataset.changed").exists()


def test_rename_keeps_the_old_address():
    dataset = make.published().resource.dataset
    officer = make.person("ict_officer")
    old = dataset.slug
    renamed = actions.rename(dataset=dataset, slug="ten-moi", by=officer)
    assert renamed.slug == "ten-moi"
    assert DatasetAddress.objects.get(slug=old).dataset == dataset


def test_rename_back_frees_the_address():
    dataset = make.dataset()
    officer = make.person("ict_officer")
    old = dataset.slug
    actions.rename(dataset=dataset, slug="ten-moi", by=officer)
    actions.rename(dataset=Dataset.objects.get(), slug=old, by=officer)
    assert set(DatasetAddress.objects.values_list("slug", flat=True)) == {"ten-moi"}


def test_rename_refuses_an_address_in_use():
    first, second = make.dataset("Một"), make.dataset("Hai")
    officer = make.person("ict_officer")
    actions.rename(dataset=first, slug="mot-moi", by=officer)
    for taken in ("mot", "mot-moi"):
        with pytest.raises(ValidationError, match="đã dùng"):
            actions.rename(dataset=second, slug=taken, by=officer)


def test_rename_refuses_the_agency_itself():
    dataset = make.dataset()
    with pytest.raises(Forbidden):
        actions.rename(
            dataset=dataset, slug="ten-moi", by=make.person("contributor", dataset.agency)
        )


def test_withdraw_keeps_date_and_reason():
    dataset = make.published().resource.dataset
    approver = make.person("approver", dataset.agency)
    withdrawn = actions.withdraw(dataset=dataset, reason=REASON, by=approver)
    assert withdrawn.withdrawn_at is not None
    assert withdrawn.withdrawal_reason == REASON
    with pytest.raises(ValidationError):
        actions.withdraw(dataset=dataset, reason=REASON, by=approver)


def test_withdraw_refuses_a_draft():
    dataset = make.dataset()
    with pytest.raises(ValidationError, match="đang công bố"):
        actions.withdraw(dataset=dataset, reason=REASON, by=make.person("approver", dataset.agency))


def test_the_database_refuses_a_withdrawal_without_reason():
    dataset = make.published().resource.dataset
    with pytest.raises(IntegrityError), transaction.atomic():
        Dataset.objects.filter(pk=dataset.pk).update(state="withdrawn", withdrawn_at=clock.now())


def test_description_of_a_shared_dataset_is_published_by_the_approver():
    dataset = make.dataset(access=Dataset.Access.SHARED)
    approver = make.person("approver", dataset.agency)
    assert actions.publish_description(dataset=dataset, by=approver).state == "published"


def test_description_of_open_data_is_not_published_alone():
    dataset = make.dataset()
    with pytest.raises(ValidationError, match="kỳ dữ liệu đầu tiên"):
        actions.publish_description(dataset=dataset, by=make.person("approver", dataset.agency))


def test_register_refuses_another_agency():
    owner = make.agency()
    with pytest.raises(NotFound):
        make.dataset(at=owner, by=make.person("contributor"))
