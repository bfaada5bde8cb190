"""What is logged, and what a log line may hold of a request."""

import logging

import structlog

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"without-address": {"()": "namens.lib.logs.WithoutAddress"}},
    "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stream"], "level": "INFO"},
    "loggers": {
        "httpx2": {"level": "WARNING"},
        "httpcore2": {"level": "WARNING"},
        "django.request": {"level": "ERROR", "filters": ["without-address"]},
        "django.security.csrf": {"filters": ["without-address"]},
    },
}


class WithoutAddress(logging.Filter):
    """Takes the address out of what Django says of a request that went wrong: people and links put secrets there."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the record, and of its arguments only the reason."""
        if isinstance(record.args, tuple) and len(record.args) > 1:
            record.args = (record.args[0], *("<address>" for _ in record.args[1:]))
        return True


def configure() -> None:
    """Let our own lines be JSON, with level and time."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ]
    )
