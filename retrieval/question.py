"""A question into a query: what is searched for, what would answer it, who is asked about, and when."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from retrieval.analysis import Token, content, exact, in_title, pair, stem, tokens
from retrieval.dates import Asked, read_dates
from retrieval.expected import Kind, kind_of
from retrieval.lexicon import words
from retrieval.models import Terms
from retrieval.relations import Phrase, related
from retrieval.reporting import forms, groups
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

    *acts* are the groups of reporting verbs asked about ("deny"), empty for neutral ones; *speaker*
    are the numbers of the words that name whose words are asked for; *act_words* those of the verb;
    *understood* is to be shown to the asker.
    """

    question: str
    words: tuple[Word, ...]
    stands: tuple[Stand, ...]
    kind: Kind
    acts: frozenset[str]
    asks_speaker: bool
    speaker: frozenset[int]
    act_words: frozenset[int]
    dates: Asked
    understood: tuple[str, ...]

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of the question's words."""
        return frozenset(word.stem for word in self.words)

    @cached_property
    def topic(self) -> tuple[int, ...]:
        """The numbers of the words that are neither the speaker asked about nor the reporting verb."""
        apart = self.speaker | self.act_words
        return tuple(i for i in range(len(self.words)) if i not in apart) or tuple(
            range(len(self.words))
        )

    @cached_property
    def terms(self) -> Terms:
        """What is searched for."""
        found: dict[str, float] = {}
        for i, word in enumerate(self.words):
            factor = (NAME_WEIGHT if word.is_name else 1.0) * (_ACT if i in self.act_words else 1.0)
            found[word.stem] = factor
            found[exact(word.form)] = _EXACT * factor
            found[in_title(word.stem)] = _TITLE * factor
        for one, other in zip(self.words, self.words[1:], strict=False):
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
    asked = _content_words(question)
    present = {token.stem for token in asked}
    added = [t for name in carried for t in content(tokens(name)) if t.stem not in present]
    understood: list[str] = [f"about {name}" for name in carried] if added else []
    read: list[Word] = []
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
        if correction is not None:
            understood.append(correction)
    chosen = tuple(_rarest(read))
    dates = read_dates(question, now)
    if dates.range is not None:
        understood.append(dates.range.label)
    statement = _Statement.read(question)
    return Query(
        question=question,
        words=chosen,
        stands=tuple(_stands(chosen, vocabulary)),
        kind=kind_of(question),
        acts=statement.acts,
        asks_speaker=statement.asks_speaker,
        speaker=_numbers(chosen, statement.speaker),
        act_words=_numbers(chosen, statement.verb),
        dates=dates,
        understood=tuple(understood),
    )


def _content_words(question: str) -> list[Token]:
    """Return the words worth looking for: the light ones only where no other is left."""
    asked: dict[str, Token] = {}
    for token in content(tokens(question)):
        asked.setdefault(token.stem, token)
    weighty = [token for token in asked.values() if token.stem not in _LIGHT]
    return weighty or list(asked.values())


_LIGHT = frozenset(stem(word) for word in words("light"))


def _is_title_case(question: str) -> bool:
    """Tell whether nearly every word is capitalised, as in a headline: then a capital tells nothing."""
    letters = [word for word in re.findall(r"[^\W\d_]{4,}", question)]
    return len(letters) > 2 and sum(word[0].isupper() for word in letters) > 0.8 * len(letters)


def _read(
    token: Token, vocabulary: Vocabulary, *, capitalised: bool
) -> tuple[Word, str | None]:
    """Return a word as the corpus knows it, and what to tell the asker when that is another."""
    if token.stem in vocabulary:
        name = vocabulary.is_name(token.stem)
        weight = vocabulary.idf(token.stem) * (NAME_WEIGHT if name else 1.0)
        return Word(token.stem, token.form, weight, name, known=True), None
    meant = vocabulary.meant_by(token.stem, name=capitalised)
    if meant is not None:
        name = vocabulary.is_name(meant)
        weight = vocabulary.idf(meant) * (NAME_WEIGHT if name else 1.0)
        return Word(meant, meant, weight, name, known=True), f"{token.form} read as {meant}"
    weight = vocabulary.idf(token.stem) * (NAME_WEIGHT if capitalised else 1.0)
    return Word(token.stem, token.form, weight, capitalised, known=False), None


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


