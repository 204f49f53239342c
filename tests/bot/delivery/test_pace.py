"""The pace at which messages go into a chat."""

from hypothesis import given, strategies as st

from bot.delivery.pace import BURST, IN_A_GROUP, Pace

ANN, DESK = 11, -1001


class Clock:
    """Seconds that pass only when told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def moments(chat: int | str, pauses: list[float]) -> list[float]:
    """When messages are sent by somebody who keeps to the pace and rests so long before each."""
    clock = Clock()
    pace = Pace(clock)
    sent = []
    for pause in pauses:
        clock.now += pause
        clock.now += pace.wait(chat)
        sent.append(clock.now)
    return sent


def test_a_few_at_once() -> None:
    """A burst goes at once, and what follows about one a second."""
    sent = moments(ANN, [0.0] * 10)

    assert sent[BURST[0] - 1] == sent[0]
    assert sent[-1] - sent[0] == BURST[1]


def test_a_group() -> None:
    """The twenty-first message into a group waits for the next minute; a private chat's does not."""
    assert moments(DESK, [1.0] * 21)[-1] >= 1_001 + IN_A_GROUP[1]
    assert moments("@desk", [1.0] * 21)[-1] >= 1_001 + IN_A_GROUP[1]
    assert moments(ANN, [1.0] * 21)[-1] == 1_021


@given(st.sampled_from([ANN, DESK]), st.lists(st.floats(0, 30), min_size=1, max_size=60))
def test_never_more(chat: int, pauses: list[float]) -> None:
    """However somebody writes, no more goes into a chat than Telegram allows in any span of time."""
    sent = moments(chat, pauses)

    for most, seconds in (BURST,) if chat > 0 else (BURST, IN_A_GROUP):
        for first, beyond in zip(sent, sent[most:], strict=False):
            assert beyond - first >= seconds - 1e-6


def test_chats_apart() -> None:
    """A busy chat holds up no other; nor does one that Telegram has asked to rest."""
    pace = Pace(Clock())
    for _ in range(10):
        pace.wait(ANN)
    pace.hold(DESK, 30)

    assert pace.wait(ANN) > 0
    assert pace.wait(DESK) == 30
    assert pace.wait(12) == 0


def test_quiet_chats_are_forgotten() -> None:
    """What is known of a chat goes when it no longer counts."""
    clock = Clock()
    pace = Pace(clock)
    for chat in range(1, 3_000):
        clock.now += 1
        pace.wait(chat)
        pace.hold(chat, 1)

    assert len(pace._times) <= 1_001
    assert len(pace._held) <= 1_001
