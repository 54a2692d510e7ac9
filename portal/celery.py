"""The Celery application: `celery -A portal.celery worker`.

Queues are named after what waits: `ingest` for files being read, `downloads` for Excel copies being
written and for endpoints that may not answer, `default` for the rest; nobody's file waits behind a pile of
copies, and no letter behind a server that is down.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
