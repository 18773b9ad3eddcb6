"""New messages from the bot."""

from sandbox.telegram.chat import Chat
from sandbox.telegram.errors import bad_request
from sandbox.telegram.html import RichText
from sandbox.telegram.keyboard import parse_markup
from sandbox.telegram.message import Message
from sandbox.telegram.methods.content import MOST_CAPTION, MOST_TEXT, read_text
from sandbox.telegram.model import Document
from sandbox.telegram.params import Params
from sandbox.telegram.utf16 import units
from sandbox.telegram.world import World

ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


async def send_message(world: World, params: Params) -> object:
    """A text of 1 to 4096 characters after parsing."""
    chat = world.chat(params.chat_id)
    rich = read_text(params, "text")
    if not rich.text:
        raise bad_request("message text is empty")
    if units(rich.text) > MOST_TEXT:
        raise bad_request("message is too long")
    return _send(world, chat, params, rich, params.text("text"))


async def send_document(world: World, params: Params) -> object:
    """An uploaded file with a caption of at most 1024 characters after parsing."""
    chat = world.chat(params.chat_id)
    rich = read_text(params, "caption")
    if units(rich.text) > MOST_CAPTION:
        raise bad_request("message caption is too long")
    return _send(world, chat, params, rich, params.text("caption"), _upload(params))


async def send_chat_action(world: World, params: Params) -> object:
    """Show people that something is coming."""
    chat = world.chat(params.chat_id)
    action = params.text("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    world.tell("typing", chat_id=chat.id, action=action)
    return True


def _send(
    world: World,
    chat: Chat,
    params: Params,
    rich: RichText,
    html: str,
    document: Document | None = None,
) -> dict[str, object]:
    markup = parse_markup(params.text("reply_markup"))
    reply_to = _replied(chat, params)
    message = chat.add(world.bot, rich, html)
    message.markup = markup
    message.reply_to = reply_to
    message.document = document
    message.silent = params.flag("disable_notification")
    world.tell("message", chat_id=chat.id, message=message.as_event())
    return message.as_json()


def _replied(chat: Chat, params: Params) -> Message | None:
    wanted = params.mapping("reply_parameters")
    message_id = wanted.get("message_id")
    if not isinstance(message_id, int):
        return None
    found = chat.find(message_id)
    if found is None and not wanted.get("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def _upload(params: Params) -> Document:
    name = params.text("document").removeprefix("attach://") or "document"
    document = params.files.get(name)
    if document is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if not document.content:
        raise bad_request("file must be non-empty")
    return document
