"""Passages into sentences, each scored by what it has of the question; every summand is kept."""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from retrieval.analysis import distinct, tokens
from retrieval.asking import Kind
from retrieval.expected import Spans, find, in_unit, precision
from retrieval.indexed import IndexedCorpus
from retrieval.matching import Matcher, Met
from retrieval.models import DateRange, Hit
from retrieval.query import Query
from retrieval.sentences import Sentence

_SECOND_LOOK = 40
"""How many sentences are looked at in full; the rest is told apart by its words alone."""

_HIGHEST = 2.2
"""What a term's IDF is multiplied by at the most in BM25: k1 + 1."""

_NO_MATCH = 0.3
"""Below which a speaker is somebody else than the one asked about."""


_AS_A_NOUN = 0.25
"""How much a noun counts that has the stem of the participle asked for."""

_CLOSE = 50
"""How many characters from a number or a name the words stand that it belongs to."""


@dataclass(slots=True, eq=False)
class Candidate:
    """A sentence that may answer.

    *met* says of each word of the query how well it is met in the sentence or beside it, *direct*
    how well in the sentence itself; *act_match* how well it does what the question's verb names,
    *speaker_match* how well one who speaks in it is the one asked about: all from 0 to 1;
    *search_share* is the search score of its passage, as a share of the highest possible.
    """

    article: int
    number: int
    study: Sequence[Sentence]
    met: Met
    direct: Met
    act_match: float
    search_share: float = 0.0
    speaker_match: float = 0.0
    speaks_another: bool = False
    answers: Spans = field(default_factory=list)
    contributions: list[tuple[str, float]] = field(default_factory=list)
    score: float = 0.0

    @property
    def sentence(self) -> Sentence:
        """The sentence itself. Most candidates are never read."""
        return self.study[self.number]

    def add(self, name: str, amount: float) -> None:
        """Add a summand to the score; nothing is kept of one that is 0."""
        if amount:
            self.contributions.append((name, amount))
            self.score += amount


@dataclass(frozen=True, slots=True)
class Ranking:
    """Sentences and articles, each best first; the articles as (number, score)."""

    sentences: list[Candidate]
    articles: list[tuple[int, float]]


NO_RANKING = Ranking([], [])
"""What is found where there is nothing to look for or in."""


def rank(
    query: Query, corpus: IndexedCorpus, hits: Sequence[Hit], *, now: datetime | None = None
) -> Ranking:
    """Rank the sentences of the passages in *hits*. *now* is what age is counted from.

    Equal scores keep the order of the articles' ids and of the sentences, so that the order in which
    articles were loaded changes nothing.
    """
    scorer = _Scorer(query, corpus, now)
    candidates = [candidate for hit in hits for candidate in scorer.candidates(hit)]
    scorer.compare_articles(candidates)
    best = heapq.nlargest(_SECOND_LOOK, candidates, key=lambda c: c.score)
    for candidate in best:
        scorer.look_closer(candidate)
    # Articles are numbered in the order of their ids.
    best.sort(key=lambda c: (-c.score, c.article, c.number))
    of_articles: dict[int, float] = {}
    for candidate in [*best, *sorted(candidates, key=lambda c: -c.score)]:
        of_articles.setdefault(candidate.article, candidate.score)
    ordered = sorted(of_articles.items(), key=lambda item: (-item[1], item[0]))
    return Ranking(best, ordered)


def rank_news(corpus: IndexedCorpus, dates: DateRange | None, limit: int) -> Ranking:
    """Return the first sentences of the newest articles, the newest first, at most *limit*.

    Articles without a date are left out, as are those not of *dates*, those with a newer version, and
    all of a story but the newest.
    """
    stories = corpus.stories
    # One by one: the newest are wanted, of as many as there may be.
    dated = map(int, corpus.directory.dated(dates)[::-1])
    counts = corpus.passages.counts
    shown = (number for number in dated if counts[number] and stories.newer[number] < 0)
    of_stories: dict[int, int] = {}
    for number in shown:
        of_stories.setdefault(int(stories.story[number]), number)
        if len(of_stories) >= limit:
            break
    newest = list(of_stories.values())
    scored = [(number, 1 - rank / (2 * limit)) for rank, number in enumerate(newest)]
    leads = [Candidate(number, 0, corpus.sentences[number], (), (), 0.0) for number, _ in scored]
    for lead, (_, score) in zip(leads, scored, strict=True):
        lead.add("new", score)
    return Ranking(leads, scored)


