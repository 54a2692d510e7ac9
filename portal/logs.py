"""One line per event: JSON for machines, readable in development. No secret gets into it (portal.masking)."""

import logging
from typing import Any

import structlog
from django.apps import apps

# A request is one line, written when it is answered. That it has begun is told with LOG_LEVEL=DEBUG.
BEGUN = logging.DEBUG
SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def mask_event(logger: Any, method: str, event: Any) -> Any:
    """The routes, and so what is secret in an address, are known once the apps are: before, nobody asks."""
    if not apps.ready:
        return event
    from portal import masking

    return masking.mask_event(logger, method, event)


def logging_settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING, with structlog set up to go through it."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    mask_event,
                    renderer,
                ],
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"propagate": True},
            "axes": {"level": "WARNING"},
            # Their debug lines hold tokens as they are issued.
            "oauthlib": {"level": "INFO"},
            "oauth2_provider": {"level": "INFO"},
        },
    }
