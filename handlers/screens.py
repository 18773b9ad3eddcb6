"""A screen is what a message shows; here it meets Telegram."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from weakref import WeakValueDictionary

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from handlers.callbacks import Tap, encode


@dataclass(frozen=True, slots=True)
class Button:
    """One button: what it says and what it does."""

    label: str
    tap: Tap


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """HTML text and the buttons below it."""

    text: str
    keyboard: Keyboard = ()


async def send(
    bot: Bot, chat_id: int, screen: Screen, *, silent: bool = False, reply_to: int | None = None
) -> int:
    """Sends the screen as a new message and returns its id."""
    message: Message = await bot.send_message(
        chat_id,
        screen.text,
        parse_mode=ParseMode.HTML,
        reply_markup=_markup(screen),
        disable_notification=silent,
        reply_to_message_id=reply_to,
        allow_sending_without_reply=True,
    )
    return message.message_id


async def edit(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    """Shows the screen in an existing message; that it shows it already is success."""
    try:
        await bot.edit_message_text(
            screen.text,
            chat_id=chat_id,
            message_id=message_id,
            parse_mode=ParseMode.HTML,
            reply_markup=_markup(screen),
        )
    except BadRequest as error:
        if "message is not modified" not in error.message.lower():
            raise


def span_of(retry_after: int | timedelta) -> timedelta:
    """The pause that Telegram asks for: PTB gives a span, or seconds where the environment wants them."""
    if isinstance(retry_after, timedelta):
        return retry_after
    return timedelta(seconds=retry_after)


def is_gone(error: BadRequest) -> bool:
    """Whether Telegram says that the message to edit can't be edited any more."""
    text = error.message.lower()
    return "message to edit not found" in text or "message can't be edited" in text


def is_closed(error: TelegramError) -> bool:
    """Whether the bot may not write to the chat: blocked, removed, silenced, or never yet opened."""
    text = error.message.lower()
    return isinstance(error, Forbidden) or any(words in text for words in _CLOSED)


_CLOSED = ("chat not found", "not enough rights", "have no rights to send")


def _markup(screen: Screen) -> InlineKeyboardMarkup | None:
    if not screen.keyboard:
        return None
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(b.label, callback_data=encode(b.tap)) for b in row]
            for row in screen.keyboard
            if row
        ]
    )


class Redraws:
    """One redraw of a message at a time, so that the last one shown is the newest state."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[tuple[int, int], asyncio.Lock] = WeakValueDictionary()

    def of(self, chat_id: int, message_id: int) -> asyncio.Lock:
        """The lock of one message."""
        return self._locks.setdefault((chat_id, message_id), asyncio.Lock())
