"""The chat as the page draws it."""

from __future__ import annotations

from collections.abc import Mapping

from sandbox.telegram import Chat, TelegramSandbox
from sandbox.telegram.menu import Command, scope_key

Json = dict[str, object]


def bot_state(telegram: TelegramSandbox, chat: Chat) -> Json:
    """What the bot says about itself, and its command menu in this chat."""
    profile, language = telegram.world.profile, chat.members[0].language_code or ""
    return {
        "name": profile.text("name", language),
        "username": telegram.world.bot.username,
        "about": profile.text("description", language),
        "commands": menu_for(profile.commands, chat, language),
    }


def chat_state(chat: Chat) -> Json:
    return {
        "title": chat.title,
        "you": chat.members[0].id,
        "messages": [message.as_event() for message in chat.messages],
    }


def menu_for(
    menus: Mapping[tuple[str, str], list[Command]], chat: Chat, language: str
) -> list[Command]:
    """The narrowest menu that is set (Bot API, "Determining list of commands")."""
    kind = "all_private_chats" if chat.type == "private" else "all_group_chats"
    scopes: tuple[Mapping[str, object], ...] = (
        {"type": "chat", "chat_id": chat.id},
        {"type": kind},
        {"type": "default"},
    )
    candidates = (
        menus.get((scope_key(scope), spoken)) for scope in scopes for spoken in (language, "")
    )
    return next((menu for menu in candidates if menu), [])
