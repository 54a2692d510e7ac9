"""The scheduler of background jobs on a clock that ran ahead and came back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import Celery
from celery.schedules import BaseSchedule, crontab

from portal.beat import Scheduler


def test_after_the_clock_came_back_every_job_runs_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Not only when real time has caught up with the last run."""
    moment = datetime(2026, 10, 13, 9, 4, 30, tzinfo=UTC)
    app = Celery("beat", broker="memory://", set_as_current=False)
    app.conf.result_expires = None  # no job of Celery's own
    app.conf.beat_schedule = {
        "often": {"task": "often", "schedule": 60.0},
        "hourly": {"task": "hourly", "schedule": crontab(minute=5)},
    }
    monkeypatch.setattr(BaseSchedule, "now", lambda schedule: moment)
    scheduler: Any = Scheduler(app, schedule_filename=str(tmp_path / "schedule"), lazy=True)
    ran: list[str] = []
    monkeypatch.setattr(
        scheduler, "apply_entry", lambda entry, producer=None: ran.append(entry.name)
    )
    scheduler.setup_schedule()

    def pass_minutes(minutes: int) -> list[str]:
        nonlocal moment
        ran.clear()
        for _half in range(2 * minutes):
            moment += timedelta(seconds=30)
            for _job in range(3):
                scheduler.tick()
        return sorted(set(ran))

    assert pass_minutes(2) == ["hourly", "often"]
    moment += timedelta(days=3)
    assert pass_minutes(62) == ["hourly", "often"]
    moment -= timedelta(days=3)
    assert "often" in pass_minutes(3)
    assert pass_minutes(62) == ["hourly", "often"]
    scheduler.close()
