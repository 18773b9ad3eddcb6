"""Changes to messages the bot has sent."""

from sandbox.telegram.errors import bad_request
from sandbox.telegram.html import RichText
from sandbox.telegram.keyboard import Markup, parse_markup
from sandbox.telegram.message import Message
from sandbox.telegram.methods.content import MOST_TEXT, read_text
from sandbox.telegram.params import Params
from sandbox.telegram.utf16 import units
from sandbox.telegram.world import World

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly "
    "the same as a current content and reply markup of the message"
)


async def edit_message_text(world: World, params: Params) -> object:
    """New text and keyboard; without a keyboard the old one goes."""
    message = _editable(world, params)
    if message.document is not None:
        raise bad_request("there is no text in the message to edit")
    rich = read_text(params, "text")
    if not rich.text:
        raise bad_request("message text is empty")
    if units(rich.text) > MOST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    return _edit(world, message, rich, params.text("text"), params)


async def edit_message_reply_markup(world: World, params: Params) -> object:
    """A new keyboard, or none."""
    message = _editable(world, params)
    return _edit(world, message, message.rich, message.html, params)


async def delete_message(world: World, params: Params) -> object:
    """Remove a message; in groups only the bot's own."""
    chat = world.chat(params.chat_id)
    message = chat.find(params.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if message.sender != world.bot and chat.type != "private":
        raise bad_request("message can't be deleted")
    chat.messages.remove(message)
    message.deleted = True
    world.tell("delete", chat_id=chat.id, message_id=message.id)
    return True


def _editable(world: World, params: Params) -> Message:
    message = world.chat(params.chat_id).find(params.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if message.sender != world.bot:
        raise bad_request("message can't be edited")
    return message


def _edit(
    world: World, message: Message, rich: RichText, html: str, params: Params
) -> dict[str, object]:
    markup = parse_markup(params.text("reply_markup"))
    if (rich, markup) == (message.rich, message.markup):
        raise bad_request(NOT_MODIFIED)
    _apply(message, rich, html, markup)
    message.edited_at = world.now()
    world.tell("edit", chat_id=message.chat.id, message=message.as_event())
    return message.as_json()


def _apply(message: Message, rich: RichText, html: str, markup: Markup | None) -> None:
    message.rich = rich
    message.html = html
    message.markup = markup
    message.version += 1
