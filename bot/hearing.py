"""Asking Telegram for updates: an outage or a rival is said once when it begins and once when it ends."""

import logging
from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

_log = logging.getLogger(__name__)

#: Two programs that ask for the same updates take turns: undisturbed answers in a row that end a conflict.
CALM_ANSWERS = 6

_NO_NEWS = "Telegram could not be asked for news, trying again until it can: %s"
_RIVAL = (
    "another program asks Telegram for this bot's updates (409 Conflict): stop that one, or give it "
    "a token of its own; until then messages and taps may end there (%s)"
)
_REFUSED = (
    "Telegram no longer accepts TELEGRAM_TOKEN: if @BotFather made a new one, put it into the "
    "settings and start again (%s)"
)


class HeardRequest(HTTPXRequest):
    """PTB's request for updates, whose answers tell how things stand."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._trouble: str | None = None
        self._calm = 0

    async def do_request(self, *place: Any, **options: Any) -> tuple[int, bytes]:
        """Status and body. Raises NetworkError also for a token refused: PTB would stop asking for good."""
        try:
            status, body = await super().do_request(*place, **options)
        except NetworkError as error:
            self._began(_NO_NEWS, error)
            raise
        if status == HTTPStatus.OK:
            self._heard()
        elif status == HTTPStatus.CONFLICT:
            self._began(_RIVAL, status)
        elif status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._began(_REFUSED, status)
            raise NetworkError(f"the token is refused ({status})")
        else:
            self._began(_NO_NEWS, status)
        return status, body

    def _began(self, trouble: str, cause: object) -> None:
        self._calm = 0
        if self._trouble != trouble:
            self._trouble = trouble
            _log.warning(trouble, cause)

    def _heard(self) -> None:
        if self._trouble is None:
            return
        self._calm += 1
        if self._trouble != _RIVAL or self._calm >= CALM_ANSWERS:
            self._trouble = None
            _log.info("Telegram is heard again, undisturbed")
