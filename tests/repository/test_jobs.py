"""Every job has a queue that somebody listens to, and everything on the schedule exists."""

import re
from pathlib import Path

from django.conf import settings

from portal.celery import app
from portal.embedded import site

BASE = Path(settings.BASE_DIR)


def queues_used() -> set[str]:
    routed = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}
    return routed | {settings.CELERY_TASK_DEFAULT_QUEUE}


def test_make_run_listens_to_every_queue():
    source = Path(site.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'_worker\("(\w+)"', source)) == queues_used()


def test_compose_listens_to_every_queue():
    compose = (BASE / "docker-compose.yml").read_text(encoding="utf-8")
    listed = re.findall(r'--queues[",\s]+([\w,]+)', compose)
    assert {queue for names in listed for queue in names.split(",")} == queues_used()


def test_scheduled_and_routed_tasks_exist():
    app.loader.import_default_modules()
    app.autodiscover_tasks(force=True)
    named = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    named |= set(settings.CELERY_TASK_ROUTES)
    assert named <= set(app.tasks)


def test_tasks_named_by_actions_exist():
    app.loader.import_default_modules()
    app.autodiscover_tasks(force=True)
    named: set[str] = set()
    for room in ("accounts", "deadlines", "catalog", "sharing"):
        for path in (BASE / room).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            named |= set(re.findall(r'after_commit\(\s*"([\w.]+)"', text))
    assert named
    assert named <= set(app.tasks)