class _Scorer:
    """Scores sentences of one corpus for one query."""

    def __init__(self, query: Query, corpus: IndexedCorpus, now: datetime | None) -> None:
        self._query = query
        self._corpus = corpus
        self._now = now
        self._weights = corpus.weights
        self._matcher = Matcher(query, corpus)
        highest = sum(corpus.vocabulary.idf(w.stem) * query.terms[w.stem] for w in query.words)
        self._highest = _HIGHEST * highest or 1.0

    def candidates(self, hit: Hit) -> Iterator[Candidate]:
        """Yield the sentences of a passage, scored by their words and by who says them."""
        passage = self._corpus.passages[hit.passage]
        article = passage.article
        study, found = self._corpus.sentences[article], hit.score / self._highest
        query, of_passage = self._query, self._weights.passage * found
        for number in range(passage.first, passage.first + passage.sentences):
            direct = self._matcher.in_sentence(article, number)
            met = self._matcher.in_and_beside(article, number)
            act = self._matcher.act(article, number) if query.acts else 0.0
            if act:  # The verb that is asked about is met by any verb of its group.
                words = query.act_words
                met = tuple(max(m, act) if i in words else m for i, m in enumerate(met))
            share = self._matcher.share(met)
            candidate = Candidate(article, number, study, met, direct, act, found)
            candidate.add("words", share)
            candidate.add("passage", of_passage)
            if query.acts or query.speaker or query.asks_speaker:
                self._score_statement(candidate, study.speaker_stems(number))
            yield candidate

    def compare_articles(self, candidates: Iterable[Candidate]) -> None:
        """Score each sentence by how much of the question its article has in all."""
        whole: dict[int, set[Met]] = {}
        for candidate in candidates:
            whole.setdefault(candidate.article, set()).add(candidate.direct)
        shares = {
            article: self._matcher.share(tuple(map(max, zip(*ways, strict=True))))
            for article, ways in whole.items()
        }
        for candidate in candidates:
            candidate.add("article", self._weights.article * shares[candidate.article])

    def _score_statement(self, candidate: Candidate, speaker_stems: Collection[str]) -> None:
        """Score who speaks, and what they do by it, where the question asks for that."""
        query, weights = self._query, self._weights
        if query.acts:
            candidate.add("does what is asked", weights.act * candidate.act_match)
        if query.speaker:
            candidate.speaker_match = self._matcher.speaker(candidate.article, candidate.number)
            candidate.add("speaker", weights.speaker * candidate.speaker_match)
            if speaker_stems and candidate.speaker_match < _NO_MATCH:
                candidate.speaks_another = True
                candidate.add("another speaks", weights.another)
            about = self._matcher.share_of(query.rest, candidate.met)
            candidate.add("about it", weights.about * about)
        elif query.asks_speaker and speaker_stems:
            candidate.add("has a speaker", weights.has_speaker)

    def look_closer(self, candidate: Candidate) -> None:
        """Add what takes the text itself: wording, nearness, the kind of thing asked for, its date."""
        query, weights = self._query, self._weights
        text = self._corpus.articles[candidate.article].text
        bounds = (candidate.sentence.start, candidate.sentence.end)
        every = distinct(text, *bounds)
        forms = {form for form, _ in every}
        self._doubt_nouns(candidate, forms)
        written = sum(word.weight for word in query.words if word.form in forms)
        candidate.add("as written", weights.as_written * written / self._matcher.total)
        candidate.add("near", weights.near * self._nearness(candidate.sentence.stems))
        if query.light:
            share = len(query.light & {stem for _, stem in every}) / len(query.light)
            candidate.add("light words", weights.light * share)
        candidate.answers = in_unit(query.unit, text, find(query.kind, text, bounds, query.stems))
        if candidate.answers and not query.asks_speaker:
            figure = query.kind in (Kind.NUMBER, Kind.TIME)
            worth = weights.figure if figure else weights.kind
            candidate.add(f"a {query.kind}", worth * self._beside_answer(candidate))
        self._score_date(candidate)

    def _doubt_nouns(self, candidate: Candidate, forms: Collection[str]) -> None:
        """Count little for "who was arrested?" what is no form of the deed: an arrest warrant."""
        words = self._query.words
        for i in self._query.suffered:
            if candidate.direct[i] == 1.0 and words[i].form not in forms:
                lost = (1 - _AS_A_NOUN) * words[i].weight / self._matcher.total
                candidate.add("only as a noun", -lost)
                candidate.met = tuple(
                    m * _AS_A_NOUN if i == j else m for j, m in enumerate(candidate.met)
                )
                candidate.direct = tuple(
                    m * _AS_A_NOUN if i == j else m for j, m in enumerate(candidate.direct)
                )

    def _beside_answer(self, candidate: Candidate) -> float:
        """Return how good the best of the answers is: more the more of the question stands close to it."""
        text = self._corpus.articles[candidate.article].text
        every = list(tokens(text, candidate.sentence.start, candidate.sentence.end))
        starts, ends = [token.start for token in every], [token.end for token in every]
        best = 0.0
        for start, end in candidate.answers:
            around = slice(bisect_left(starts, start - _CLOSE), bisect_right(ends, end + _CLOSE))
            close = [token.stem for token in every[around]]
            share = 0.5 + 0.5 * self._matcher.share(self._matcher.among(close))
            best = max(best, share * precision(self._query.kind, text[start:end]))
        return best

    def _nearness(self, stems: Sequence[str]) -> float:
        """Return the share of neighbouring words of the question that are neighbours here, too."""
        positions: dict[str, set[int]] = {}
        for position, stem in enumerate(stems):
            positions.setdefault(stem, set()).add(position)
        found = 0.0
        for one, other in pairwise(self._query.words):
            first, second = positions.get(one.stem, ()), positions.get(other.stem, ())
            # Never each with each: a sentence may hold both a thousand times.
            apart = (d for d in range(4) if any(i + d in second or i - d in second for i in first))
            gap = next(apart, 9)
            found += (one.weight + other.weight) / 2 * (1.0 if gap == 1 else 0.5 * (gap <= 3))
        return found / self._matcher.total

    def _score_date(self, candidate: Candidate) -> None:
        """Score when the article was published, where the question says something of time."""
        dates, weights = self._query.dates, self._weights
        published = self._corpus.articles[candidate.article].published_at
        if dates.range is not None and not dates.strict and dates.range.holds(published):
            candidate.add("of that time", weights.of_that_time)
        newest = self._corpus.searched.newest
        if dates.recent and published is not None and newest is not None:
            reference = newest if self._now is None else min(self._now, newest)
            days = max(0.0, (reference - published) / timedelta(days=1))
            candidate.add("new", weights.new * candidate.score * 2 ** (-days / weights.half_life))