def _numbers(chosen: Sequence[Word], phrase: str) -> frozenset[int]:
    stems = {token.stem for token in content(tokens(phrase))}
    forms_of = {token.form for token in content(tokens(phrase))}
    return frozenset(
        i for i, word in enumerate(chosen) if word.stem in stems or word.form in forms_of
    )


_VERBS = "|".join(sorted(map(re.escape, forms()), key=len, reverse=True))
_BASES = "|".join(
    sorted({verb.split("_")[0] for verbs in groups().values() for verb in verbs}, key=len, reverse=True)
)
_NOUNS = (
    "accusation|claim|comment|explanation|opinion|position|promise|reaction|remark|reply|response|stance|statement|"
    "view|warning|words|message|answer|demand|denial|criticism"
)
_WHO_DID = re.compile(
    rf"\bwho\s+(?:else\s+|all\s+)?(?:(?:has|have|had|also|ever|publicly|did|do|does|is|are|was|were)\s+)*(?P<verb>{_VERBS})\b(?P<rest>\s+\w+)?",
    re.IGNORECASE,
)
_X_SAID = re.compile(
    rf"\b(?:what|how|when|where|why|which|whom?|did|does|do|has|have|had)\b(?:\s+\w+){{0,3}}?\s*\b(?:did|does|do|has|have|had|would|is|was|were)?\s+"
    rf"(?P<who>(?:[^\s?]+\s+){{1,6}}?)(?:\w+ly\s+|also\s+|ever\s+)?(?P<verb>{_VERBS})\b",
    re.IGNORECASE,
)
_VIEW_OF = re.compile(
    rf"\b(?:what|how|which)\b.*?\b(?:(?P<who>(?:[^\s?]+\s+){{0,4}}?[^\s?]+?)['\u2019]s?\s+(?:\w+\s+)?(?:{_NOUNS})\b"
    rf"|(?:{_NOUNS})\s+(?:of|from|by)\s+(?P<whose>[^?,]+?)(?=\s+(?:to|on|about|regarding|over)\b|[?,]|$))",
    re.IGNORECASE,
)
_ACCORDING = re.compile(r"\baccording\s+to\s+(?P<who>[^?,]+)", re.IGNORECASE)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_AUXILIARY = re.compile(r"\b(?:did|does|do|has|have|had|is|was|are|were|will|would)\b", re.IGNORECASE)
_NEUTRAL = frozenset({"say", "think", "ask"})


@dataclass(frozen=True, slots=True)
class _Statement:
    """What a question asks of somebody's words: who, by which verb, and whether the who is asked for."""

    speaker: str = ""
    verb: str = ""
    acts: frozenset[str] = frozenset()
    asks_speaker: bool = False

    @classmethod
    def read(cls, question: str) -> "_Statement":
        """Return what *question* asks of a statement; nothing where it asks of none."""
        match = _WHO_DID.search(question)
        if match is not None:
            if _PASSIVE.search(question[: match.start("verb")]):
                return cls()
            verb = match["verb"] + (match["rest"] or "")
            return cls(verb=match["verb"], acts=_acts(verb), asks_speaker=True)
        for pattern in (_ACCORDING, _VIEW_OF):
            found = pattern.search(question)
            if found is not None:
                parts = found.groupdict()
                return cls(speaker=_subject(parts.get("who") or parts.get("whose") or ""))
        match = _X_SAID.search(question)
        if match is not None and not _PASSIVE.search(question[: match.start("verb")]):
            return cls(speaker=_subject(match["who"]), verb=match["verb"], acts=_acts(match["verb"]))
        return cls()


def _acts(verb: str) -> frozenset[str]:
    """Return the groups of a reporting verb, none for one that only says that something was said."""
    found = forms().get(verb.lower().split()[0], frozenset())
    return frozenset() if found & _NEUTRAL else found


def _subject(phrase: str) -> str:
    """Return the subject of a question's verb: what stands behind the last auxiliary."""
    return _AUXILIARY.split(phrase)[-1]
