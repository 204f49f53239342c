"""A copy of the state, made while it is used, and the way back."""

import asyncio
from pathlib import Path

import pytest

from bot.settings.address import Address
from bot.state import Reload, ReloadOutcome, ShownAnswer, State, StateError, Unanswered
from bot.state.backup import back_up, restore
from retrieval.models import Outcome
from tests.bot.command_line import onrecord
from tests.bot.state.made import NOW, citation, incoming, shown

ASKED = Unanswered(question="\0 who\ud800?", outcome=Outcome.NOTHING, asked_at=NOW)
LOADED = Reload(began_at=NOW, cause="command", outcome=ReloadOutcome.LOADED, old_version="a")


@pytest.fixture(name="answer")
async def _answer(keeping: State) -> ShownAnswer:
    """An answer in a state that has something in most of its tables, and is still open."""
    answer = shown(chat_id=1, question="who?")
    await keeping.answers.remember(answer, citations=[citation()], unanswered=ASKED)
    await keeping.answers.shown_in(answer.id, [3])
    await keeping.answers.vote(answer.id, 5, helpful=True, at=NOW)
    await keeping.inbox.receive([incoming(1), incoming(2)])
    await keeping.inbox.mark_sent(1, 0, 3)
    await keeping.chats.set_language(1, "de")
    await keeping.journal.record(LOADED)
    return answer


async def held(address: Address, answer: ShownAnswer) -> None:
    """Check that the state at *address* is the one that was copied."""
    async with await State.open(address) as state:
        assert await state.answers.by_message(1, 3) == answer
        assert (await state.answers.votes()).helpful == 1
        assert await state.citations.get(citation().id) == citation()
        assert await state.journal.unanswered() == [ASKED]
        assert await state.journal.reloads() == [LOADED]
        assert await state.inbox.sent(1) == {0: 3} or state.address.is_server
        assert (await state.chats.get(1)).language == "de"
        await state.check()


async def test_a_copy_is_a_state(keeping: State, answer: ShownAnswer, tmp_path: Path) -> None:
    """It can be opened in its place, and nobody else may read it."""
    copy = tmp_path / "copies" / "copy.sqlite3"
    copy.parent.mkdir()
    size = await back_up(keeping.address, copy)
    await keeping.answers.remember(shown())

    assert size == copy.stat().st_size
    assert copy.stat().st_mode & 0o077 == 0
    assert list(copy.parent.iterdir()) == [copy]
    await held(Address.of_file(copy), answer)


async def test_the_way_back(
    keeping: State, answer: ShownAnswer, address: Address, tmp_path: Path
) -> None:
    """A backup of one database fills an empty one of the other kind, or of the same."""
    copy, new = tmp_path / "copy.sqlite3", Address.of_file(tmp_path / "new.sqlite3")
    await back_up(keeping.address, copy)
    before = copy.read_bytes()

    assert await restore(copy, new) == 10
    await held(new, answer)
    assert copy.read_bytes() == before
    with pytest.raises(StateError, match="holds something already; nothing was restored"):
        await restore(copy, new)


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
async def test_from_a_file_to_a_server(file: Address, address: Address, tmp_path: Path) -> None:
    """An operator who needs several instances takes everything along, and goes on writing."""
    answer = shown()
    async with await State.open(file, keep_questions=True) as state:
        await state.answers.remember(answer, unanswered=ASKED)
    await back_up(file, tmp_path / "copy")

    assert await restore(tmp_path / "copy", address) == 2
    async with await State.open(address, keep_questions=True) as state:
        assert await state.answers.get(answer.id) == answer
        assert await state.journal.keep(ASKED)
        assert await state.journal.unanswered() == [ASKED, ASKED]


async def test_while_it_is_written(file: Address, tmp_path: Path) -> None:
    """Copies are of one moment: what one transaction wrote is in them together or not at all."""
    async with await State.open(file) as state:

        async def write() -> None:
            for number in range(150):
                await state.answers.remember(
                    shown(chat_id=1, asked_in=number), citations=[citation(start=number)]
                )

        writing = asyncio.create_task(write())
        for copy in range(5):
            await back_up(file, tmp_path / f"copy{copy}")
            await asyncio.sleep(0.01)
        await writing
    for copy in range(5):
        async with await State.open(Address.of_file(tmp_path / f"copy{copy}")) as state:
            for number in range(150):
                found = await state.answers.by_question(1, number)
                cited = await state.citations.get(citation(start=number).id)
                assert (found is None) == (cited is None)


async def test_what_cannot_be_copied(file: Address, tmp_path: Path) -> None:
    """Each says why, and leaves nothing behind."""
    copy = tmp_path / "copies" / "copy"
    copy.parent.mkdir()
    with pytest.raises(StateError, match=r"state\.sqlite3: cannot be opened"):
        await back_up(file, copy)
    with pytest.raises(StateError, match="in the memory of the bot only"):
        await back_up(Address.parse(":memory:"), copy)
    with pytest.raises(StateError, match="no/where: No such file or directory"):
        await back_up(file, tmp_path / "no" / "where")
    assert list(copy.parent.iterdir()) == []

    await (await State.open(file)).close()
    copy.write_text("precious")
    with pytest.raises(StateError, match="copy: is there already; name a new file"):
        await back_up(file, copy)
    assert copy.read_text() == "precious"
    with pytest.raises(StateError, match="copy: is damaged or no SQLite database"):
        await restore(copy, Address.of_file(tmp_path / "new.sqlite3"))


def test_the_command(tmp_path: Path) -> None:
    """By the setting, both ways; what goes wrong is one line and exit code 1."""
    environ = {"ONRECORD_STATE": str(tmp_path / "state")}
    asyncio.run(_once(Address.of_file(tmp_path / "state")))
    copied = onrecord("backup", str(tmp_path / "copy"), environ=environ)
    again = onrecord("backup", str(tmp_path / "copy"), environ=environ)
    environ = {"ONRECORD_STATE": str(tmp_path / "new")}
    restored = onrecord("backup", str(tmp_path / "copy"), "--restore", environ=environ)

    assert (copied.code, copied.err) == (0, "")
    assert copied.out.startswith(f"Copied {tmp_path / 'state'} to {tmp_path / 'copy'} (")
    assert (again.code, again.out) == (1, "")
    assert again.err == f"onrecord: {tmp_path / 'copy'}: is there already; name a new file\n"
    assert restored.out == f"Restored 1 rows from {tmp_path / 'copy'} into {tmp_path / 'new'}\n"


async def _once(address: Address) -> None:
    async with await State.open(address) as state:
        await state.answers.remember(shown())
