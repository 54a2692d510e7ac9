"""Where a digest leads: to one's own work, or to the desk of those who watch over all of it."""

import pytest

from accounts.models import Notice
from deadlines.actions.sweep import sweep
from tests import factories as make
from tests.deadlines.desk import Desk
from tests.deadlines.moments import at

pytestmark = pytest.mark.django_db


def test_each_is_led_to_their_own_desk(desk: Desk):
    staff = make.person("contributor", desk.silent)
    with at("2026-10-21"):
        sweep()
    paths = dict(Notice.objects.filter(kind="duty.digest").values_list("person", "path"))
    assert paths[staff.pk] == "/lam-viec/"
    assert paths[desk.leader.pk] == paths[desk.officer.pk] == "/dieu-hanh/tien-do/"
