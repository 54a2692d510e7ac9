"""The Celery application: `celery -A portal.celery worker`.

Queues are named after what waits: `ingest` for files being read, `default` for the rest,
so that one large file never holds up a notice.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
