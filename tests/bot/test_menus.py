"""Menus of commands and the bot's profile: in every language, for whom they are meant, set when needed."""

import logging
from collections.abc import AsyncIterator

import pytest

from bot import menus
from bot.rendering.catalogue import languages, words_for
from tests.bot.running import running
from tests.standin import Fault, Standin, User

ADMIN = 42
CODES = ["", *(name for name in languages() if name != "en")]


@pytest.fixture(name="adam")
def _adam(standin: Standin) -> User:
    """An admin with a private chat."""
    adam = standin.user(ADMIN, "Adam")
    standin.private(adam)
    return adam


@pytest.fixture(name="started")
async def _started(standin: Standin, adam: User) -> AsyncIterator[Standin]:
    """The stand-in, with a bot that polls it."""
    async with running(standin, admins={adam.id}):
        yield standin


def names(standin: Standin, scope: str, code: str = "") -> list[str]:
    """The commands of a menu."""
    return [command["command"] for command in standin.world.commands[scope, code]]


async def test_who_sees_which_commands(started: Standin) -> None:
    """Groups get no greeting, and only admins see /reload, in their own chat."""
    assert names(started, "all_private_chats") == list(menus.COMMANDS)
    assert names(started, "all_group_chats") == list(menus.GROUP_COMMANDS)
    assert names(started, f"chat:{ADMIN}") == list(menus.ADMIN_COMMANDS)
    assert "reload" not in {*menus.COMMANDS, *menus.GROUP_COMMANDS}


async def test_every_language_has_its_menus(started: Standin) -> None:
    """Each scope has the same commands in each language, and English for all others."""
    scopes = ("all_private_chats", "all_group_chats", f"chat:{ADMIN}")

    assert set(started.world.commands) == {(scope, code) for scope in scopes for code in CODES}
    for (_, code), commands in started.world.commands.items():
        words = words_for(code)
        for command in commands:
            assert command["description"] == words(f"menu-{command['command']}")


async def test_the_profile(started: Standin) -> None:
    """Both descriptions are set in each language."""
    told = started.world.descriptions

    for code in CODES:
        assert told["description", code] == words_for(code)("description")
        assert told["short_description", code] == words_for(code)("short-description")


async def test_what_is_set_already_is_left_alone(
    standin: Standin, adam: User, caplog: pytest.LogCaptureFixture
) -> None:
    """A second start changes nothing, since Telegram bears few changes."""
    async with running(standin, admins={adam.id}):
        pass
    for changing in ("setMyCommands", "setMyDescription", "setMyShortDescription"):
        standin.fail_next(changing, Fault.flood(1000))

    async with running(standin, admins={adam.id}):
        pass

    assert "not set" not in caplog.text


async def test_an_admin_who_starts_a_chat_later(standin: Standin) -> None:
    """They get their menu with the greeting, and are no reason not to start before; others don't."""
    adam, bob = standin.user(ADMIN, "Adam"), standin.user(12, "Bob")
    async with running(standin, admins={ADMIN}):
        before = set(standin.world.commands)
        for person in (bob, adam):
            await standin.wait_for_reply(standin.say(person, "/start"))
        await standin.wait_for_reply(standin.say(adam, "/help"))

    assert set(standin.world.commands) - before == {(f"chat:{ADMIN}", code) for code in CODES}


async def test_a_menu_that_cannot_be_set(
    standin: Standin, caplog: pytest.LogCaptureFixture
) -> None:
    """It is a line in the log, and the bot answers all the same."""
    caplog.set_level(logging.WARNING)
    standin.fail_next("setMyDescription", Fault.answer(400, "Bad Request: no"))
    async with running(standin, admins={77}):
        await standin.wait_for_reply(standin.say(standin.user(11, "Ann"), "/help"))

    assert "the menu for 77 was not set" in caplog.text
    assert "the profile in" in caplog.text


async def test_a_slow_start(
    standin: Standin, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Menus that take too long do not keep anybody waiting."""
    monkeypatch.setattr(menus, "_PATIENCE", 0.2)
    standin.fail_next("getMyCommands", Fault.slow(5))
    async with running(standin):
        await standin.wait_for_reply(standin.say(standin.user(11, "Ann"), "/help"))

    assert "not all could be set" in caplog.text
