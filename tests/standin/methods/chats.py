"""What the bot may know of a chat and of its members."""

from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, Refusal, bad
from tests.standin.people import Chat, member
from tests.standin.world import World


@method
async def get_chat(world: World, params: Params) -> Json:
    """What is known of a chat."""
    chat = world.chat(params.integer("chat_id"))
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")
    accepted = {**dict.fromkeys(gifts, True), "gifts_from_channels": True}
    known = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": accepted}
    return {**chat.json(), **known}


def _inside(world: World, params: Params) -> Chat:
    chat = world.chat(params.integer("chat_id"))
    if chat.bot in {"left", "kicked"}:
        reason = f"Forbidden: bot is not a member of the {chat.kind} chat"
        raise Refusal(403, reason, blame=False)
    return chat


def _status(world: World, chat: Chat, id: int) -> str:
    if id == world.bot.id:
        return chat.bot
    return "administrator" if id in chat.admins else "member"


@method
async def get_chat_member(world: World, params: Params) -> Json:
    """What somebody is in a chat."""
    chat, who = _inside(world, params), params.integer("user_id") or 0
    if who not in world.users:
        raise bad("member not found", blame=False)
    return member(world.users[who], _status(world, chat, who))


@method
async def get_chat_administrators(world: World, params: Params) -> list[Json]:
    """The admins of a group."""
    chat = _inside(world, params)
    if chat.kind == "private":
        raise bad("there are no administrators in the private chat")
    admins = [world.users[admin] for admin in sorted(chat.admins)]
    bots = [world.bot] if chat.bot == "administrator" else []
    return [member(user, "administrator") for user in [*admins, *bots]]


@method
async def leave_chat(world: World, params: Params) -> bool:
    """The bot goes."""
    chat = _inside(world, params)
    if chat.kind == "private":
        raise bad("can't leave a private chat")
    chat.bot = "left"
    world.changed()
    return True
