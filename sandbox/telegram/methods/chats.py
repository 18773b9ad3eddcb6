"""Chats and their members."""

from sandbox.telegram.chat import Chat
from sandbox.telegram.errors import bad_request, forbidden
from sandbox.telegram.model import Person
from sandbox.telegram.params import Params
from sandbox.telegram.world import World


async def get_chat(world: World, params: Params) -> object:
    """Telegram's `ChatFullInfo`, its required fields."""
    gifts = dict.fromkeys(
        (
            "unlimited_gifts",
            "limited_gifts",
            "unique_gifts",
            "premium_subscription",
            "gifts_from_channels",
        ),
        True,
    )
    return {
        **world.chat(params.chat_id).as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": gifts,
    }


async def get_chat_member(world: World, params: Params) -> object:
    """The member's status; someone known who is not in the chat has left it."""
    chat = world.chat(params.chat_id)
    user_id = params.integer("user_id")
    if user_id == world.bot.id:
        return {"user": world.bot.as_json(), "status": "member"}
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return _member(chat, person)


async def get_chat_administrators(world: World, params: Params) -> object:
    """The group's owner: its first member."""
    chat = world.chat(params.chat_id)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [_member(chat, person) for person in chat.members[:1]]


async def leave_chat(world: World, params: Params) -> object:
    """Leave a group; every later call to it is forbidden."""
    chat = world.chat(params.chat_id)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    chat.close(forbidden(f"bot is not a member of the {chat.type} chat"))
    world.tell("blocked", chat_id=chat.id)
    return True


def _member(chat: Chat, person: Person) -> dict[str, object]:
    user = person.as_json()
    if person not in chat.members:
        return {"user": user, "status": "left"}
    if chat.type != "private" and person == chat.members[0]:
        return {"user": user, "status": "creator", "is_anonymous": False}
    return {"user": user, "status": "member"}
