"""Log lines on stderr, as text or JSON, without secrets."""

import json
import logging
import sys
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

from dust.redaction import Redactor

#: They tell of each request or job run at INFO.
_TALKATIVE = ("httpx", "httpcore", "apscheduler")
#: They log, with a traceback, what they also raise, and what is then told in one line.
_REPEATING = ("telegram.ext.AIORateLimiter", "telegram.ext.Updater", "telegram.request.BaseRequest")

_log = logging.getLogger(__name__)


def configure_logs(level: str, log_format: Literal["text", "json"], secrets: Iterable[str]) -> None:
    """Sends every log line, warning and uncaught exception to stderr, redacted.

    `level` is a name of `logging`. Replaces what was configured before.
    """
    redact = Redactor(secrets)
    handler = _Stderr()
    handler.setFormatter(JsonFormatter(redact) if log_format == "json" else TextFormatter(redact))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    _quieten(root.level)
    logging.captureWarnings(True)
    sys.excepthook = _on_uncaught
    threading.excepthook = _on_uncaught_in_thread


class _Formatter(logging.Formatter):
    def __init__(self, redact: Redactor, layout: str) -> None:
        super().__init__(layout)
        self._redact = redact

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """The time in UTC, to the second."""
        return f"{datetime.fromtimestamp(record.created, UTC):%Y-%m-%dT%H:%M:%SZ}"


class TextFormatter(_Formatter):
    """`2026-01-31T12:00:00Z INFO bot.jobs: message`, then the traceback."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__(redact, "%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        return self._redact(super().format(record))


class JsonFormatter(_Formatter):
    """One JSON object a line: time (UTC), level, logger, message, and the exception if there is one."""

    def __init__(self, redact: Redactor) -> None:
        super().__init__(redact, "%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets; they are taken out before JSON's escapes could hide them."""
        fields = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            fields["stack"] = record.stack_info
        return json.dumps({name: self._redact(text) for name, text in fields.items()})


class _Stderr(logging.StreamHandler):  # type: ignore[type-arg]
    def handleError(self, record: logging.LogRecord) -> None:
        """Names the place only: the standard one prints the arguments, secrets among them."""
        sys.stderr.write(f"a log line of {record.name}:{record.lineno} could not be written\n")


def _quieten(level: int) -> None:
    quiet = level if level <= logging.DEBUG else max(level, logging.WARNING)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(quiet)
    for name in _REPEATING:
        logging.getLogger(name).setLevel(level if level <= logging.DEBUG else logging.CRITICAL)


def _on_uncaught(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)
        return
    _log.critical("Dustpan stopped", exc_info=(kind, problem, trace))


def _on_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    problem = args.exc_value or args.exc_type()
    _log.critical("a thread stopped", exc_info=(args.exc_type, problem, args.exc_traceback))
