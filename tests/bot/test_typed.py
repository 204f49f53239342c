"""What people type: the newest query counts, and a question is counted once."""

import asyncio

import pytest
from hypothesis import given, strategies as st

from bot.handlers.typed import Keystrokes, Typed

ANN, BOB = 1, 2


class Search:
    """Looks for things, each for as long as the test wants it to."""

    def __init__(self) -> None:
        self.typed = Typed()
        self.begun: list[int] = []
        self.answered: list[int] = []
        self._ends: dict[int, asyncio.Event] = {}

    def query(self, number: int, user: int = ANN) -> "asyncio.Task[None]":
        self._ends[number] = asyncio.Event()
        return asyncio.create_task(self._look(user, number))

    def end(self, number: int) -> None:
        self._ends[number].set()

    async def _look(self, user: int, number: int) -> None:
        async with self.typed.turn(user, number) as is_newest:
            if is_newest():
                self.begun.append(number)
                await self._ends[number].wait()
                if is_newest():
                    self.answered.append(number)


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def test_only_the_newest_is_answered() -> None:
    """Of what one person types meanwhile, only the last is looked for, and only that is answered."""
    search = Search()
    tasks = [search.query(number) for number in range(1, 6)]
    await settle()
    assert search.begun == [1]

    search.end(1)
    await settle()
    assert search.begun == [1, 5]
    search.end(5)
    await asyncio.gather(*tasks)

    assert search.answered == [5]


async def test_people_do_not_wait_for_each_other() -> None:
    """Somebody else's query is looked for at once."""
    search = Search()
    tasks = [search.query(1), search.query(2, BOB)]
    await settle()
    assert search.begun == [1, 2]

    search.end(2)
    search.end(1)
    await asyncio.gather(*tasks)
    assert search.answered == [2, 1]


async def test_an_older_one_that_comes_late() -> None:
    """A query that is handled after a newer one came is dropped."""
    search = Search()
    newer, older = search.query(9), search.query(8)
    await settle()
    search.end(9)
    await asyncio.gather(newer, older)

    assert search.begun == [9]


async def test_a_smaller_number_after_a_pause() -> None:
    """Telegram may count anew after a quiet week; nothing of what is over counts against that."""
    search = Search()
    for number in (9, 3):
        task = search.query(number)
        search.end(number)
        await task

    assert search.answered == [9, 3]


@pytest.mark.parametrize("cancelled", [1, 2])
async def test_one_that_is_cancelled(cancelled: int) -> None:
    """A query that is given up, in hand or waiting, leaves the way free for the next."""
    search = Search()
    tasks = {number: search.query(number) for number in (1, 2)}
    await settle()
    tasks[cancelled].cancel()
    await asyncio.gather(tasks[cancelled], return_exceptions=True)
    tasks[3] = search.query(3)
    for number in (1, 2, 3):
        search.end(number)
    await asyncio.gather(*tasks.values(), return_exceptions=True)

    assert search.answered == [3]


async def test_one_that_is_cancelled_as_its_turn_comes() -> None:
    """A turn that was handed to a query at the moment at which it is given up is not lost."""
    search = Search()
    first, second = search.query(1), search.query(2)
    await settle()
    search.end(1)
    await asyncio.wait([first])
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    third = search.query(3)
    search.end(3)
    await asyncio.wait_for(third, 60)

    assert search.answered == [3]


async def test_nothing_is_kept() -> None:
    """When all is answered, nothing is left of who asked."""
    search = Search()
    tasks = [search.query(number, user) for number in range(30) for user in (ANN, BOB)]
    for number in range(30):
        search.end(number)
    await asyncio.gather(*tasks)

    assert search.typed._people == {}


def test_a_question_typed_letter_by_letter() -> None:
    """Each key sends a query, but all of them are the one question; so are letters taken back."""
    strokes = Keystrokes()
    typed = ["w", "wh", "who", "who d", "who", "who denied"]

    numbers = {strokes.question_of(ANN, text, n, n) for n, text in enumerate(typed, 1)}

    assert numbers == {1}


def test_another_question() -> None:
    """Other words, another person, a long pause, and more keys than a question has, count anew."""
    strokes = Keystrokes()
    assert strokes.question_of(ANN, "who", 1, 0) == 1
    assert strokes.question_of(ANN, "when", 2, 1) == 2
    assert strokes.question_of(BOB, "when", 3, 2) == 3
    assert strokes.question_of(ANN, "when was", 4, 90) == 4
    strokes.begin_anew(ANN)
    assert strokes.question_of(ANN, "when was it", 5, 91) == 5
    assert {strokes.question_of(ANN, "when was it", n, 91) for n in range(6, 50)} == {5, 35}


@given(st.lists(st.tuples(st.integers(1, 4), st.text("ab", max_size=3)), max_size=60))
def test_no_more_questions_than_queries(typed: list[tuple[int, str]]) -> None:
    """A query counts as itself or as one that the same person sent before."""
    strokes = Keystrokes()
    sent: dict[int, set[int]] = {}
    for number, (user, text) in enumerate(typed):
        sent.setdefault(user, set()).add(number)
        assert strokes.question_of(user, text, number, number) in sent[user]
