"""What the portal says of itself."""

import pytest
from django.conf import settings

from catalog import usage


@pytest.fixture(autouse=True)
def _nothing_waits() -> None:
    """Jobs that other tests have left without a worker."""
    usage.redis().delete(settings.CELERY_TASK_DEFAULT_QUEUE)
