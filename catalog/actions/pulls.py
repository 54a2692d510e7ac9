"""Pulling: a source's data of a period onto disk, and from there the way of every delivered file.

Only one process works on a source: it holds a database lock (docs/adr/0003). Nothing is in a
transaction while data are on the way; a process that dies leaves an open attempt, which the next run
closes, and a file nobody points to.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import structlog
from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.db import transaction

import tables
from accounts.actions.audit import record
from accounts.models import Person
from accounts.permissions import check_permission
from accounts.queue import after_commit
from accounts.roles import Permission
from accounts.sealing import unseal
from catalog import files, source_policies
from catalog.actions import delivery, pulled
from catalog.actions.claims import claimed
from catalog.actions.pull_schedule import LOCK_SPACE, due_periods, wanted_periods
from catalog.models import Pull, Release, Source
from catalog.pull_settings import allowance, limits
from catalog.pulling.failures import Failed
from catalog.pulling.fetching import Answer, Ask, fetch
from catalog.states import ReleaseState
from core import clock
from deadlines.periods import Period

log = structlog.get_logger(__name__)
ENDINGS = {
    "text/csv": ".csv",
    "application/csv": ".csv",
    "application/json": ".json",
    "application/geo+json": ".geojson",
    "application/x-ndjson": ".ndjson",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/zip": ".zip",
}


@dataclass(frozen=True)
class Arrived:
    """The data of an answer: the file to take in, and what the answer said about it."""

    path: Path
    answer: Answer
    sha256: str


@transaction.atomic
def ask(*, source: Source, period_code: str, by: Person) -> Pull:
    """Have the source asked for a period now. One that is on its way already is given back."""
    check_permission(by, Permission.REGISTER_DATASET, source.resource.dataset.agency)
    source = held(source.pk)
    period = source_policies.check_pullable(source, period_code)
    known = source.pulls.filter(period=period.code, ended_at__isnull=True).first()
    if known is not None:
        return known
    pull = Pull.objects.create(source=source, period=period.code, asked_by=by)
    record(
        by=by,
        action="source.asked",
        target=source,
        agency=source.resource.dataset.agency,
        after={"period": period.code},
    )
    after_commit("catalog.pull_source", source.pk)
    return pull


def run(source_id: int) -> None:
    """Everything that is to be pulled from the source now. Nothing when somebody is at it."""
    with claimed(LOCK_SPACE, source_id) as mine:
        if not mine:
            return
        _close_what_was_left(source_id)
        for pull in _begun(source_id):
            _pull(pull)


def held(source_id: int) -> Source:
    """The source as it stands now, held until the transaction ends."""
    return (
        Source.objects.select_for_update(of=("self",))
        .select_related("resource__dataset__agency")
        .get(pk=source_id)
    )


def _close_what_was_left(source_id: int) -> None:
    """Attempts of a run that died, and those whose release nobody checks any more."""
    left = Pull.objects.filter(
        source=source_id, state__in=[Pull.State.FETCHING, Pull.State.CHECKING]
    ).exclude(state=Pull.State.CHECKING, release__state=ReleaseState.CHECKING)
    for pull in left.select_related("source__resource__dataset__agency"):
        log.warning("pull_interrupted", source=source_id, period=pull.period)
        pulled.fail(pull, "interrupted")


def _begun(source_id: int) -> Iterator[Pull]:
    """One attempt after another, each begun: first those asked for, then the periods that are due."""
    while pull := _begin_asked(source_id):
        yield pull
    for period in due_periods(Source.objects.select_related("resource__dataset").get(pk=source_id)):
        if pull := _begin_due(source_id, period):
            yield pull


@transaction.atomic
def _begin_asked(source_id: int) -> Pull | None:
    source = held(source_id)
    pull = source.pulls.filter(state=Pull.State.QUEUED).order_by("pk").first()
    return _begin(pull, source) if pull else None


@transaction.atomic
def _begin_due(source_id: int, period: Period) -> Pull | None:
    source = held(source_id)
    if source.pulls.filter(period=period.code, ended_at__isnull=True).exists():
        return None
    return _begin(Pull(source=source, period=period.code), source)


def _begin(pull: Pull, source: Source) -> Pull:
    pull.source, pull.state, pull.started_at = source, Pull.State.FETCHING, clock.now()
    pull.publishes = pull.as_period in wanted_periods(source)
    pull.save()
    return pull


def _pull(pull: Pull) -> None:
    try:
        with files.work_folder() as folder:
            _take(pull, _fetched(pull, folder))
    except Failed as failure:
        pulled.fail(pull, failure.code, failure.params, status=failure.status)
    except tables.Unreadable as error:
        pulled.fail(pull, "unreadable", {"code": error.code, "params": error.params})
    except ValidationError as refusal:
        pulled.fail(pull, refusal.code or "interrupted")
    log.info("pulled", source=pull.source_id, period=pull.period, state=pull.state, code=pull.code)


def _fetched(pull: Pull, folder: Path) -> Arrived:
    """The answer, on disk. Raises Failed, Unreadable."""
    source, file = pull.source, folder / "answer"
    answer = fetch(_what_to_ask(pull), file, allowance=allowance(), limits=limits())
    pull.status_code, pull.etag, pull.last_modified = (
        answer.status,
        answer.etag,
        answer.last_modified,
    )
    if answer.same:
        return Arrived(file, answer, "")
    pull.size = answer.size
    if not source.rows_path:
        return Arrived(file, answer, answer.sha256)
    rows = folder / "rows"
    tables.extract_rows_confined(file, source.rows_path, rows)
    with rows.open("rb") as content:
        return Arrived(rows, answer, hashlib.file_digest(content, "sha256").hexdigest())


def _what_to_ask(pull: Pull) -> Ask:
    source, known = pull.source, source_policies.last_arrived(pull)
    # Whoever asks by hand wants to see the file; what another address gave says nothing of this one.
    if pull.asked_by_id or known is None or known.started_at < source.configured_at:
        return Ask(source.url_for(pull.as_period), _secret(source))
    return Ask(source.url_for(pull.as_period), _secret(source), known.etag, known.last_modified)


def _secret(source: Source) -> tuple[str, str] | None:
    if not source.header_name:
        return None
    try:
        return source.header_name, unseal(source.header_sealed)
    except InvalidToken:
        raise Failed("sealed") from None


def _take(pull: Pull, arrived: Arrived) -> None:
    """What came is compared with what we have; what is new becomes a release."""
    known = source_policies.last_arrived(pull)
    if arrived.answer.same and known is not None:
        pull.sha256, pull.etag, pull.last_modified = known.sha256, known.etag, known.last_modified
    else:
        pull.sha256 = arrived.sha256
    if not _is_known(pull, known):
        _take_in(pull, arrived)


@transaction.atomic
def _is_known(pull: Pull, known: Pull | None) -> bool:
    """Whether the same data came before; the pull has then ended."""
    release = known.release if known is not None and known.sha256 == pull.sha256 else None
    if release is None:
        published = pull.source.resource.releases.filter(
            period=pull.period, state=ReleaseState.PUBLISHED, sha256=pull.sha256
        ).first()
        if published is not None:
            pulled.end(pull, Pull.State.UNCHANGED, published)
        return published is not None
    if release.state == ReleaseState.READY:
        pulled.deliver(pull, release)
    elif pull.asked_by_id and release.state in _TRIED_AGAIN and release.published_at is None:
        return False
    elif release.state == ReleaseState.NEEDS_FIXING:
        pulled.end(pull, Pull.State.NEEDS_FIXING, release)
    else:
        pulled.end(pull, Pull.State.UNCHANGED, release)
    return True


# What a person may want checked once more as it is, after the dictionary has changed.
_TRIED_AGAIN = (
    ReleaseState.NEEDS_FIXING,
    ReleaseState.RETURNED,
    ReleaseState.WITHDRAWN,
    ReleaseState.DISCARDED,
)


def _take_in(pull: Pull, arrived: Arrived) -> Release:
    """Into the storage, then into the workflow. Raises ValidationError as delivery.take_in."""
    resource = pull.source.resource
    size = arrived.path.stat().st_size
    taken = delivery.TakenFile(
        delivery.new_key(), _file_name(pull, arrived.answer), size, arrived.sha256
    )
    files.store(arrived.path, taken.key)
    with transaction.atomic():
        release = delivery.take_in(
            resource=resource, period=pull.as_period, file=taken, source=pull.source
        )
        pull.state, pull.release = Pull.State.CHECKING, release
        pull.save()
    return release


def _file_name(pull: Pull, answer: Answer) -> str:
    """The table and the period, with the ending the reader goes by when the bytes do not tell."""
    source = pull.source
    ending = f".{source.format}"
    if source.rows_path:
        ending = ".json"
    elif source.format == Source.Format.AUTO:
        ending = ENDINGS.get(answer.content_type, Path(answer.name).suffix[:10].lower())
    return f"{source.resource.name}-{pull.period}{ending}"
