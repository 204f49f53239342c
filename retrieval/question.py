"""A question into a query: what is searched for, what would answer it, who is asked about, and when."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import pairwise

from retrieval.analysis import STOPWORDS, Token, content, exact, in_title, pair, stem, tokens
from retrieval.dates import NO_DATES, Asked, read_dates
from retrieval.expected import Kind, counted, is_question, kind_of, measured, without_frame
from retrieval.lexicon import words
from retrieval.models import Terms
from retrieval.names import is_role
from retrieval.relations import Phrase, related
from retrieval.statement import AskedStatement
from retrieval.vocabulary import Vocabulary

LONGEST = 60
"""How many different words of a question are searched for: the rarest of a longer one."""

DERIVED = 0.6
NAME_WEIGHT = 1.3

_EXACT = 0.5
_PAIR = 0.2
_TITLE = 0.15
_ACT = 0.3


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of the question. *weight* is its IDF, times what its part in the question adds.

    *known* is false when the corpus has no such word, nor one that it is a misspelling of.
    """

    stem: str
    form: str
    weight: float
    is_name: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Stand:
    """What may stand in a sentence for some words of the question, and how well (0 to 1)."""

    words: tuple[int, ...]
    phrase: Phrase
    strength: float


@dataclass(frozen=True)
class Query:
    """A question as it is understood.

    *light* are the stems of its words that are too light to search for ("called", "type");
    *is_claim* when nothing is asked: a headline or a claim whose sources are looked for; *acts* are the groups of reporting verbs asked about ("deny"), empty for neutral ones; *speaker*
    are the numbers of the words that name whose words are asked for; *act_words* those of the verb,
    *counted* those of what "how many" counts; *understood* is to be shown to the asker.
    """

    question: str
    words: tuple[Word, ...]
    light: frozenset[str]
    stands: tuple[Stand, ...]
    kind: Kind
    is_claim: bool
    acts: frozenset[str]
    asks_speaker: bool
    speaker: frozenset[int]
    act_words: frozenset[int]
    counted: frozenset[int]
    dates: Asked
    understood: tuple[str, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the question's words."""
        return frozenset(word.stem for word in self.words)

    @property
    def asks_news(self) -> bool:
        """Whether nothing is asked but what is new: "what happened yesterday?", "latest news"."""
        timed = self.dates.range is not None or self.dates.newest_first
        return timed and all(word.stem in _LIGHT for word in self.words)

    @cached_property
    def rest(self) -> tuple[int, ...]:
        """The numbers of the words that say what a statement is about; of all words without one."""
        apart = self.speaker | self.act_words
        every = range(len(self.words))
        return tuple(i for i in every if i not in apart) or tuple(every)

    def stands_for(self, number: int, stems: Collection[str]) -> bool:
        """Tell whether a word of the question, or what may stand for it, is among *stems*."""
        if self.words[number].stem in stems:
            return True
        phrases = (stand.phrase for stand in self.stands if number in stand.words)
        return any(all(part in stems for part in phrase) for phrase in phrases)

    @cached_property
    def terms(self) -> Terms:
        """What is searched for."""
        found: dict[str, float] = {}
        for i, word in enumerate(self.words):
            factor = (NAME_WEIGHT if word.is_name else 1.0) * (_ACT if i in self.act_words else 1.0)
            found[word.stem] = factor
            found[exact(word.form)] = _EXACT * factor
            found[in_title(word.stem)] = _TITLE * factor
        for one, other in pairwise(self.words):
            found[pair(one.stem, other.stem)] = _PAIR
        for stand in self.stands:
            for part in stand.phrase:
                if not any(self.words[i].known for i in stand.words):
                    found[part] = max(found.get(part, 0.0), stand.strength)
        return found


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
    asks = is_question(question)
    dates = read_dates(question, now) if asks else NO_DATES
    asked = _content_words(question, (dates.span, measured(question)))
    present = {token.stem for token in asked}
    added = [t for name in carried for t in content(tokens(name)) if t.stem not in present]
    understood: list[str] = [f"about {name}" for name in carried] if added else []
    read: list[Word] = []
    meant: dict[str, str] = {}
    title_case = _is_title_case(question)
    first = next(tokens(question), None)
    for token in [*asked, *added]:
        raw_is_name = token in added or (
            not title_case
            and question[token.start].isupper()
            and (first is None or token.start != first.start)
        )
        word, correction = _read(token, vocabulary, capitalised=raw_is_name)
        read.append(word)
        meant[token.stem] = word.stem
        if correction is not None:
            understood.append(correction)
    chosen = tuple(_rarest(read))
    if dates.range is not None:
        understood.append(dates.range.label)
    if dates.newest_first:
        understood.append("the newest first")
    statement = AskedStatement.read(question) if asks else AskedStatement()
    return Query(
        question=question,
        words=chosen,
        light=_light(question, chosen, dates.span),
        stands=tuple(_stands(chosen, vocabulary)),
        kind=kind_of(question) if asks else Kind.ANY,
        is_claim=not asks and len(chosen) > 1,
        acts=statement.acts,
        asks_speaker=statement.asks_speaker,
        speaker=_who(chosen, statement.speaker, meant),
        act_words=_numbers(chosen, statement.verb, meant),
        counted=_numbers(chosen, counted(question), meant),
        dates=dates,
        understood=tuple(understood),
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
        is_claim=False,
        acts=frozenset(),
        asks_speaker=False,
        speaker=frozenset(),
        act_words=frozenset(),
        counted=frozenset(),
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


def _read(token: Token, vocabulary: Vocabulary, *, capitalised: bool) -> tuple[Word, str | None]:
    """Return a word as the corpus knows it, and what to tell the asker when that is another."""
    if token.stem in vocabulary:
        return _known(token.stem, token.form, vocabulary), None
    meant = vocabulary.meant_by(token.stem, name=capitalised)
    if meant is not None:
        return _known(meant, meant, vocabulary), f"{token.form} read as {meant}"
    weight = vocabulary.idf(token.stem) * (NAME_WEIGHT if capitalised else 1.0)
    return Word(token.stem, token.form, weight, capitalised, known=False), None


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


def _who(chosen: Sequence[Word], phrase: str, meant: Mapping[str, str]) -> frozenset[int]:
    """Return the words that name whose words are asked for; none when none is a name or a role."""
    numbers = _numbers(chosen, phrase, meant)
    somebody = any(chosen[i].is_name or is_role(chosen[i].form) for i in numbers)
    return numbers if somebody else frozenset()


def _numbers(chosen: Sequence[Word], phrase: str, meant: Mapping[str, str]) -> frozenset[int]:
    """Return the numbers of the words that *phrase* has; *meant* are stems as asked -> as known."""
    stems = {meant.get(token.stem, token.stem) for token in content(tokens(phrase))}
    forms_of = {token.form for token in content(tokens(phrase))}
    return frozenset(
        i for i, word in enumerate(chosen) if word.stem in stems or word.form in forms_of
    )
