"""How the bot fetches what happened."""

import asyncio

from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, Refusal
from tests.standin.world import World

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)


@method
async def get_updates(world: World, params: Params) -> list[Json]:
    """Long poll. An *offset* confirms all updates before it; a second poll ends the first."""
    offset, limit = params.integer("offset") or 0, params.integer("limit") or 100
    timeout = params.integer("timeout") or 0
    allowed = params.structure("allowed_updates")
    if allowed is not None:
        world.allowed = allowed or None
    if world.poll is not None and not world.poll.done():
        world.poll.set_exception(Refusal(409, CONFLICT, blame=False))
    world.updates[:] = [update for update in world.updates if update["update_id"] >= offset]
    world.poll = mine = asyncio.get_running_loop().create_future()
    world.changed()
    try:
        await world.until(lambda: mine.done() or bool(world.updates) or None, timeout)
        if mine.done():
            mine.result()
        return world.updates[:limit]
    finally:
        mine.cancel()


@method
async def delete_webhook(world: World, params: Params) -> bool:
    """There is none; pending updates go when asked."""
    if params.flag("drop_pending_updates"):
        world.updates.clear()
    return True
