"""The bot's account, menus and descriptions; chats and their members."""

import pytest
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeChat
from telegram.error import BadRequest, Forbidden

from sandbox.telegram import Chat, Person, TelegramSandbox

DUST = BotCommand("dust", "Show the dust")


async def test_the_bot_knows_itself(bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.id, me.username, me.first_name) == (4242, "dustpan_bot", "Dustpan")


async def test_menus_are_kept_by_scope_and_language(
    tg: TelegramSandbox, bot: Bot, chat: Chat
) -> None:
    await bot.set_my_commands([DUST])
    await bot.set_my_commands([BotCommand("staub", "x")], language_code="de")
    await bot.set_my_commands([], scope=BotCommandScopeAllGroupChats())
    assert await bot.get_my_commands() == (DUST,)
    assert [c.command for c in await bot.get_my_commands(language_code="de")] == ["staub"]
    assert await bot.get_my_commands(scope=BotCommandScopeChat(chat.id)) == ()
    assert tg.commands['{"type": "default"}', ""][0]["command"] == "dust"
    await bot.delete_my_commands()
    assert await bot.get_my_commands() == ()


@pytest.mark.parametrize(
    ("command", "description", "refusal"),
    [
        ("Dust", "x", "bot_command_invalid"),
        ("dust-now", "x", "bot_command_invalid"),
        ("dust", "", "bot_command_description_invalid"),
        ("dust", "x" * 257, "bot_command_description_invalid"),
    ],
)
async def test_bad_commands_are_refused(
    bot: Bot, command: str, description: str, refusal: str
) -> None:
    with pytest.raises(BadRequest, match=f"(?i){refusal}"):
        await bot.set_my_commands([(command, description)])


async def test_a_menu_holds_100_commands(bot: Bot) -> None:
    await bot.set_my_commands([DUST] * 100)
    with pytest.raises(BadRequest, match=r"(?i)bot_commands_too_much"):
        await bot.set_my_commands([DUST] * 101)


async def test_texts_fall_back_to_everyones_language(bot: Bot) -> None:
    await bot.set_my_name("Sweeper")
    await bot.set_my_description("Finds dust")
    await bot.set_my_short_description("Dust")
    await bot.set_my_short_description("Staub", language_code="de")
    assert (await bot.get_my_name("de")).name == "Sweeper"
    assert (await bot.get_my_description()).description == "Finds dust"
    assert (await bot.get_my_short_description()).short_description == "Dust"
    assert (await bot.get_my_short_description("de")).short_description == "Staub"
    with pytest.raises(BadRequest, match=r"(?i)short description is too long"):
        await bot.set_my_short_description("x" * 121)


async def test_chats_and_members(
    tg: TelegramSandbox, bot: Bot, chat: Chat, desk: Chat, anna: Person, ben: Person
) -> None:
    stranger = tg.person(1003, "Cleo")
    assert (await bot.get_chat(chat.id)).first_name == "Anna"
    assert (await bot.get_chat(desk.id)).title == "Desk"
    people = (anna, ben, stranger)
    statuses = [(await bot.get_chat_member(desk.id, person.id)).status for person in people]
    assert statuses == ["creator", "member", "left"]
    [owner] = await bot.get_chat_administrators(desk.id)
    assert owner.user.id == anna.id
    with pytest.raises(BadRequest, match="User not found"):
        await bot.get_chat_member(desk.id, 4711)
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await bot.get_chat_administrators(chat.id)


async def test_a_left_group_is_closed(bot: Bot, chat: Chat, desk: Chat) -> None:
    await bot.leave_chat(desk.id)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await bot.send_message(desk.id, "x")
    with pytest.raises(BadRequest, match="can't be changed in private chats"):
        await bot.leave_chat(chat.id)
