"""The way to Telegram: a bot that never shows its token, and an ear that no update can stop up."""

import logging
import ssl
from functools import cache
from typing import Any

import httpx
from telegram import Update
from telegram.ext import AIORateLimiter, ExtBot
from telegram.request import HTTPXRequest

from bot.hearing import HeardRequest

_log = logging.getLogger(__name__)

#: As many calls at once as updates are worked on.
_CONNECTIONS = 256


class TelegramBot(ExtBot[Any]):
    """PTB's bot, whose own `repr`, and with it that of the whole application, would hold the token."""

    def __repr__(self) -> str:
        """Names the bot by its id, which is public."""
        return f"{type(self).__name__}[id={self.token.partition(':')[0]}]"


class UpdateRequest(HeardRequest):
    """Asks for updates. PTB asks for the same ones again, for ever and without a pause, when a single one
    of them lacks what it takes for required: such a one counts here as an update without content."""

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Telegram's answer."""
        answer: dict[str, Any] = HTTPXRequest.parse_json_payload(payload)
        if isinstance(answer.get("result"), list):
            answer["result"] = [_readable(update) for update in answer["result"]]
        return answer


def telegram_bot(token: str, root: str) -> ExtBot[Any]:
    """A bot that was not used yet; `root` is that of the Bot API."""
    trust = {"verify": _authorities()}
    return TelegramBot(
        token,
        base_url=f"{root}/bot",
        base_file_url=f"{root}/file/bot",
        request=HTTPXRequest(connection_pool_size=_CONNECTIONS, httpx_kwargs=trust),
        get_updates_request=UpdateRequest(connection_pool_size=1, httpx_kwargs=trust),
        # Its own retry would halt every chat while one has to wait.
        rate_limiter=AIORateLimiter(max_retries=0),
    )


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to trust. Reading them takes 50 ms of work, which one client does for both."""
    return httpx.create_ssl_context()


def _readable(update: dict[str, Any]) -> dict[str, Any]:
    try:
        Update.de_json(update, None)
    except Exception as error:  # noqa: BLE001 - PTB's constructors fail in many ways
        _log.warning("an update could not be read: %s", type(error).__name__)
        return {"update_id": update["update_id"]}
    return update
