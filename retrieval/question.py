"""A question into a query: what is searched for, what would answer it, who is asked about, and when."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime

from retrieval.analysis import STOPWORDS, Token, content, stem, tokens
from retrieval.asking import (
    Kind,
    counted,
    is_question,
    kind_of,
    measured,
    suffered,
    unit,
    without_frame,
)
from retrieval.dates import NO_DATES, read_dates
from retrieval.lexicon import words
from retrieval.models import Note, NoteKind
from retrieval.names import is_role
from retrieval.query import NAME_WEIGHT, Query, Stand, Word
from retrieval.relations import related
from retrieval.statement import AskedStatement
from retrieval.vocabulary import Vocabulary

LONGEST = 60
"""How many different words of a question are searched for: the rarest of a longer one."""

PHRASED = 5000
"""Characters of a question that are read for how it asks; of the rest, only the words are searched for."""

DERIVED = 0.6
"""How well a word stands for another of the same root."""


def understand(
    question: str,
    vocabulary: Vocabulary,
    *,
    now: datetime | None = None,
    carried: Sequence[str] = (),
) -> Query:
    """Return how *question* is read against the words of a corpus.

    *carried* are names of an earlier question, added where this one does not hold them.
    """
    question = without_frame(question)
    phrase = question[:PHRASED]
    asks = is_question(question)
    dates = read_dates(phrase, now) if asks else NO_DATES
    asked = _content_words(question, (dates.span, measured(phrase)))
    present = {token.stem for token in asked}
    added = [t for name in carried for t in content(tokens(name)) if t.stem not in present]
    reading = _Reading(question, vocabulary)
    for token in asked:
        reading.take(token, capitalised=reading.has_capital(token))
    for token in added:
        reading.take(token, capitalised=True)
    chosen = tuple(_rarest(reading.words))
    understood = [Note(NoteKind.ABOUT, {"name": name}) for name in carried] if added else []
    understood += reading.corrections
    if dates.range is not None and (note := dates.range.note) is not None:
        understood.append(note)
    if dates.newest_first:
        understood.append(Note(NoteKind.NEWEST_FIRST))
    timed = dates.range is not None or dates.newest_first
    statement = AskedStatement.read(phrase) if asks else AskedStatement()
    return Query(
        question=question,
        words=chosen,
        light=_light(question, chosen, dates.span),
        stands=tuple(_stands(chosen, vocabulary)),
        kind=kind_of(phrase) if asks else Kind.ANY,
        dates=dates,
        understood=tuple(understood),
        is_claim=not asks and len(chosen) > 1,
        asks_news=timed and all(word.stem in _LIGHT for word in chosen),
        acts=statement.acts,
        asks_speaker=statement.asks_speaker,
        speaker=_who(chosen, reading.known_as(statement.speaker)),
        act_words=_numbers(chosen, reading.known_as(statement.verb)),
        counted=_numbers(chosen, reading.known_as(counted(phrase))),
        suffered=_numbers(chosen, reading.known_as(suffered(phrase))),
        unit=unit(phrase) if asks else "",
    )


def query_of(stems: Sequence[str], vocabulary: Vocabulary) -> Query:
    """Return a query for words of the corpus, as if a question had been nothing but them."""
    chosen = tuple(_known(stem, stem, vocabulary) for stem in stems)
    return Query(
        question=" ".join(stems),
        words=chosen,
        light=frozenset(),
        stands=tuple(_stands(chosen, vocabulary)),
        kind=Kind.ANY,
        dates=NO_DATES,
        understood=(),
    )


def _content_words(question: str, apart: Sequence[tuple[int, int]]) -> list[Token]:
    """Return the words worth looking for: the light ones only where no other is left.

    What stands between the offsets *apart* says which articles or what kind of answer are meant,
    not what is in them.
    """
    asked: dict[str, Token] = {}
    for token in content(tokens(question)):
        if not any(start <= token.start < end for start, end in apart):
            asked.setdefault(token.stem, token)
    weighty = [token for token in asked.values() if token.stem not in _LIGHT]
    return weighty or list(asked.values())


_LIGHT = frozenset(stem(word) for word in words("light"))
_SILENT = frozenset(
    """a about also am an and any are as at be been by can could did do does for from had has have he her his how i if
    in into is it its may me might of on one or our she should so some such than that the their them then there
    these they this those to us was we were what when where which who whom whose why will with would you
    your""".split()
)
"""Stop words that say nothing even of how a thing was asked."""


def _light(question: str, chosen: Sequence[Word], dates: tuple[int, int]) -> frozenset[str]:
    """Return the stems of the words that are not searched for and yet tell sentences apart.

    Those between the offsets *dates* are among them: an article of that day need not name it.
    """
    spoken = [token for token in tokens(question) if token.form not in _SILENT]
    light = {t.stem for t in spoken if t.form in STOPWORDS or t.stem in _LIGHT}
    dated = {t.stem for t in spoken if dates[0] <= t.start < dates[1]}
    return frozenset((light | dated) - {word.stem for word in chosen})


def _is_title_case(question: str) -> bool:
    """Tell whether nearly every word is capitalised, as in a headline: then a capital tells nothing."""
    letters: list[str] = re.findall(r"[^\W\d_]{4,}", question)
    return len(letters) > 2 and sum(word[0].isupper() for word in letters) > 0.8 * len(letters)


class _Reading:
    """The words of one question as the corpus knows them, and what was corrected on the way."""

    def __init__(self, question: str, vocabulary: Vocabulary) -> None:
        self._question = question
        self._vocabulary = vocabulary
        self._title_case = _is_title_case(question)
        self._first = next(tokens(question), None)
        self._meant: dict[str, str] = {}
        self.words: list[Word] = []
        self.corrections: list[Note] = []

    def has_capital(self, token: Token) -> bool:
        """Tell whether a word is written as a name is: with a capital that nothing else explains."""
        if self._title_case or self._first is None or token.start == self._first.start:
            return False
        return self._question[token.start].isupper()

    def take(self, token: Token, *, capitalised: bool) -> None:
        """Read one word."""
        known = token.stem in self._vocabulary
        # What the tables have a known word for is no slip: "Russia" where all say "Russian".
        replaced = any(
            all(part in self._vocabulary for part in other.phrase)
            for _, other in related([token.stem])
        )
        slip = not known and not replaced
        meant = self._vocabulary.meant_by(token.stem, name=capitalised) if slip else None
        if known:
            word = _known(token.stem, token.form, self._vocabulary)
        elif meant is not None:
            word = _known(meant, meant, self._vocabulary)
            self.corrections.append(Note(NoteKind.READ_AS, {"word": token.form, "meant": meant}))
        else:
            weight = self._vocabulary.idf(token.stem) * (NAME_WEIGHT if capitalised else 1.0)
            word = Word(token.stem, token.form, weight, capitalised, known=False)
        self.words.append(word)
        self._meant[token.stem] = word.stem

    def known_as(self, phrase: str) -> frozenset[str]:
        """Return the stems that a phrase of the question has in the corpus."""
        return frozenset(self._meant.get(t.stem, t.stem) for t in content(tokens(phrase)))


def _known(stem_of_word: str, form: str, vocabulary: Vocabulary) -> Word:
    name = vocabulary.is_name(stem_of_word)
    weight = vocabulary.idf(stem_of_word) * (NAME_WEIGHT if name else 1.0)
    return Word(stem_of_word, form, weight, name, known=True)


def _rarest(read: Sequence[Word]) -> list[Word]:
    """Return at most LONGEST words, the rarest known ones, in the question's order."""
    if len(read) <= LONGEST:
        return list(read)
    kept = sorted(read, key=lambda word: (not word.known, -word.weight))[:LONGEST]
    chosen = set(kept)
    return [word for word in read if word in chosen]


def _stands(chosen: Sequence[Word], vocabulary: Vocabulary) -> list[Stand]:
    """Return what may stand for the words: related phrases of the tables, and derivations."""
    found = [
        Stand(tuple(where), other.phrase, other.strength)
        for where, other in related([word.stem for word in chosen])
        if all(part in vocabulary for part in other.phrase)
    ]
    for i, word in enumerate(chosen):
        found += [Stand((i,), (other,), DERIVED) for other in vocabulary.derived_from(word.stem)]
    return found


def _who(chosen: Sequence[Word], stems: Collection[str]) -> frozenset[int]:
    """Return the words that name whose words are asked for; none when none is a name or a role."""
    numbers = _numbers(chosen, stems)
    somebody = any(chosen[i].is_name or is_role(chosen[i].form) for i in numbers)
    return numbers if somebody else frozenset()


def _numbers(chosen: Sequence[Word], stems: Collection[str]) -> frozenset[int]:
    return frozenset(i for i, word in enumerate(chosen) if word.stem in stems)
