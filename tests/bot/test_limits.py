"""What one person and one chat may ask in a minute."""

from itertools import count

from hypothesis import example, given, strategies as st

from bot.handlers import limits
from bot.handlers.limits import Excess, Limits

ANN, BOB, DESK = 11, 12, -1001


class Asking:
    """Asks, one update after another."""

    def __init__(self, user: int, chat: int) -> None:
        self.limits = Limits(user=user, chat=chat)
        self._numbers = count()

    def __call__(self, at: float, asker: int = ANN, chat: int | None = None) -> Excess | None:
        where = asker if chat is None else chat
        return self.limits.judge(next(self._numbers), where, asker, at)


def test_a_minutes_questions_may_come_at_once() -> None:
    """Then one is told when to go on; until then no other word is lost on it."""
    ask = Asking(user=3, chat=100)

    assert [ask(0) for _ in range(3)] == [None] * 3
    assert ask(1) == Excess(40, in_chat=False, told=False)
    assert ask(2) == Excess(39, in_chat=False, told=True)
    assert ask(40.5) == Excess(1, in_chat=False, told=True)
    assert [ask(41) for _ in range(2)] == [None] * 2
    assert ask(41) == Excess(40, in_chat=False, told=False)


def test_people_do_not_share_a_limit() -> None:
    """Neither in their own chats nor in a group."""
    ask = Asking(user=1, chat=100)

    assert ask(0, ANN) is None
    assert ask(0, BOB) is None
    assert ask(60, ANN, DESK) is None
    assert ask(60, BOB, DESK) is None


def test_somebodys_limit_holds_everywhere() -> None:
    """Who has asked enough in private cannot go on in a group."""
    ask = Asking(user=1, chat=100)

    assert ask(0) is None
    assert ask(1, ANN, DESK) == Excess(60, in_chat=False, told=False)


def test_a_chats_limit() -> None:
    """A group has one for all its people; who alone asks too much there takes nothing of it."""
    ask = Asking(user=2, chat=4)

    assert [ask(0, ANN, DESK) for _ in range(2)] == [None] * 2
    assert [ask(0, ANN, DESK) is None for _ in range(5)] == [False] * 5
    assert [ask(0, BOB, DESK) for _ in range(2)] == [None] * 2
    assert ask(0, 13, DESK) == Excess(30, in_chat=True, told=False)
    assert ask(0, 14, DESK) == Excess(30, in_chat=True, told=True)
    assert ask(0, 14) is None


def test_an_anonymous_admin() -> None:
    """Who writes in the name of the group is held to both limits, which are two."""
    ask = Asking(user=1, chat=2)

    assert ask(0, DESK, DESK) is None
    assert ask(0, DESK, DESK) == Excess(60, in_chat=False, told=False)
    assert ask(0, ANN, DESK) is None


def test_an_update_that_is_handled_again() -> None:
    """It is judged as it was the first time, and counted once."""
    judge = Limits(user=1, chat=1).judge

    assert [judge(1, ANN, ANN, 0) for _ in range(3)] == [None] * 3
    told = judge(2, ANN, ANN, 0)
    assert told == Excess(60, in_chat=False, told=False)
    assert judge(2, ANN, ANN, 0) == told


def test_memory() -> None:
    """However many people ask, no more of them are known than is set."""
    ask = Asking(user=1, chat=1)

    for asker in range(2 * limits._MANY):
        assert ask(float(asker), asker + 1, DESK - asker) is None

    assert len(ask.limits._buckets) <= limits._MANY
    assert len(ask.limits._verdicts) <= limits._MANY


@given(
    size=st.integers(1, 60),
    steps=st.lists(st.floats(0, 40), min_size=1, max_size=200),
)
@example(size=1, steps=[0, 0, 0, 0, 0, 1.1368990160565744, 1.7891662721982107, 29.45, 0])
def test_fair_to_all(size: int, steps: list[float]) -> None:
    """Whatever the haste: no minute has more than twice the limit, and who waits as told may go on."""
    ask, at, answered = Asking(user=size, chat=100), 0.0, []
    for step in steps:
        at += step
        excess = ask(at)
        if excess is None:
            answered.append(at)
        else:
            assert 1 <= excess.seconds <= 60
            at += excess.seconds
            assert ask(at) is None
            answered.append(at)

    assert all(
        sum(begin <= each < begin + 60 for each in answered) <= 2 * size for begin in answered
    )


@given(steps=st.lists(st.integers(6, 100), min_size=1, max_size=100))
def test_a_steady_pace_is_never_too_fast(steps: list[int]) -> None:
    """Who keeps to the pace of the limit is never told anything."""
    ask, at = Asking(user=10, chat=100), 1_000.0
    for step in steps:
        at += step
        assert ask(at) is None
