"""What holds up everything else in the process, kept short while the bot serves."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_TURN = 0.0005
"""Seconds that a thread computes before it gives way. Python's own 5 ms are felt at each step of a reply,
of which there are dozens, and where two search the event loop often waits for both."""


@contextmanager
def short_pauses() -> Iterator[None]:
    """Let threads give way early, and collections of garbage walk only through what is new.

    To be entered once in a process, when all that stays is loaded: what exists then is not looked
    through any more, which took a fifth of a second each time. Freed it still is, once nothing
    refers to it, but for what is in a cycle: that waits until this is left.
    """
    interval = sys.getswitchinterval()
    sys.setswitchinterval(min(interval, _TURN))
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        sys.setswitchinterval(interval)
