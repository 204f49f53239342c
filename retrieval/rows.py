"""An article and what was found out about it, each as a row of bytes; read as far as it is asked for.

A row is some vectors of whole numbers and a text. Numbers take as few bytes as the greatest of their
vector needs. They are in the byte order of the machine: a row is read where it was written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from datetime import datetime
from itertools import accumulate, chain
from struct import Struct
from typing import Final, overload

import numpy as np
from typing_extensions import override

from corpus.models import Article
from retrieval.persons import Attribution
from retrieval.sentences import NOBODY, Acts, Sentence, Studied

_KEPT = "surrogatepass"
_CODES: Final = ("B", "H", "I")
_SIZES = (1, 2, 4)
_NARROW = 2
"""Bits of a vector's number in the head that say which of the widths it has."""

_OF_ARTICLE = Struct("<8I")
_VECTORS = 13
_HEAD = Struct(f"={_VECTORS}I")


def article_row(article: Article) -> bytes:
    """Return *article* as a row."""
    moment = article.published_at
    fields = (
        article.id,
        article.title,
        article.text,
        article.url,
        article.publisher,
        None if moment is None else moment.isoformat(),
        article.language,
        article.source,
    )
    encoded = [None if field is None else field.encode("utf-8", _KEPT) for field in fields]
    # One more than the length, so that nothing is told from an empty text.
    sizes = [0 if field is None else len(field) + 1 for field in encoded]
    return _OF_ARTICLE.pack(*sizes) + b"".join(field for field in encoded if field)


def article_of(row: bytes) -> Article:
    """Return the article of a row."""
    found: list[str | None] = []
    at = _OF_ARTICLE.size
    for size in _OF_ARTICLE.unpack_from(row):
        end = at + max(0, size - 1)
        found.append(str(row[at:end], "utf-8", _KEPT) if size else None)
        at = end
    id_, title, text, url, publisher, moment, language, source = found
    return Article(
        id=id_ or "",
        title=title or "",
        text=text or "",
        url=url,
        publisher=publisher,
        published_at=datetime.fromisoformat(moment) if moment else None,
        language=language,
        source=source or "",
    )


