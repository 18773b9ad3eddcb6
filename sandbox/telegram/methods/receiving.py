"""The bot itself and its updates."""

from sandbox.telegram.errors import bad_request
from sandbox.telegram.params import Params
from sandbox.telegram.world import World


async def get_me(world: World, params: Params) -> object:
    """The bot's own account."""
    return {
        **world.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


async def get_updates(world: World, params: Params) -> object:
    """Pending updates; waits up to `timeout` seconds for the first."""
    allowed = params.json("allowed_updates")
    if allowed is not None and not isinstance(allowed, list):
        raise bad_request("can't parse allowed updates JSON object")
    return await world.updates.poll(
        offset=params.integer("offset", 0),
        limit=params.integer("limit", 100),
        timeout=params.integer("timeout", 0),
        allowed=allowed,
    )


async def delete_webhook(world: World, params: Params) -> object:
    """There is never a webhook here; pending updates go if asked."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True


async def get_webhook_info(world: World, params: Params) -> object:
    """No webhook, and how much is pending."""
    return {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
