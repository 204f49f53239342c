"""The speaker of each sentence, spread over what is theirs: whole quotations, and what follows them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from retrieval.narration import Narration
from retrieval.persons import Attribution
from retrieval.quotations import Quotation

_BESIDE = 60
"""How many characters a reporting verb may stand away from its quotation."""


class Voice(NamedTuple):
    """A speaker in a sentence: the rank of the report, the offset of its verb, and who it is."""

    rank: int
    verb: int
    speaker: Attribution


_MANY = 8
_SHORTLY = 5
"""How many sentences back a quotation that is nobody's may look for who spoke."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence and the voices that its own words name, by their verbs in order.

    *quoted* when it is all quotation; *signs* when it is the signature under one: "— Ana Silva";
    *labelled* when it begins a line with "Ana Silva:" or the like. *about* is the person who is its
    subject, if that is one.
    """

    start: int
    end: int
    voices: tuple[Voice, ...]
    quoted: bool
    signs: bool = False
    labelled: bool = False
    about: Attribution | None = None


def spread(narration: Narration, statements: Sequence[Statement]) -> list[Attribution | None]:
    """Return the speaker of each sentence."""
    speakers: list[Attribution | None] = [None] * len(statements)
    for chain in _chains(narration):
        _over(chain, statements, speakers)
    for i, statement in enumerate(statements):
        if speakers[i] is None and statement.voices and not statement.signs:
            speakers[i] = min(statement.voices, key=lambda voice: voice.rank).speaker
    _carry(narration, statements, speakers)
    _over_labelled(narration, statements, speakers)
    return speakers


def _chains(narration: Narration) -> Iterator[list[Quotation]]:
    """Yield the statements in quotation marks, those together that are one over several paragraphs."""
    chain: list[Quotation] = []
    for quotation in narration.quotations:
        goes_on = chain and chain[-1].open_ended
        if goes_on and not narration.text[chain[-1].end : quotation.start - 1].strip():
            chain.append(quotation)
            continue
        if chain:
            yield chain
        chain = [quotation]
    if chain:
        yield chain


def _over(
    chain: Sequence[Quotation],
    statements: Sequence[Statement],
    speakers: list[Attribution | None],
) -> None:
    """Give the sentences of a quotation the speaker of the verb that stands nearest to it."""
    first = bisect_right(statements, chain[0].start, key=lambda s: s.end)
    last = bisect_left(statements, chain[-1].end, key=lambda s: s.start)
    inside = range(first, last)
    voices = [voice for i in inside for voice in _near(statements[i].voices, chain)]
    if not voices and last < len(statements) and statements[last].signs:
        voices = list(statements[last].voices)
    if not voices:
        return
    voices = [voice for voice in voices if not _only_follows(voice, chain)] or voices
    nearest = min(voices, key=lambda voice: (_gap(chain, voice), voice.rank))
    for i in inside:
        beside = _gap(chain, nearest) <= _BESIDE
        if speakers[i] is None and (beside or not statements[i].voices):
            speakers[i] = nearest.speaker


def _only_follows(voice: Voice, chain: Sequence[Quotation]) -> bool:
    """Tell whether a verb opens a subordinate clause behind a quotation: "“...” after she objected"."""
    return voice.rank > 1 and voice.verb > chain[-1].end


def _near(voices: tuple[Voice, ...], chain: Sequence[Quotation]) -> tuple[Voice, ...]:
    """Return the voices of a sentence that stand next to a quotation; all, unless they are many."""
    if len(voices) <= _MANY:
        return voices
    first = bisect_left(voices, chain[0].start, key=lambda voice: voice.verb)
    last = bisect_left(voices, chain[-1].end, key=lambda voice: voice.verb)
    return voices[max(0, first - 1) : first + 1] + voices[max(0, last - 1) : last + 1]


def _gap(chain: Sequence[Quotation], voice: Voice) -> int:
    """Return how many characters lie between a verb and the nearest edge of a quotation."""
    edges = (chain[0].start, chain[0].end, chain[-1].start, chain[-1].end)
    return min(abs(edge - voice.verb) for edge in edges)


def _carry(
    narration: Narration, statements: Sequence[Statement], speakers: list[Attribution | None]
) -> None:
    """Give a quotation that stands alone the speaker before it, or the one behind it in its paragraph."""
    for i in range(1, len(statements)):
        if speakers[i] is None and statements[i].quoted:
            speakers[i] = _inferred(speakers[i - 1])
    for i in range(len(statements) - 2, -1, -1):
        here, following = statements[i], statements[i + 1]
        same_paragraph = "\n" not in narration.text[here.end : following.start]
        if speakers[i] is None and here.quoted and same_paragraph and _opens(narration, following):
            speakers[i] = _inferred(speakers[i + 1])
    for i in range(1, len(statements)):
        # "Silva shook her head. “We were never asked at all.”"
        if speakers[i] is None and statements[i].quoted:
            found = speakers[i - 1] or statements[i - 1].about
            speakers[i] = _inferred(found or _last_speaker(speakers, i))


def _last_speaker(speakers: list[Attribution | None], i: int) -> Attribution | None:
    """Return who spoke last before sentence *i*, shortly before it."""
    return next((s for s in reversed(speakers[max(0, i - _SHORTLY) : i]) if s is not None), None)


def _over_labelled(
    narration: Narration, statements: Sequence[Statement], speakers: list[Attribution | None]
) -> None:
    """Give a labelled paragraph that quotes nothing to whom its label names: "Silva: We left. ..."."""
    inside = False
    for i in range(1, len(statements)):
        before, here = statements[i - 1], statements[i]
        same_paragraph = "\n" not in narration.text[before.end : here.start]
        begins = before.labelled and speakers[i - 1] is not None
        inside = same_paragraph and (inside or begins)
        labels = (
            speakers[i - 1] is not None and "\x00" not in narration.masked[before.start : here.end]
        )
        if inside and labels:
            speakers[i] = _inferred(speakers[i - 1])


def _opens(narration: Narration, statement: Statement) -> bool:
    return narration.masked.startswith("\x00", statement.start)


def _inferred(speaker: Attribution | None) -> Attribution | None:
    return None if speaker is None else Attribution(speaker.start, speaker.end, inferred=True)
