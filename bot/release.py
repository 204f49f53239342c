"""Freeing a large structure little by little, so that other threads get their turns meanwhile."""

import gc
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
            thing = level.pop()
            if _is_to_be_taken_apart(thing, depth):
                below.extend(gc.get_referents(thing))
            del thing
        level, depth = below, depth + 1


def _is_to_be_taken_apart(thing: object, depth: int) -> bool:
    if not gc.is_tracked(thing) or isinstance(thing, _SHARED):
        return False
    if depth <= _DEPTH:
        return True
    return isinstance(thing, tuple | list | dict | set | frozenset) and len(thing) > _LARGE
