"""Command menus, name and descriptions."""

from sandbox.telegram.errors import bad_request
from sandbox.telegram.menu import check_commands, scope_key
from sandbox.telegram.params import Params
from sandbox.telegram.world import World

LONGEST = {"name": 64, "description": 512, "short_description": 120}


async def set_my_commands(world: World, params: Params) -> object:
    """The menu for a scope and language."""
    commands = check_commands(params.json("commands"))
    world.profile.commands[_menu(params)] = commands
    world.tell("commands", scope=params.mapping("scope"), commands=list(commands))
    return True


async def get_my_commands(world: World, params: Params) -> object:
    """Exactly this scope's and language's menu, without falling back to a wider one."""
    return world.profile.commands.get(_menu(params), [])


async def delete_my_commands(world: World, params: Params) -> object:
    """Remove the menu of a scope and language."""
    world.profile.commands.pop(_menu(params), None)
    world.tell("commands", scope=params.mapping("scope"), commands=[])
    return True


async def set_my_name(world: World, params: Params) -> object:
    """The bot's name, 0 to 64 characters."""
    return _set(world, params, "name")


async def get_my_name(world: World, params: Params) -> object:
    """The bot's name."""
    return _get(world, params, "name")


async def set_my_description(world: World, params: Params) -> object:
    """The text of the empty chat, 0 to 512 characters."""
    return _set(world, params, "description")


async def get_my_description(world: World, params: Params) -> object:
    """The text of the empty chat."""
    return _get(world, params, "description")


async def set_my_short_description(world: World, params: Params) -> object:
    """The text of the profile page, 0 to 120 characters."""
    return _set(world, params, "short_description")


async def get_my_short_description(world: World, params: Params) -> object:
    """The text of the profile page."""
    return _get(world, params, "short_description")


def _menu(params: Params) -> tuple[str, str]:
    return scope_key(params.mapping("scope")), params.text("language_code")


def _set(world: World, params: Params, kind: str) -> bool:
    text = params.text(kind)
    if len(text) > LONGEST[kind]:
        raise bad_request(f"{kind.replace('_', ' ')} is too long")
    world.profile.texts[(kind, params.text("language_code"))] = text
    return True


def _get(world: World, params: Params, kind: str) -> dict[str, str]:
    return {kind: world.profile.text(kind, params.text("language_code"))}
