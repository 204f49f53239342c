"""Chats: the language, the greeting, and a group that becomes a supergroup."""

import asyncio

from bot.state import Chat, State


async def test_a_chat_never_seen(state: State) -> None:
    """Nothing is known of it, and looking it up leaves no trace."""
    assert await state.chats.get(1) == Chat(id=1)
    assert (await state.forget(1)).chats == 0


async def test_what_was_chosen(state: State) -> None:
    """Language and limit are kept apart, and can be taken back."""
    await state.chats.set_language(1, "ar")
    await state.chats.set_limit(1, 30)
    assert await state.chats.get(1) == Chat(id=1, language="ar", limit=30)

    await state.chats.set_language(1, None)
    assert await state.chats.get(1) == Chat(id=1, limit=30)


async def test_greeted_once(state: State) -> None:
    """Of two updates that tell of the same arrival one greets; after leaving it is greeted again."""
    await state.chats.set_language(-5, "de")
    both = await asyncio.gather(state.chats.greet(-5, "group"), state.chats.greet(-5, "group"))
    assert sorted(both) == [False, True]
    assert await state.chats.get(-5) == Chat(id=-5, kind="group", language="de", greeted=True)

    await state.chats.part(-5)
    assert await state.chats.greet(-5, "group")


async def test_a_group_becomes_a_supergroup(state: State) -> None:
    """It keeps what was chosen, is not greeted again, and the old id leads to the new."""
    await state.chats.greet(-5, "group")
    await state.chats.set_language(-5, "de")
    for _ in range(2):  # both chats tell of it
        await state.chats.migrate(-5, -1005)

    new = Chat(id=-1005, kind="supergroup", language="de", greeted=True)
    assert await state.chats.get(-1005) == new
    assert (await state.chats.get(-5)).migrated_to == -1005
    assert not await state.chats.greet(-1005, "supergroup")


async def test_what_the_supergroup_chose_itself_stays(state: State) -> None:
    """A choice made after the change is newer than the group's."""
    await state.chats.set_language(-5, "de")
    await state.chats.set_language(-1005, "ar")
    await state.chats.migrate(-5, -1005)

    assert (await state.chats.get(-1005)).language == "ar"
