"""Tests of what keeps the event loop from waiting."""

import gc
import sys
import weakref

from bot.pauses import short_pauses


class _Knot:
    """Something that refers to itself."""

    def __init__(self) -> None:
        self.itself = self


def test_what_is_loaded_is_not_looked_through_again() -> None:
    """What stays counts as frozen while the bot serves, and no longer when it has ended."""
    stays = [_Knot()]

    with short_pauses():
        assert gc.get_freeze_count() > 0
        assert all(each is not stays for each in gc.get_objects())

    assert gc.get_freeze_count() == 0
    assert any(each is stays for each in gc.get_objects())


def test_garbage_is_collected_before_and_meanwhile() -> None:
    """Nothing that is garbage is kept for ever, whether it was there before or is new."""
    old = weakref.ref(_Knot())

    with short_pauses():
        assert old() is None
        new = weakref.ref(_Knot())
        gc.collect()
        assert new() is None


def test_threads_give_way_early_while_the_bot_serves() -> None:
    """Not later than they did, and as before when it has ended."""
    before = sys.getswitchinterval()

    with short_pauses():
        assert sys.getswitchinterval() < 0.001

    assert sys.getswitchinterval() == before
