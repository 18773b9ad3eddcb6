"""A local Telegram: the Bot API over HTTP, with people who write and tap."""

from sandbox.telegram.chat import Chat
from sandbox.telegram.faults import BadGateway, Delay, Drop, Refuse
from sandbox.telegram.message import Message
from sandbox.telegram.model import ApiCall, Button, CallbackAnswer, Document, Person
from sandbox.telegram.server import TelegramSandbox
from sandbox.telegram.taps import Tap

__all__ = [
    "ApiCall",
    "BadGateway",
    "Button",
    "CallbackAnswer",
    "Chat",
    "Delay",
    "Document",
    "Drop",
    "Message",
    "Person",
    "Refuse",
    "Tap",
    "TelegramSandbox",
]
