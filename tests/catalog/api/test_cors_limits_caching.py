"""Any origin may ask; so many times a minute; and need not be sent again what it has."""

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import ConnectionError as NoRedis

from catalog.actions import decision
from catalog.actions import resource as resource_actions
from core import clock
from tests import factories as make
from tests.catalog.api.conftest import SCHOOLS, Api

NOON = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)
ADDRESSES = ("rows", "profile", "schema", "openapi.json", "releases/")


# --- Other origins ----------------------------------------------------------------


def test_any_origin_may_read(schools: Api):
    for name in ADDRESSES:
        response = schools.get(name=name, origin="https://khac.example")
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        exposed = response.headers["Access-Control-Expose-Headers"]
        assert {"Link", "ETag", "RateLimit", "RateLimit-Policy", "Retry-After"} <= set(
            exposed.split(", ")
        )
        assert "Access-Control-Allow-Credentials" not in response.headers
        assert not response.cookies


def test_refusals_may_be_read_too(schools: Api):
    assert schools.get("sort=x").headers["Access-Control-Allow-Origin"] == "*"
    assert schools.client.get("/api/v1/datasets/x/").headers["Access-Control-Allow-Origin"] == "*"


def test_preflight(schools: Api, django_assert_num_queries):
    for name in ADDRESSES:
        with django_assert_num_queries(0):
            response = schools.client.options(
                schools.path(name),
                headers={"origin": "https://khac.example", "access-control-request-method": "GET"},
            )
        assert response.status_code == 204
        assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
        assert "RateLimit" not in response.headers


# --- Limits -----------------------------------------------------------------------


def test_the_minute_is_told_and_ends(schools: Api, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    with clock.set_to(NOON + timedelta(seconds=20)):
        first, second, third = schools.get(), schools.get("sort=x"), schools.get()
    assert first.headers["RateLimit-Policy"] == '"minute";q=2;w=60'
    assert first.headers["RateLimit"] == '"minute";r=1;t=41'
    assert second.headers["RateLimit"] == '"minute";r=0;t=41'
    assert third.status_code == 429
    assert third.headers["Retry-After"] == "41"
    assert third.headers["RateLimit"] == '"minute";r=0;t=41'
    assert third.json()["type"].endswith("#loi-too-many-requests")
    assert "2 yêu cầu" in third.json()["detail"]
    with clock.set_to(NOON + timedelta(seconds=61)):
        assert schools.get().status_code == 200


def test_all_addresses_count_together(schools: Api, settings):
    settings.API_REQUESTS_PER_MINUTE = len(ADDRESSES)
    with clock.set_to(NOON):
        for name in ADDRESSES:
            assert schools.get(name=name).status_code == 200
        assert schools.client.get("/api/v1/datasets/").status_code == 429


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("203.0.113.5", "203.0.113.6", False),
        ("2001:db8:1:2::5", "2001:db8:1:2:ffff::6", True),
        ("2001:db8:1:2::5", "2001:db8:1:3::5", False),
    ],
)
def test_callers_are_told_apart(schools: Api, settings, one: str, other: str, together: bool):
    """Of an IPv6 network, whose addresses one customer has all, the callers count together."""
    settings.API_REQUESTS_PER_MINUTE = 1
    with clock.set_to(NOON):
        assert Client(REMOTE_ADDR=one).get(schools.rows_path).status_code == 200
        status = Client(REMOTE_ADDR=other).get(schools.rows_path).status_code
    assert status == (429 if together else 200)


def test_the_caller_stands_before_our_proxies(schools: Api, settings):
    settings.API_REQUESTS_PER_MINUTE = 1
    settings.PROXIES = 1
    with clock.set_to(NOON):
        for address, status in (
            ("198.51.100.1", 200),
            ("198.51.100.2", 200),
            ("198.51.100.1", 429),
        ):
            claimed = {"x-forwarded-for": f"192.0.2.{status % 7}, {address}"}
            assert schools.client.get(schools.rows_path, headers=claimed).status_code == status


