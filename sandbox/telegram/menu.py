"""What the bot says about itself: command menus, name and descriptions, by language."""

import json
import re
from collections.abc import Mapping

from sandbox.telegram.errors import bad_request

Command = dict[str, str]

NAME = re.compile(r"[a-z0-9_]{1,32}")
MOST_COMMANDS = 100


class BotProfile:
    """Menus by scope and language; texts by kind and language, "" being everyone's."""

    def __init__(self, name: str) -> None:
        self.commands: dict[tuple[str, str], list[Command]] = {}
        self.texts: dict[tuple[str, str], str] = {("name", ""): name}

    def text(self, kind: str, language: str) -> str:
        """The text in this language, else everyone's, else empty."""
        return self.texts.get((kind, language)) or self.texts.get((kind, ""), "")


def scope_key(scope: Mapping[str, object] | None) -> str:
    """One spelling for each command scope."""
    return json.dumps(scope or {"type": "default"}, sort_keys=True)


def check_commands(commands: object) -> list[Command]:
    """Commands as Telegram accepts them; ApiError 400 otherwise."""
    if not isinstance(commands, list):
        raise bad_request("can't parse commands list JSON object")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_checked(item) for item in commands]


def _checked(item: Mapping[str, str]) -> Command:
    command = item["command"].removeprefix("/")
    if not NAME.fullmatch(command):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(item["description"]) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": command, "description": item["description"]}
