"""Which static files of other packages are served: only what a page of ours refers to."""

from django.contrib.staticfiles.apps import StaticFilesConfig


class PortalStaticFiles(StaticFilesConfig):
    # Compressing a megabyte of script that nobody loads would keep the first start waiting.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework/*",
        "drf_spectacular_sidecar/redoc/*",
        "*standalone-preset*",
    ]
