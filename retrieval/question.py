"""A question into a query: what is searched for, what would answer it, who is asked about, and when."""

from collections.abc import Collection, Sequence
from datetime import datetime

from retrieval.analysis import STOPWORDS, Token, content, stem, tokens
from retrieval.asking import Kind, counted, is_question, measured, suffered, unit, without_frame
from retrieval.dates import NO_DATES, Asked
from retrieval.following import NOTHING, STATED, Carried, Shape, follow
from retrieval.lexicon import words
from retrieval.models import Note, NoteKind
from retrieval.names import is_role
from retrieval.query import Query, Stand, Word
from retrieval.reading import Reading, known_word
from retrieval.relations import related
from retrieval.vocabulary import Vocabulary

LONGEST = 60
"""How many different words of a question are searched for: the rarest of a longer one."""

PHRASED = 5000
"""Characters of a question that are read for how it asks; of the rest, only the words are searched for."""

_CARRIED = 8
"""How many names, and how many other words, a question that follows is given."""

DERIVED = 0.6
"""How well a word stands for another of the same root."""


def understand(
    question: str,
    vocabulary: Vocabulary,
    *,
    now: datetime | None = None,
    carried: Carried = NOTHING,
) -> Query:
    """Return how *question* is read against the words of a corpus.

    *carried* is what an earlier question was about; of it, what this one leaves unsaid is added.
    """
    question = without_frame(question)
    phrase = question[:PHRASED]
    asks = is_question(question)
    shape = Shape.read(phrase, now) if asks else STATED
    reading = Reading(question, vocabulary)
    for token in _content_words(question, (shape.dates.span, measured(phrase))):
        reading.take(token)
    own = [token for token in reading.tokens if token.stem not in _LIGHT]
    followed = follow(phrase, own, reading.named, carried)
    shape = followed.completed(shape, " ".join(reading.names))
    reading.add(followed.names, faint=followed.faint, capitalised=True)
    reading.add(followed.terms, faint=followed.faint, capitalised=False)
    chosen = tuple(_rarest(reading.words))
    statement = shape.statement
    return Query(
        question=question,
        words=chosen,
        light=_light(question, chosen, shape.dates.span),
        stands=tuple(_stands(chosen, vocabulary, phrase)),
        kind=shape.kind,
        dates=shape.dates,
        understood=_understood(reading, shape.dates),
        about=_about(reading, shape, by_name=bool(statement.speaker)),
        is_claim=not asks and len(chosen) > 1,
        asks_news=_is_timed(shape.dates) and all(word.stem in _LIGHT for word in chosen),
        acts=statement.acts,
        asks_speaker=statement.asks_speaker,
        speaker=_who(chosen, reading.known_as(statement.speaker)),
        act_words=_numbers(chosen, reading.known_as(statement.verb)),
        counted=_numbers(chosen, reading.known_as(counted(phrase))),
        suffered=_numbers(chosen, reading.known_as(suffered(phrase))),
        unit=unit(phrase) if asks else "",
    )


def _is_timed(dates: Asked) -> bool:
    return dates.range is not None or dates.newest_first


def _understood(reading: Reading, dates: Asked) -> tuple[Note, ...]:
    """Return what was read into a question and is to be shown."""
    notes = [Note(NoteKind.ABOUT, {"name": name}) for name in reading.added]
    notes += reading.corrections
    if dates.range is not None and dates.range.note is not None:
        notes.append(dates.range.note)
    if dates.newest_first:
        notes.append(Note(NoteKind.NEWEST_FIRST))
    return tuple(notes)


def _about(reading: Reading, shape: Shape, *, by_name: bool) -> Carried:
    """Return what a question that follows may carry."""
    return Carried(
        names=tuple(reading.names)[:_CARRIED],
        dates=shape.dates.range,
        terms=tuple(reading.terms)[:_CARRIED],
        said=shape.statement.verb,
        by_name=by_name,
        kind=shape.kind,
        strict=shape.dates.strict,
    )


def query_of(stems: Sequence[str], vocabulary: Vocabulary) -> Query:
    """Return a query for words of the corpus, as if a question had been nothing but them."""
    chosen = tuple(known_word(stem, stem, vocabulary) for stem in stems)
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


def _rarest(read: Sequence[Word]) -> list[Word]:
    """Return at most LONGEST words, the rarest known ones, in the question's order."""
    if len(read) <= LONGEST:
        return list(read)
    kept = sorted(read, key=lambda word: (not word.known, -word.weight))[:LONGEST]
    chosen = set(kept)
    return [word for word in read if word in chosen]


def _stands(chosen: Sequence[Word], vocabulary: Vocabulary, phrase: str = "") -> list[Stand]:
    """Return what may stand for the words: related phrases of the tables, and derivations.

    In *phrase*, as it is asked, the words stand beside their small ones: "cut off".
    """
    stems = [word.stem for word in chosen]
    numbers = {one: i for i, one in enumerate(stems)}
    spoken = [token.stem for token in tokens(phrase)]
    read = [(tuple(where), other) for where, other in related(stems)]
    for where, other in related(spoken):
        words_of_it = tuple(numbers[spoken[i]] for i in where if spoken[i] in numbers)
        if words_of_it:
            read.append((words_of_it, other))
    found = [
        Stand(where, other.phrase, other.strength)
        for where, other in dict.fromkeys(read)
        if all(part in vocabulary for part in other.phrase)
    ]
    for i, word in enumerate(chosen):
        found += [
            Stand((i,), (other,), DERIVED, derived=True)
            for other in vocabulary.derived_from(word.stem)
        ]
    return found


def _who(chosen: Sequence[Word], stems: Collection[str]) -> frozenset[int]:
    """Return the words that name whose words are asked for; none when none is a name or a role."""
    numbers = _numbers(chosen, stems)
    somebody = any(chosen[i].is_name or is_role(chosen[i].form) for i in numbers)
    return numbers if somebody else frozenset()


def _numbers(chosen: Sequence[Word], stems: Collection[str]) -> frozenset[int]:
    return frozenset(i for i, word in enumerate(chosen) if word.stem in stems)
