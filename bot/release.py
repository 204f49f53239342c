"""Freeing a large structure little by little, so that other threads get their turns meanwhile."""

import gc
import sys
from types import BuiltinFunctionType, FrameType, FunctionType, ModuleType, TracebackType

_LARGE = 256
"""Items from which on a container is taken apart wherever it stands."""

_DEPTH = 6
"""Levels below the root on which everything is taken apart: deeper down most things are small."""

_DEEPEST = 16
"""No structure of ours goes deeper, and one that contains itself would never end."""

_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, FrameType, TracebackType)
"""What objects refer to without owning it."""


def release(root: list[object]) -> None:
    """Empty *root* and free what only it refers to, piece by piece. For a thread of its own.

    Python frees an object with all that hangs on it in one step, during which no other thread
    runs: for a corpus of a million objects that is long enough to be felt. Here each container is
    taken apart before it is freed. Nothing that is used elsewhere is changed or freed.
    """
    level, depth = root, 0
    while level and depth < _DEEPEST:
        below: list[object] = []
        while level:
            ours_alone = _references_to_last(level) == _ALONE
            _take_apart(level.pop(), depth, below, ours_alone=ours_alone)
        level, depth = below, depth + 1


def _take_apart(thing: object, depth: int, below: list[object], *, ours_alone: bool) -> None:
    if not gc.is_tracked(thing) or isinstance(thing, _SHARED):
        return
    if isinstance(thing, dict) and ours_alone:
        # Nobody else can see it, so it may be emptied; a large one takes long to free, even hollow.
        while thing:
            below.append(thing.popitem()[1])
    elif depth <= _DEPTH or _is_large(thing):
        below.extend(gc.get_referents(thing))


def _references_to_last(things: list[object]) -> int:
    return sys.getrefcount(things[-1])


_ALONE = _references_to_last([object()])
"""What is counted for an object that only the list refers to; versions of Python differ."""


def _is_large(thing: object) -> bool:
    return isinstance(thing, tuple | list | dict | set | frozenset) and len(thing) > _LARGE
