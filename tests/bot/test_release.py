"""Freeing a corpus piece by piece frees it, and nothing else."""

import gc
import weakref
from dataclasses import dataclass, field

from bot.release import release


@dataclass
class Thing:
    """Something that can be watched."""

    name: str
    held: object = None
    table: dict[int, object] = field(default_factory=dict)


def test_everything_is_freed() -> None:
    """What only the root refers to is gone afterwards, however deep it was."""
    leaf = Thing("leaf")
    root = Thing("root", held=[{"deep": (leaf,)}], table=dict.fromkeys(range(1_000), leaf))
    watched = [weakref.ref(leaf), weakref.ref(root)]
    del leaf
    things: list[object] = [root]
    del root

    release(things)

    assert [watch() for watch in watched] == [None, None]
    assert things == []


def test_what_others_use_stays() -> None:
    """What somebody else refers to is neither freed nor changed, nor is what hangs on it."""
    shared = Thing("shared", held=[1, 2, 3], table={1: "one"})
    large = {number: [number] for number in range(1_000)}

    release([Thing("root", held=(shared, large), table={1: large})])

    assert (shared.held, shared.table) == ([1, 2, 3], {1: "one"})
    assert large == {number: [number] for number in range(1_000)}


def test_a_structure_that_contains_itself() -> None:
    """A large list that holds itself does not keep it going for ever."""
    endless: list[object] = list(range(1_000))
    endless.append(endless)

    release([endless])

    assert endless[-1] is endless
    endless.clear()
    gc.collect()
