"""Ranked sentences into snippets: which are shown, what is shown with them, what is folded."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import starmap

from corpus.models import Article, Span
from corpus.passages import paragraph_number
from retrieval.analysis import content, tokens
from retrieval.asking import Kind
from retrieval.denial import denies
from retrieval.indexed import IndexedCorpus, paragraph_starts
from retrieval.models import Contribution, Side, Snippet, Speaker
from retrieval.query import Query
from retrieval.ranking import Candidate

Stems = frozenset[str]

ALIKE = 0.75
"""The share of their words that two sentences have in common when they are one, printed twice."""

SAME_SPEAKER = 0.8
"""What a sentence loses for each better one of its speaker, where a question asks for several people."""

_CUT = 0.4
"""The share of the best score below which a sentence is not shown."""

_COMPARED = 12
"""Of how many a claim and a denial are looked for: always so many, so that more of an answer begins with
what was shown of it before."""

_CONTEXT_REACH = 3

_CUT_SHORT = 5
"""Different words that what is left of a sentence has at least, to be known as that sentence."""


def select(
    query: Query, corpus: IndexedCorpus, candidates: Sequence[Candidate], limit: int
) -> tuple[Snippet, ...]:
    """Return at most *limit* snippets, best first, none like another. *candidates* are best first.

    A higher *limit* adds snippets behind, and changes none before.
    """
    chosen: list[Candidate] = []
    words: list[Stems] = []
    folded: dict[int, list[int]] = {}
    least = _CUT * max((c.score for c in candidates), default=0.0)
    for candidate in _in_turn(query, [c for c in candidates if c.score >= least]):
        stems = frozenset(candidate.sentence.stems)
        known = zip(chosen, words, strict=True)
        twin = next(
            (
                each
                for each, those in known
                if _alike(those, stems) or _copied(corpus, (each, those), (candidate, stems))
            ),
            None,
        )
        if twin is not None:
            folded.setdefault(id(twin), []).append(candidate.article)
        elif len(chosen) < max(limit, _COMPARED):
            chosen.append(candidate)
            words.append(stems)
    sides = _sides(query, corpus, chosen[:_COMPARED])
    sides += [None] * (len(chosen) - len(sides))
    return tuple(
        _snippet(query, corpus, candidate, _printing(corpus, candidate, folded), side)
        for candidate, side in list(zip(chosen, sides, strict=True))[: max(0, limit)]
    )


def fitting(query: Query, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the sentences that do what is asked, by whom it is asked; all when none does."""
    fitting = list(candidates)
    if query.asks_speaker and query.acts:
        fitting = [c for c in fitting if c.act_match > 0] or fitting
    if not query.speaker:
        return fitting
    if all(query.words[i].is_name for i in query.speaker):
        return [c for c in fitting if c.speaker_match >= 0.5 or not c.speaks_another] or fitting
    # Whoever is asked for by a role may be called by name here: nobody is left out.
    return fitting