class _Numbered(dict[str, int]):
    """Numbers what it is asked for, from 0."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class _Sets:
    """Sets of numbered strings, each once."""

    def __init__(self, numbers: _Numbered) -> None:
        self._numbers = numbers
        self._known: dict[frozenset[str], int] = {}

    def number(self, strings: frozenset[str]) -> int:
        return self._known.setdefault(strings, len(self._known))

    def vectors(self) -> tuple[list[int], list[int]]:
        """Return where each set ends, and its members."""
        # In order: the same article always gives the same row.
        members = [[self._numbers[each] for each in sorted(strings)] for strings in self._known]
        return list(accumulate(map(len, members))), list(chain.from_iterable(members))


def study_row(studied: Studied, title: Sequence[str], signature: bytes) -> bytes:
    """Return what was found out about an article as a row; *title* are the stems of its title.

    *signature* is what its copies are found by (`corpus.signatures`).
    """
    numbers = _Numbered()
    stems = [numbers[stem] for sentence in studied.sentences for stem in sentence.stems]
    known = list(numbers)
    sets = _Sets(numbers)
    speakers = _Numbered()
    spoken: list[int] = []
    table: list[int] = []
    acts: list[int] = []
    for sentence in studied.sentences:
        spoken.append(_speaker(sentence, speakers, table, sets))
        acts += chain.from_iterable((sets.number(g), sets.number(s)) for g, s in sentence.acts)
    title_stems = [numbers[stem] for stem in title]
    set_ends, members = sets.vectors()
    vectors = (
        list(chain.from_iterable((s.start, s.end) for s in studied.sentences)),
        list(accumulate(len(sentence.stems) for sentence in studied.sentences)),
        stems,
        spoken,
        table,
        list(accumulate(2 * len(sentence.acts) for sentence in studied.sentences)),
        acts,
        set_ends,
        members,
        list(studied.passage_lengths),
        title_stems,
        [studied.capitals[stem] for stem in known] + [studied.lower[stem] for stem in known],
        list(signature),
    )
    return _packed(vectors, "\n".join(numbers))


def _speaker(sentence: Sentence, known: _Numbered, table: list[int], sets: _Sets) -> int:
    """Return a number above 1 for who says a sentence, even for nobody; with 1 added if it points back."""
    number = 0
    if (speaker := sentence.speaker) is not None:
        before = len(known)
        number = known[f"{speaker.start} {speaker.end} {speaker.inferred}"] + 1
        if len(known) > before:
            mention = sets.number(sentence.speaker_stems)
            table += (speaker.start, speaker.end, int(speaker.inferred), mention)
    return 2 * number + int(sentence.points_back)


def _packed(vectors: Iterable[Sequence[int]], text: str) -> bytes:
    head: list[int] = []
    body: list[bytes] = []
    for vector in vectors:
        most = max(vector, default=0)
        width = (most > 0xFF) + (most > 0xFFFF)
        head.append(len(vector) << _NARROW | width)
        body.append(np.array(vector, dtype=_CODES[width]).tobytes())
    return b"".join((_HEAD.pack(*head), *body, text.encode("utf-8", _KEPT)))


class Study(Sequence[Sentence]):
    """The sentences of one article, and all else of its row. Each is read when it is asked for.

    Safe from several threads.
    """

    __slots__ = (
        "_acts",
        "_acts_end",
        "_bounds",
        "_counts",
        "_members",
        "_read",
        "_set_ends",
        "_sets",
        "_signature",
        "_speakers",
        "_spoken",
        "_stems",
        "_stems_end",
        "_strings",
        "_title",
        "passage_lengths",
        "stems",
        "title",
    )

    def __init__(self, row: bytes) -> None:
        view, at = memoryview(row), _HEAD.size
        vectors: list[memoryview] = []
        for size in _HEAD.unpack_from(row):
            width = size & 3
            end = at + (size >> _NARROW) * _SIZES[width]
            vectors.append(view[at:end].cast(_CODES[width]))
            at = end
        (
            self._bounds,
            self._stems_end,
            self._stems,
            self._spoken,
            self._speakers,
            self._acts_end,
            self._acts,
            self._set_ends,
            self._members,
            lengths,
            title,
            self._counts,
            self._signature,
        ) = vectors
        strings = self._strings = str(view[at:], "utf-8", _KEPT).split("\n")
        self._read: list[Sentence | None] = [None] * len(self._stems_end)
        self._sets: dict[int, frozenset[str]] = {}
        self.passage_lengths: Sequence[int] = lengths
        """How many sentences each passage has."""
        self.title: tuple[str, ...] = tuple(map(strings.__getitem__, title))
        """The stems of the title."""
        self.stems: frozenset[str] = frozenset(strings[: len(self._counts) // 2])
        """The stems of all sentences."""

    @override
    def __len__(self) -> int:
        return len(self._read)

    @overload
    def __getitem__(self, number: int) -> Sentence: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Sentence]: ...
    @override
    def __getitem__(self, number: int | slice) -> Sentence | Sequence[Sentence]:
        if isinstance(number, slice):
            return tuple(self[each] for each in range(*number.indices(len(self))))
        found = self._read[number]
        if found is None:
            found = self._read[number] = self._sentence(number % len(self))
        return found

    @property
    def signature(self) -> bytes:
        """What copies of the article are found by."""
        return self._signature.tobytes()

    def counts(self) -> Iterator[tuple[str, int, int]]:
        """Yield each stem of the sentences, how often it has a capital inside them, and how often not."""
        half = len(self._counts) // 2
        return zip(self._strings[:half], self._counts[:half], self._counts[half:], strict=True)

    def numbered(self, strings: AbstractSet[str]) -> dict[int, str]:
        """Return those of *strings* that are stems of the sentences, by what they are called in `held`."""
        return {self._strings.index(stem): stem for stem in self.stems.intersection(strings)}

    def held(self, number: int, wanted: Mapping[int, str]) -> frozenset[str]:
        """Return those of *wanted*, which is of `numbered`, that sentence *number* has."""
        return frozenset(map(wanted.__getitem__, wanted.keys() & self._stems_of(number)))

    def points_back(self, number: int) -> bool:
        """Tell whether sentence *number* begins with a pronoun."""
        return bool(self._spoken[number] & 1)

    def speaker_stems(self, number: int) -> frozenset[str]:
        """Return the stems of who says sentence *number*, none for nobody."""
        spoken = self._spoken[number]
        return self._set(self._speakers[4 * (spoken // 2) - 1]) if spoken > 1 else NOBODY

    def _stems_of(self, number: int) -> memoryview:
        first = self._stems_end[number - 1] if number else 0
        return self._stems[first : self._stems_end[number]]

    def _sentence(self, number: int) -> Sentence:
        spoken, speaker = self._spoken[number], None
        if spoken > 1:
            at = 4 * (spoken // 2 - 1)
            start, end, inferred = self._speakers[at : at + 3]
            speaker = Attribution(start, end, bool(inferred))
        return Sentence(
            self._bounds[2 * number],
            self._bounds[2 * number + 1],
            tuple(map(self._strings.__getitem__, self._stems_of(number))),
            speaker,
            self.speaker_stems(number),
            self.acts(number),
            self.points_back(number),
        )

    def acts(self, number: int) -> Acts:
        """Return the groups of each reporting verb in sentence *number*, and the stems of who does it."""
        first = self._acts_end[number - 1] if number else 0
        end = self._acts_end[number]
        if first == end:
            return ()
        sets = map(self._set, self._acts[first:end])
        return tuple(zip(sets, sets, strict=True))

    def _set(self, number: int) -> frozenset[str]:
        found = self._sets.get(number)
        if found is None:
            first = self._set_ends[number - 1] if number else 0
            members = self._members[first : self._set_ends[number]]
            found = self._sets[number] = frozenset(map(self._strings.__getitem__, members))
        return found

    @override
    def __repr__(self) -> str:
        return f"<Study of {len(self)} sentences>"
