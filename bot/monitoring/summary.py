"""The counts of some days, summed up for a reader."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.delivery.sent import Ending
from bot.monitoring.tallying import ANSWER_MS, BOUNDS, INLINE, LANGUAGE, QUESTION
from bot.state import Tally
from retrieval.analysis import content, tokens

PLOT_EXTRA = "pip install 'on-the-record[plot]'"
"""The command that installs what draws a summary."""

_SHORTEST = 3
"""Letters of a word that is worth telling of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What was asked from *first* to *last*, both inclusive.

    *median* and *p95* are seconds within which half and 95 % of the answers came, up to a quarter
    too high; None where there were none.
    """

    first: date
    last: date
    endings: Counter[Ending] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    inline: int = 0
    median: float | None = None
    p95: float | None = None

    @property
    def questions(self) -> int:
        """All of them, however they ended; inline searches not among them."""
        return self.endings.total()


def summed_up(tallies: Iterable[Tally], first: date, last: date) -> Summary:
    """Sum up the tallies of the days from *first* to *last*."""
    counts: dict[str, Counter[str]] = {
        kind: Counter() for kind in (QUESTION, INLINE, LANGUAGE, ANSWER_MS)
    }
    for tally in tallies:
        if first <= tally.day <= last and tally.kind in counts:
            counts[tally.kind][tally.name] += tally.count
    endings = {ending: counts[QUESTION][ending.value] for ending in Ending}
    return Summary(
        first=first,
        last=last,
        endings=Counter({ending: count for ending, count in endings.items() if count}),
        languages=counts[LANGUAGE],
        inline=counts[INLINE].total(),
        median=_within(counts[ANSWER_MS], 0.5),
        p95=_within(counts[ANSWER_MS], 0.95),
    )


def by_day(tallies: Sequence[Tally], first: date, last: date) -> list[Summary]:
    """Sum up each day from *first* to *last*, in their order."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [summed_up(tallies, day, day) for day in days]


def most_asked(questions: Iterable[str], limit: int) -> list[tuple[str, int]]:
    """Return the words that stand in most of *questions*, each with the number of these.

    Words of one stem count together, as the one that is written so most often.
    """
    stems: Counter[str] = Counter()
    forms: dict[str, Counter[str]] = {}
    for question in questions:
        words = {token.stem: token.form for token in content(tokens(question))}
        for stem, form in words.items():
            if len(form) >= _SHORTEST:
                stems[stem] += 1
                forms.setdefault(stem, Counter())[form] += 1
    most = sorted(stems.items(), key=lambda each: (-each[1], each[0]))[:limit]
    return [
        (max(forms[stem].items(), key=lambda each: (each[1], each[0]))[0], n) for stem, n in most
    ]


def _within(counts: Counter[str], part: float) -> float | None:
    """Seconds within which so great a part of the answers came."""
    wanted, seen = part * counts.total(), 0
    if not wanted:
        return None
    for bound in BOUNDS:
        seen += counts[str(bound)]
        if seen >= wanted:
            return bound / 1_000
    return BOUNDS[-1] / 1_000