def _in_turn(query: Query, candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the sentences best first; where several people are asked for, each in turn."""
    waiting = list(candidates)
    if not query.asks_speaker:
        yield from waiting
        return
    worth = [candidate.score for candidate in waiting]
    while waiting:
        first = worth.index(max(worth))
        worth.pop(first)
        best = waiting.pop(first)
        yield best
        for i, candidate in enumerate(waiting):
            if _same_speaker(candidate.sentence.speaker_stems, best.sentence.speaker_stems):
                worth[i] -= SAME_SPEAKER


def _same_speaker(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two mentions have most of the shorter in common: "Zelenskyy", "President Zelenskyy"."""
    return len(one & other) >= 0.6 * max(1, min(len(one), len(other)))


def _copied(
    corpus: IndexedCorpus, one: tuple[Candidate, Stems], other: tuple[Candidate, Stems]
) -> bool:
    """Tell whether two articles of one story have the same sentence, cut short or spelt anew."""
    (first, mine), (second, yours) = one, other
    stories = corpus.stories
    if first.article == second.article or (
        stories.story[first.article] != stories.story[second.article]
    ):
        return False
    fewer = min(len(mine), len(yours))
    if fewer >= _CUT_SHORT and len(mine & yours) >= ALIKE * fewer:
        return True
    return stories.one(first.article, first.number, second.article, second.number)


def _printing(
    corpus: IndexedCorpus, chosen: Candidate, folded: Mapping[int, Sequence[int]]
) -> list[int]:
    """Return the numbers of the other articles that print a sentence: those found, then all that do."""
    copies = corpus.stories.printing(chosen.article, chosen.number)
    every = dict.fromkeys([*folded.get(id(chosen), ()), *copies])
    return [number for number in every if number != chosen.article]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether sentences of these stems are the same one, small edits aside."""
    fewer, more = sorted((len(one), len(other)))
    if not fewer or fewer < ALIKE * more:
        return False
    common = len(one & other)
    return common >= ALIKE * (fewer + more - common)


def _sides(query: Query, corpus: IndexedCorpus, chosen: Sequence[Candidate]) -> list[Side | None]:
    """Return the side each sentence takes, where what was found has a claim and its denial."""
    if query.asks_speaker and query.acts:
        return [None] * len(chosen)
    sides = [_side(corpus, candidate) for candidate in chosen]
    both = Side.CLAIM in sides and Side.DENIAL in sides
    return sides if both else [None] * len(chosen)


def _side(corpus: IndexedCorpus, candidate: Candidate) -> Side | None:
    sentence = candidate.sentence
    groups = frozenset().union(*(groups for groups, stems in sentence.acts if stems))
    if "deny" in groups:
        return Side.DENIAL
    if "accuse" in groups:
        return Side.CLAIM
    text = corpus.articles[candidate.article].text
    said = sentence.speaker is not None and denies(text, sentence.start, sentence.end)
    return Side.DENIAL if said else None


def _snippet(
    query: Query,
    corpus: IndexedCorpus,
    candidate: Candidate,
    also_in: Sequence[int],
    side: Side | None,
) -> Snippet:
    span = corpus.span(candidate.article, candidate.sentence)
    said_by = candidate.sentence.speaker
    return Snippet(
        span=span,
        context=_context(corpus, candidate, span.article),
        paragraph=paragraph_number(paragraph_starts(span.article), span.start),
        speaker=None
        if said_by is None
        else Speaker(Span(span.article, said_by.start, said_by.end), said_by.inferred),
        highlights=tuple(_highlights(query, span, candidate)),
        score=candidate.score,
        contributions=tuple(starmap(Contribution, candidate.contributions)),
        also_in=tuple(corpus.articles[number] for number in also_in),
        independent=corpus.stories.independent([candidate.article, *also_in]),
        side=side,
    )


def _highlights(query: Query, span: Span, candidate: Candidate) -> Iterator[Span]:
    """Yield what matched and what answers, as spans apart from each other."""
    meant = set(query.stems)
    for stand in query.stands:
        if len(stand.phrase) == 1:
            meant.update(stand.phrase)
    found = [
        (token.start, token.end)
        for token in content(tokens(span.article.text, span.start, span.end))
        if token.stem in meant
    ]
    if query.kind is not Kind.REASON:
        found += candidate.answers
    start, end = -1, -1
    for begin, stop in sorted(found):
        if begin > end:
            if start >= 0:
                yield Span(span.article, start, end)
            start, end = begin, stop
        else:
            end = max(end, stop)
    if start >= 0:
        yield Span(span.article, start, end)


def _context(corpus: IndexedCorpus, candidate: Candidate, article: Article) -> Span:
    """Return the sentence with those before it that it needs to be understood.

    That is back to the sentence that names its speaker, where that had to be inferred, or the one
    before, where it begins with a pronoun.
    """
    sentences = corpus.sentences[candidate.article]
    sentence = candidate.sentence
    first = candidate.number
    if sentence.points_back and first > 0:
        first -= 1
    if sentence.speaker is not None and sentence.speaker.inferred:
        for number in range(candidate.number, max(-1, candidate.number - _CONTEXT_REACH - 1), -1):
            if sentences[number].start <= sentence.speaker.start < sentences[number].end:
                first = min(first, number)
    return Span(article, sentences[first].start, sentence.end)
