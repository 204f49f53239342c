"""Faults that come by chance, the same ones for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.standin.faults import Fault
from tests.standin.params import Json

STORM = (
    Fault.flood(1),
    Fault.gateway(),
    Fault.answer(500, "Internal Server Error"),
    Fault.dropped(executed=False),
    Fault.dropped(executed=True),
    Fault.garbled(executed=False),
    Fault.garbled(executed=True),
    Fault.slow(0.3),
)
"""Everything that can happen to a call."""
SHOWERS = tuple(fault for fault in STORM if not fault.in_doubt)
"""What leaves no doubt whether the call was executed."""


@dataclass(slots=True)
class Weather:
    """Which calls and updates meet a fault.

    Of the calls (of *methods*, or of all) the part *rate* meets one of *faults*. Of the updates the
    part *doubled* is given twice, and of the batches the part *disordered* is shuffled. (Whoever
    confirms a shuffled batch by the number of its last update is given some of it again.)
    """

    seed: int
    rate: float = 0.0
    faults: Sequence[Fault] = STORM
    methods: frozenset[str] | None = None
    doubled: float = 0.0
    disordered: float = 0.0
    again: list[Json] = field(default_factory=list)
    _chance: random.Random = field(init=False, repr=False)
    _given: set[int] = field(default_factory=set, repr=False)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311 - chance that can be repeated is wanted

    def fault(self, method: str) -> Fault | None:
        """What the next call of *method* meets."""
        if self.methods is not None and method not in self.methods:
            return None
        if self._chance.random() >= self.rate:
            return None
        return self._chance.choice(self.faults)

    def twice(self) -> bool:
        """Whether the next update is given twice."""
        return self._chance.random() < self.doubled

    def shuffled(self, updates: Sequence[Json]) -> list[Json]:
        """A batch as it is given: in its order or not."""
        if self._chance.random() >= self.disordered:
            return list(updates)
        return self._chance.sample(updates, len(updates))

    def batch(self, updates: Sequence[Json]) -> list[Json]:
        """A batch of updates as it is given, with some that were given before."""
        batch = [*self.again, *updates]
        self.again.clear()
        for update in updates:
            if update["update_id"] not in self._given and self.twice():
                # In this batch or in the next, which is after it has been confirmed.
                (batch if self._chance.random() < 0.5 else self.again).append(update)
            self._given.add(update["update_id"])
        return self.shuffled(batch)