def test_no_limit(schools: Api, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    response = schools.get()
    assert response.status_code == 200
    assert "RateLimit" not in response.headers


def test_without_redis_each_process_counts_for_itself(schools: Api, monkeypatch, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    monkeypatch.setattr(type(cache._connections["default"]), "incr", Mock(side_effect=NoRedis))
    with clock.set_to(clock.now() + timedelta(hours=1)):
        assert [schools.get().status_code for _ in range(3)] == [200, 200, 429]
    with clock.set_to(clock.now() + timedelta(hours=1, minutes=1)):
        assert schools.get().status_code == 200


# --- Answers kept -----------------------------------------------------------------


def test_an_answer_that_has_not_changed_is_not_sent_again(schools: Api, monkeypatch):
    for name in ("rows", "profile", "schema", "openapi.json"):
        first = schools.get(name=name)
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert schools.get(name=name, if_none_match=first.headers["ETag"]).status_code == 304
        modified = first.headers["Last-Modified"]
        assert schools.get(name=name, if_modified_since=modified).status_code == 304
        assert schools.get(name=name, if_none_match='"another"').status_code == 200


def test_an_unchanged_answer_never_touches_the_table(schools: Api, monkeypatch):
    etag = schools.get("sort=huyen").headers["ETag"]
    touched = Mock(side_effect=AssertionError)
    monkeypatch.setattr("catalog.api.rows.rows", touched)
    unchanged = schools.get("sort=huyen", if_none_match=etag)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged.headers["ETag"] == etag
    assert not touched.called


def test_another_question_format_or_language_is_another_answer(schools: Api):
    questions = ("", "sort=huyen", "page[size]=2", "format=csv", "lang=en", "shape=arrays")
    answers = [schools.get(query) for query in questions]
    answers += [schools.get("", accept="text/csv"), schools.get("", accept_language="en")]
    assert len({answer.headers["ETag"] for answer in answers}) == len(answers)
    for answer in answers:
        assert b"".join(answer)
        assert {"Accept", "Accept-Language"} <= set(answer.headers["Vary"].split(", "))


def test_a_new_period_and_a_withdrawal_change_the_answer(schools: Api):
    first = schools.get()
    table = schools.release.resource
    newer = make.published(of=table, content=SCHOOLS, period="2026Q1")
    second = schools.get("", if_none_match=first.headers["ETag"])
    assert second.status_code == 200  # the periods there are have changed
    decision.withdraw(
        release=newer,
        reason="Số liệu chưa khớp.",
        by=make.person("approver", table.dataset.agency),
    )
    third = schools.get("", if_none_match=second.headers["ETag"])
    assert third.status_code == 200


def test_another_word_in_the_dictionary_changes_the_answer(schools: Api):
    first = schools.get()
    table = schools.release.resource
    resource_actions.describe_columns(
        resource=table,
        descriptions={"ten_xa": {"label": "Xã, phường"}},
        key_columns=[],
        by=make.person("contributor", table.dataset.agency),
    )
    second = schools.get("", if_none_match=first.headers["ETag"])
    assert second.status_code == 200
    assert second.json()["meta"]["columns"][1]["label"] == "Xã, phường"


def test_last_modified_never_goes_back(schools: Api):
    """After a withdrawal the newest period is an older one; whoever kept the newer must not be told 304."""
    table = schools.release.resource
    with clock.set_to(clock.now() + timedelta(hours=1)):
        newer = make.published(of=table, content=SCHOOLS, period="2026Q2")
    before = schools.get("period=all").headers["Last-Modified"]
    with clock.set_to(clock.now() + timedelta(hours=2)):
        decision.withdraw(
            release=newer,
            reason="Số liệu chưa khớp.",
            by=make.person("approver", table.dataset.agency),
        )
    assert schools.get("period=all", if_modified_since=before).status_code == 200


def test_cookies_make_no_difference(schools: Api):
    """Also to somebody who has signed in: caches between need not tell visitors apart."""
    plain = schools.get()
    schools.client.force_login(
        make.person("contributor"), backend="django.contrib.auth.backends.ModelBackend"
    )
    schools.client.cookies["django_language"] = "en"
    for path in (schools.rows_path, "/api/v1/datasets/"):
        response = schools.client.get(path)
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in response.headers["Vary"]
        assert response.headers["Content-Language"] == "vi"
    assert schools.get().headers["ETag"] == plain.headers["ETag"]


def test_problems_are_kept_by_nobody(schools: Api):
    assert schools.get("sort=x").headers["Cache-Control"] == "no-store"
