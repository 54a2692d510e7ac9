"""Endpoints elsewhere are looked at on schedule: what counts as up, who is told, what is kept."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from accounts.models import AuditEvent, Notice, OutboxMessage
from accounts.notices import body_of
from core import clock
from sharing import probe_words, tasks
from sharing.actions import probes, services, stops
from sharing.models import ServiceProbe, SharingService
from tests import factories as make
from tests.deadlines.moments import at
from tests.pulling import api as apis
from tests.pulling.api import Api
from tests.pulling.test_fetching import self_signed
from tests.sharing import made
from tests.sharing.made import Cast

pytestmark = pytest.mark.django_db
KINDS = ("service.not_answering", "service.answers_again")


@pytest.fixture
def api(settings: Any) -> Iterator[Api]:
    with apis.running() as running:
        settings.PULL_ALLOWED_PRIVATE_HOSTS = [running.host]
        settings.PULL_ALLOW_HTTP = True
        settings.SERVICE_PROBE_SECONDS = 5
        running.gives("{}", "application/json")
        yield running


def elsewhere(cast: Cast, endpoint: str, **facts: Any) -> SharingService:
    """An offered service at an address outside the portal."""
    where = {"place": SharingService.Place.EXTERNAL, "endpoint": endpoint, **facts}
    return made.service_of(cast, {}, **where)


def looked(service: SharingService, moment: str = "2026-11-28 09:00") -> ServiceProbe:
    with at(moment):
        found = probes.probe(service.pk)
    assert found is not None
    return found


def told(cast: Cast) -> list[str]:
    return list(cast.describer.notices.filter(kind__in=KINDS).values_list("kind", flat=True))


# --- What counts as up ------------------------------------------------------------


@pytest.mark.parametrize("place", ["external", "lgsp"])
def test_an_answer_is_up_with_its_time(cast: Cast, api: Api, place: str):
    found = looked(elsewhere(cast, api.url("/v1"), place=place))
    assert (found.ok, found.status, found.error) == (True, 200, "")
    assert found.milliseconds is not None
    assert [one.path for one in api.asked] == ["/v1"]


@pytest.mark.parametrize("status", [204, 301, 400, 401, 403, 404, 429, 499])
def test_whoever_asks_for_credentials_is_alive(cast: Cast, api: Api, status: int):
    api.answer = lambda handler: handler.give(b"", status=status)
    found = looked(elsewhere(cast, api.url()))
    assert (found.ok, found.status) == (True, status)


@pytest.mark.parametrize("status", [500, 502, 503, 599])
def test_what_the_server_fails_at_is_down(cast: Cast, api: Api, status: int):
    api.answer = lambda handler: handler.give(b"", status=status)
    found = looked(elsewhere(cast, api.url()))
    assert (found.ok, found.status, found.error) == (False, status, "server_error")
    assert str(status) in probe_words.sentence(found.error, found.status)


def failing(cast: Cast, endpoint: str) -> str:
    """The code of a look that finds nobody; it has its sentence."""
    found = looked(elsewhere(cast, endpoint))
    assert (found.ok, found.milliseconds) == (False, None)
    assert probe_words.sentence(found.error) != found.error
    return found.error


def test_too_slow(cast: Cast, api: Api, settings: Any):
    settings.SERVICE_PROBE_SECONDS = 1
    api.answer = lambda handler: time.sleep(3)
    assert failing(cast, api.url()) == "slow"


def test_no_http_and_nobody_there(cast: Cast, api: Api, settings: Any):
    api.answer = lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    assert failing(cast, api.url()) == "not_http"
    with apis.running() as gone:
        settings.PULL_ALLOWED_PRIVATE_HOSTS = [gone.host]
    assert failing(cast, gone.url()) == "unreachable"


def test_certificates(cast: Cast, api: Api, settings: Any, tmp_path: Path):
    certificate = tmp_path / "chung-thu.pem"
    certificate.write_bytes(self_signed("localhost"))
    assert failing(cast, f"https://{api.host}/") == "tls"
    with apis.running(certificate) as secure:
        secure.gives("{}")
        place = f"localhost:{secure.port}"
        settings.PULL_ALLOWED_PRIVATE_HOSTS = [place]
        service = elsewhere(cast, f"https://{place}/")
        assert looked(service).error == "certificate"
        settings.PULL_CA_FILE = str(certificate)
        assert looked(service, "2026-11-28 10:00").ok


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("http://127.0.0.1/", "private"),
        ("https://10.1.2.3/", "private"),
        ("http://169.254.169.254/latest/meta-data/", "private"),
        ("https://127.0.0.1:6379/", "port"),
        ("https://khong-co.invalid/", "unknown_host"),
        ("https://ten:mat-khau@dich-vu.example/", "password_in_address"),
        ("ftp://dich-vu.example/", "bad_address"),
    ],
)
def test_where_a_look_may_not_go(cast: Cast, api: Api, endpoint: str, code: str):
    assert failing(cast, endpoint) == code
    assert not api.asked


def test_without_tls_only_where_the_installation_allows_it(cast: Cast, api: Api, settings: Any):
    settings.PULL_ALLOW_HTTP = False
    assert failing(cast, api.url()) == "not_https"


def test_a_redirect_into_the_network_leads_nowhere(cast: Cast, api: Api):
    with apis.running() as inside:
        api.answer = lambda handler: handler.give(b"", status=302, Location=inside.url())
        assert looked(elsewhere(cast, api.url())).ok
        assert not inside.asked


# --- When -------------------------------------------------------------------------


def test_due_once_in_an_interval(cast: Cast, api: Api, settings: Any):
    settings.SERVICE_PROBE_MINUTES = 15
    service = elsewhere(cast, api.url())
    for moment, due in (("09:00", True), ("09:14", False), ("09:15", True)):
        with at(f"2026-11-28 {moment}"):
            assert (probes.due_services() == [service.pk]) is due
            assert (probes.probe(service.pk) is not None) is due
    assert len(api.asked) == 2


def test_only_what_is_on_offer_elsewhere(cast: Cast, api: Api):
    gateway = made.service(cast)
    facts = {name: getattr(gateway, name) for name in services.DESCRIBING}
    facts |= {"place": SharingService.Place.EXTERNAL, "endpoint": api.url()}
    draft = services.describe(owner=cast.owner, facts=facts, tables={}, by=cast.describer)
    closed = elsewhere(cast, api.url())
    services.close(service=closed, reason="Chuyển sang hệ thống khác.", by=cast.approver)
    assert probes.due_services() == []
    for service in (gateway, draft, closed):
        assert probes.probe(service.pk) is None
    assert not api.asked


def test_a_stop_announced_to_everybody_is_no_failure(cast: Cast, api: Api):
    with at("2026-11-02"):
        service = elsewhere(cast, api.url())
        days = {"begins_on": clock.today() + timedelta(days=30)}
        days["expected_back"] = days["begins_on"] + timedelta(days=2)
        stops.announce(service=service, reason="Nâng cấp máy chủ.", by=cast.officer, **days)
        assert probes.due_services() == [service.pk]
    with at("2026-12-02"):
        tasks.watch_terms()
        assert probes.due_services() == []
    with at("2026-12-04"):
        tasks.watch_terms()
        assert probes.due_services() == [service.pk]


def test_an_endpoint_changed_meanwhile_is_looked_at_anew(cast: Cast, api: Api):
    service = elsewhere(cast, api.url("/cu"))
    moved: list[int] = []

    def look(endpoint: str) -> probes.Seen:
        moved.append(SharingService.objects.update(endpoint=api.url("/moi")))
        return probes.Seen("slow")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(probes, "look", look)
        assert probes.probe(service.pk) is None
    assert moved
    assert not ServiceProbe.objects.exists()
    looked(service)
    assert api.asked[0].path == "/moi"


def test_killed_on_the_way_it_leaves_nothing(cast: Cast, api: Api):
    service = elsewhere(cast, api.url())

    def killed(*_given: Any, **_more: Any) -> Any:
        raise SystemExit

    for step in ("look", "_follow"):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(probes, step, killed)
            with pytest.raises(SystemExit):
                probes.probe(service.pk)
        assert not ServiceProbe.objects.exists()
        assert probes.due_services() == [service.pk]
    assert looked(service).ok


@pytest.mark.django_db(transaction=True)
def test_two_at_once_look_once(cast: Cast, api: Api):
    service = elsewhere(cast, api.url())
    others: list[ServiceProbe | None] = []

    def meanwhile(handler: apis.Handler) -> None:
        try:
            others.append(probes.probe(service.pk))
        finally:
            connection.close()
        handler.give(b"")

    api.answer = meanwhile
    assert looked(service).ok
    assert others == [None]
    assert ServiceProbe.objects.count() == len(api.asked) == 1


def test_the_round_asks_for_each_that_is_due(cast: Cast, api: Api, monkeypatch: pytest.MonkeyPatch):
    asked: list[Any] = []
    monkeypatch.setattr(
        tasks.probe_service, "apply_async", lambda args, **how: asked.append((args, how))
    )
    ids = [elsewhere(cast, api.url(path)).pk for path in ("/a", "/b")]
    tasks.probe_due()
    assert asked == [((pk,), {"expires": 60}) for pk in ids]
    for pk in ids:
        tasks.probe_service(pk)
    assert {one.path for one in api.asked} == {"/a", "/b"}
    assert tasks.probe_service.time_limit == tasks.LONGEST_LOOK


# --- Who is told ------------------------------------------------------------------


def story(service: SharingService, api: Api, answers: str) -> None:
    """One look after the other, a quarter of an hour apart: "+" answers, "-" fails."""
    begun = ServiceProbe.objects.count()
    for number, answer in enumerate(answers, begun):
        status = 200 if answer == "+" else 503
        api.answer = lambda handler, status=status: handler.give(b"", status=status)
        looked(service, f"2026-11-28 {9 + number // 4:02}:{15 * (number % 4):02}")


def test_the_third_failure_in_a_row_is_told_once_and_so_is_the_answer(cast: Cast, api: Api):
    service = elsewhere(cast, api.url())
    story(service, api, "--+--")
    assert told(cast) == []
    story(service, api, "-")
    assert told(cast) == ["service.not_answering"]
    story(service, api, "---")
    assert len(told(cast)) == 1
    story(service, api, "+")
    assert sorted(told(cast)) == sorted(KINDS)
    story(service, api, "+--")
    assert len(told(cast)) == 2
    service.refresh_from_db()
    assert service.failing_since is None


def test_the_words_say_since_when_and_what_to_do(cast: Cast, api: Api):
    service = elsewhere(cast, api.url(), title_vi="Tra cứu học bạ")
    story(service, api, "---+")
    down, back = (Notice.objects.get(kind=kind, person=cast.describer) for kind in KINDS)
    assert body_of(down) == (
        "Địa chỉ của dịch vụ “Tra cứu học bạ” không trả lời ba lần kiểm tra liền nhau, từ "
        "09:00 28/11/2026. Dịch vụ trả lời bằng mã lỗi 503. Hãy kiểm tra ứng dụng trên máy chủ. "
        "Kho dữ liệu báo lại khi dịch vụ trả lời."
    )
    assert "trở lại lúc 09:45 28/11/2026" in body_of(back)
    assert down.path.endswith(f"/ket-noi/dich-vu/{service.code}/")
    assert OutboxMessage.objects.filter(subject__contains="Tra cứu học bạ").count() == 2
    assert AuditEvent.objects.filter(action__in=KINDS, agency_key=cast.owner.key).count() == 2


def test_an_agency_without_a_contact_officer_hears_through_its_approvers(cast: Cast, api: Api):
    service = elsewhere(cast, api.url())
    cast.describer.memberships.all().delete()
    story(service, api, "---")
    assert cast.approver.notices.filter(kind="service.not_answering").count() == 1


def test_who_is_told_belongs_to_the_owner(cast: Cast, api: Api):
    stranger = make.person("contact_officer", make.agency("Sở Khác"))
    story(elsewhere(cast, api.url()), api, "---")
    assert told(cast) == ["service.not_answering"]
    assert not stranger.notices.filter(kind__in=KINDS).exists()


def test_old_looks_go(cast: Cast, api: Api, settings: Any):
    settings.SERVICE_PROBE_DAYS = 30
    service = elsewhere(cast, api.url())
    for moment in ("2026-10-01", "2026-10-30", "2026-11-28"):
        looked(service, moment)
    with at("2026-11-28 10:00"):
        assert tasks.prune_probes() == 1
        assert tasks.prune_probes() == 0
    assert ServiceProbe.objects.count() == 2
