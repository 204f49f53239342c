"""How the bot fetches what happened."""

import asyncio
from urllib.parse import urlsplit

from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, Refusal, bad
from tests.standin.webhook import Webhook, check_webhook
from tests.standin.world import World

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@method
async def get_updates(world: World, params: Params) -> list[Json]:
    """Long poll. An *offset* confirms all updates before it; a second poll ends the first."""
    offset, limit = params.integer("offset") or 0, params.integer("limit") or 100
    timeout = params.integer("timeout") or 0
    _choose(world, params)
    if world.destination.webhook is not None:
        raise Refusal(409, WEBHOOK, blame=False)
    if world.poll is not None and not world.poll.done():
        world.poll.set_exception(Refusal(409, CONFLICT, blame=False))
    world.updates[:] = [update for update in world.updates if update["update_id"] >= offset]
    world.poll = mine = asyncio.get_running_loop().create_future()
    world.changed()
    try:
        await world.until(lambda: mine.done() or _waits(world) or None, timeout)
        if mine.done():
            mine.result()
        batch = world.updates[:limit]
        return world.weather.batch(batch) if world.weather is not None else batch
    finally:
        mine.cancel()


def _waits(world: World) -> bool:
    return bool(world.updates or (world.weather is not None and world.weather.again))


@method
async def set_webhook(world: World, params: Params) -> bool:
    """Deliver updates to a URL from now on; an empty one ends that."""
    url, secret = params.string("url"), params.string("secret_token")
    connections = params.integer("max_connections")
    certificate = params.file("certificate") is not None
    params.string("ip_address")
    _choose(world, params)
    if not url:
        return _without_webhook(world, params)
    check_webhook(url, secret, 40 if connections is None else connections)
    if f"https://{urlsplit(url).netloc}" not in world.destination.routes:
        raise bad("bad webhook: Failed to resolve host: Name or service not known", blame=False)
    _drop(world, params)
    world.destination.webhook = Webhook(url, secret, connections or 40, certificate)
    world.destination.called_for.set()
    world.changed()
    return True


@method
async def delete_webhook(world: World, params: Params) -> bool:
    """Deliver no longer; pending updates go when asked."""
    return _without_webhook(world, params)


@method
async def get_webhook_info(world: World, params: Params) -> Json:
    """Where updates are delivered, how many wait, and what went wrong last."""
    webhook = world.destination.webhook or Webhook("", "", 40, certificate=False)
    return webhook.json(len(world.updates), world.allowed)


def _without_webhook(world: World, params: Params) -> bool:
    _drop(world, params)
    world.destination.webhook = None
    world.changed()
    return True


def _drop(world: World, params: Params) -> None:
    if params.flag("drop_pending_updates"):
        world.updates.clear()


def _choose(world: World, params: Params) -> None:
    allowed = params.structure("allowed_updates")
    if allowed is not None:
        world.allowed = allowed or None
