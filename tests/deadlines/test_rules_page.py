"""/dieu-hanh/quy-dinh/: every limit, in words, with its clause."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Agency
from deadlines.actions.rules import replace
from deadlines.models import LegalRule
from tests import factories as make
from tests.deadlines.moments import at
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/dieu-hanh/quy-dinh/"
QUERIES = 7


def test_each_rule_with_its_limit_clause_and_validity(client: Client, authority: Agency):
    client.force_login(make.person("ict_officer", authority))
    page = markup(client.get(PAGE))
    assert "15 ngày, không tính ngày đầu" in page
    assert "trước ngày 31/12 hằng năm" in page
    assert "điểm b khoản 1 Điều 4 Quyết định 22/2023/QĐ-UBND" in page
    assert "Đang tắt" in page  # the limit of NĐ 194/2025, kept but not applied
    assert page.count("<h2 id=") == LegalRule.objects.values("code").distinct().count()
    assert "/thay/" not in page


def test_a_leader_may_replace_the_last_row_of_each(client: Client, authority: Agency):
    leader = make.person("ict_leader", authority)
    old = LegalRule.objects.get(code="quarterly_update")
    with at("2026-10-05"):
        new, _moved = replace(rule=old, valid_from=date(2027, 1, 1), number=10, by=leader)
        client.force_login(leader)
        page = markup(client.get(PAGE))
    assert reverse("rule_replace", args=[new.pk]) in page
    assert reverse("rule_replace", args=[old.pk]) not in page
    assert "10 ngày, không tính ngày đầu" in page
    assert "Không có hiệu lực hôm nay" in page


def test_an_agency_is_refused(client: Client, law: None):
    client.force_login(make.person("approver"))
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("more", [0, 4])
def test_the_number_of_queries_does_not_grow(
    client: Client, authority: Agency, django_assert_num_queries: Any, more: int
):
    leader = make.person("ict_leader", authority)
    rule = LegalRule.objects.get(code="quarterly_update")
    for number in range(more):
        rule, _moved = replace(
            rule=rule, valid_from=date(2028 + number, 1, 1), number=5 + number, by=leader
        )
    client.force_login(leader)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE)
