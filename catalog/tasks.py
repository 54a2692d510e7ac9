"""Background work of the catalogue. Every task can run twice and be killed at any point."""

from uuid import UUID

from celery import shared_task

from catalog.actions import checking, excel, housekeeping, pull_schedule, pulls, search_index, usage
from deadlines.actions import trust


@shared_task(name="catalog.check_release")
def check_release(release_id: str) -> None:
    checking.check(UUID(release_id))


@shared_task(name="catalog.pull_due")
def pull_due() -> None:
    """Sources that are due, and pulls that a killed worker or a lost message left undone."""
    if not trust.may_go_on():
        return
    for source_id in pull_schedule.due_sources():
        pull_source.delay(source_id)


@shared_task(name="catalog.pull_source")
def pull_source(source_id: int) -> None:
    pulls.run(source_id)


@shared_task(name="catalog.prepare_excel")
def prepare_excel(release_id: str) -> None:
    excel.prepare(UUID(release_id))


@shared_task(name="catalog.prepare_search_index")
def prepare_search_index(release_id: str) -> None:
    search_index.prepare(UUID(release_id))


@shared_task(name="catalog.resume_stalled")
def resume_stalled() -> int:
    """What a killed worker or a lost message left undone starts again."""
    return checking.resume_stalled()


@shared_task(name="catalog.resume_excel")
def resume_excel() -> None:
    for release_id in excel.without_excel():
        prepare_excel.delay(str(release_id))


@shared_task(name="catalog.resume_search_indexes")
def resume_search_indexes() -> None:
    for release_id in search_index.without_index():
        prepare_search_index.delay(str(release_id))


@shared_task(name="catalog.remove_orphans")
def remove_orphans() -> int:
    return housekeeping.remove_orphans() if trust.may_go_on() else 0


@shared_task(name="catalog.store_usage")
def store_usage() -> int:
    return usage.store_counts()
