"""What a corpus is gathered by, however it is read: each id once, refusals within bounds."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set as AbstractSet
from pathlib import Path
from typing import TypeAlias

from corpus.errors import SourceError, Withdrawal
from corpus.items import item_of
from corpus.reading.entries import Origin
from corpus.reading.records import shown

MOST_REFUSALS = 1_000
"""Refusals listed for one file. More are counted in a last one, so that a big file of something
else under a known suffix cannot fill the memory."""

MOST_REFUSALS_IN_ALL = 10_000
"""Refusals listed for a whole corpus. The files of those beyond are counted only."""

PROGRESS_BYTES = 1 << 20

Progress: TypeAlias = Callable[[int, int], None]


class Refusals:
    """Refusals as they come; of one file no more than MOST_REFUSALS, then their number."""

    def __init__(self, in_all: int = MOST_REFUSALS_IN_ALL) -> None:
        self._kept: list[SourceError] = []
        self._listed: Counter[Path] = Counter()
        self._more: Counter[Path] = Counter()
        self._elsewhere = 0
        self._in_all = in_all

    def add(self, refusal: SourceError) -> bool:
        """Keep *refusal*, or count it. Tell whether it was kept."""
        room = len(self._kept) < self._in_all and self._listed[refusal.path] < MOST_REFUSALS
        if room:
            self._kept.append(refusal)
            self._listed[refusal.path] += 1
        else:
            self.add_more(refusal.path, 1)
        return room

    def add_more(self, path: Path, number: int) -> None:
        """Count *number* more of a file."""
        if self._listed[path]:
            self._more[path] += number
        else:
            del self._listed[path]  # a Counter of all files there are would have no bounds
            self._elsewhere += number

    def more(self) -> Mapping[Path, int]:
        """Return how many of each file were counted, of those files that some are kept of."""
        return self._more

    def listed(self) -> tuple[SourceError, ...]:
        """Those that were kept, and how many were not."""
        more = [SourceError(p, None, f"{n:,} more refused") for p, n in self._more.items()]
        if self._elsewhere:
            reason = f"{self._elsewhere:,} more refused in other files"
            more.append(SourceError(Path(), None, reason))
        return (*self._kept, *more)


class Gathering:
    """Decides which articles of a corpus count, in the order in which they come."""

    def __init__(self, removed: AbstractSet[str] = frozenset()) -> None:
        self.refusals = Refusals()
        self.left_out = 0
        self._removed = removed
        self._first: dict[str, str] = {}
        self._withdrawn: dict[str, Withdrawal] = {}

    def refuse(self, refusal: SourceError) -> None:
        """Keep *refusal*, and what it withdraws."""
        self.refusals.add(refusal)
        if (new := refusal.withdraws) is not None:
            old = self._withdrawn.get(new.guid, new)
            all_of_it = old.version is None or new.version is None
            version = None if all_of_it else max(old.version or 0, new.version or 0)
            self._withdrawn[new.guid] = Withdrawal(new.guid, version)

    def usable(self, ids: Sequence[str]) -> Sequence[int] | None:
        """The places in *ids* of what nobody has withdrawn; None for all. To be asked at the end."""
        if not self._withdrawn:
            return None
        kept = [place for place, each in enumerate(ids) if not self._is_withdrawn(each)]
        self.left_out += len(ids) - len(kept)
        return kept

    def _is_withdrawn(self, identifier: str) -> bool:
        named = (identifier, item_of(identifier)[0])
        found = filter(None, map(self._withdrawn.get, named))
        return any(each.covers(identifier) for each in found)

    def takes(self, identifier: str, source: str, origin: Origin) -> bool:
        """Whether the article counts. One of an id that is taken is refused, a removed one left out."""
        if identifier in self._removed:
            self.left_out += 1
            return False
        if (first := self._first.get(identifier)) is None:
            self._first[identifier] = source
            return True
        self.refusals.add(origin.refuse(f"id: {shown(identifier)} is already used by {first}"))
        return False


class Meter:
    """Tells how far the reading is: at the start, now and then, at the end."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self._total = total
        self._progress = progress if total else None
        self._told = -PROGRESS_BYTES
        self.done = 0

    def at(self, done: int) -> None:
        """Tell that *done* bytes are read."""
        self.done = done = min(done, self._total)  # a file may have grown since it was found
        if self._progress and (
            done - self._told >= PROGRESS_BYTES or self._told < done == self._total
        ):
            self._told = done
            self._progress(done, self._total)

    def more(self, size: int) -> None:
        """Tell that *size* bytes more are read."""
        self.at(self.done + size)

    def end(self) -> None:
        """Tell that all is read."""
        self.at(self._total)
