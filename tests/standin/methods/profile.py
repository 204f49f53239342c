"""Who the bot is: its modes, its menus of commands, its descriptions."""

from tests.standin.keyboards import check_commands
from tests.standin.methods.registry import method
from tests.standin.params import Json, Params, bad
from tests.standin.rules import units
from tests.standin.world import World


@method
async def get_me(world: World, params: Params) -> Json:
    """Who the bot is."""
    return {
        **world.bot.json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not world.modes.privacy,
        "supports_inline_queries": world.modes.inline,
        "supports_guest_queries": world.modes.guest,
    }


def _where(params: Params, world: World) -> tuple[str, str]:
    """The scope and the language that a menu is for."""
    scope = params.structure("scope") or {"type": "default"}
    if scope["type"] in {"chat", "chat_administrators", "chat_member"}:
        world.chat(int(scope["chat_id"]))
    name = ":".join(str(scope[key]) for key in ("type", "chat_id", "user_id") if key in scope)
    return name, _language(params)


def _language(params: Params) -> str:
    code = params.string("language_code")
    if code and not (len(code) == 2 and code.isascii() and code.isalpha() and code.islower()):
        raise bad("LANG_CODE_INVALID")
    return code


@method
async def set_my_commands(world: World, params: Params) -> bool:
    """The menu of a scope in a language."""
    commands = params.structure("commands")
    check_commands(commands)
    world.commands[_where(params, world)] = commands
    return True


@method
async def get_my_commands(world: World, params: Params) -> list[Json]:
    """The menu of exactly this scope and language."""
    return world.commands.get(_where(params, world), [])


@method
async def delete_my_commands(world: World, params: Params) -> bool:
    """Take the menu away."""
    world.commands.pop(_where(params, world), None)
    return True


def _describe(world: World, params: Params, name: str, limit: int) -> bool:
    text = params.string(name)
    if units(text) > limit:
        raise bad(f"{name.upper()}_TOO_LONG")
    world.descriptions[name, _language(params)] = text
    return True


def _described(world: World, params: Params, name: str) -> Json:
    texts, code = world.descriptions, _language(params)
    return {name: texts.get((name, code)) or texts.get((name, ""), "")}


@method
async def set_my_description(world: World, params: Params) -> bool:
    """What an empty chat with the bot shows."""
    return _describe(world, params, "description", 512)


@method
async def get_my_description(world: World, params: Params) -> Json:
    """What an empty chat with the bot shows in a language, or else in any other."""
    return _described(world, params, "description")


@method
async def set_my_short_description(world: World, params: Params) -> bool:
    """What the bot's profile shows."""
    return _describe(world, params, "short_description", 120)


@method
async def get_my_short_description(world: World, params: Params) -> Json:
    """What the bot's profile shows in a language, or else in any other."""
    return _described(world, params, "short_description")
