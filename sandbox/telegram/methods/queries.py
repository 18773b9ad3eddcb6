"""Answers to taps."""

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.world import World

MOST_ANSWER = 200


async def answer_callback_query(world: World, params: Params) -> object:
    """Stop a button's spinner, with a notice or an alert of at most 200 characters."""
    text = params.text("text")
    if len(text) > MOST_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    alert = params.flag("show_alert")
    tap = world.taps.answer(params.text("callback_query_id"), text, alert, world.now())
    world.tell(
        "answer",
        chat_id=tap.message.chat.id,
        message_id=tap.message.id,
        text=text,
        show_alert=alert,
    )
    return True
