from pathlib import Path

from django.apps import AppConfig
from django.conf import settings


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = "Kho dữ liệu tỉnh Nghệ An"

    def ready(self) -> None:
        # Tasks declared with @shared_task need the application wherever Django runs.
        from portal import celery  # noqa: F401

        # Uploads land here, on the storage's own disk, so that keeping one is a rename.
        Path(settings.FILE_UPLOAD_TEMP_DIR).mkdir(parents=True, exist_ok=True)
