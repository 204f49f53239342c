"""Passages into sentences, each scored by what it has of the question; every summand is kept."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from retrieval.analysis import content, tokens
from retrieval.denial import denies
from retrieval.expected import Kind, Spans, find
from retrieval.indexing import IndexedCorpus, Sentence
from retrieval.models import Contribution, Hit
from retrieval.question import Query

# What each thing adds to a sentence's score. Set once, by what held on every judged set in the ablation
# (python -m tests.benchmarks.ablation), never for one question's sake.
PASSAGE = 1.0
NEAR = 0.3
AS_WRITTEN = 0.2
KIND = 0.2
ACT = 0.6
SPEAKER = 0.6
HAS_SPEAKER = 0.15
ANOTHERS = -0.25

# How much a word counts that stands not in the sentence itself but beside it.
OF_SPEAKER = 0.9
BEFORE = 0.45
BEFORE_PRONOUN = 0.6
AFTER = 0.2
TITLE = 0.3

_SECOND_LOOK = 40
"""How many sentences are looked at in full; the rest is told apart by its words alone."""

_HIGHEST = 2.2
"""What a term's IDF is multiplied by at the most in BM25: k1 + 1."""

_POINTING = frozenset("he she it they this these that those his her its their him them".split())


@dataclass(slots=True, eq=False)
class Candidate:
    """A sentence that may answer. *credits* say of each word of the query how well it is there (0..1)."""

    article: int
    number: int
    sentence: Sentence
    credits: list[float]
    coverage: float
    own: float
    speaker_match: float = 0.0
    act_match: float = 0.0
    answers: Spans = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    score: float = 0.0

    def add(self, name: str, amount: float) -> None:
        """Add a summand to the score; nothing is kept of one that is 0."""
        if amount:
            self.contributions.append(Contribution(name, amount))
            self.score += amount


def rank(query: Query, corpus: IndexedCorpus, hits: Sequence[Hit]) -> list[Candidate]:
    """Return the sentences of the passages in *hits*, best first.

    Equal scores keep the order of the articles' ids and of the sentences, so that the order in which
    articles were loaded changes nothing.
    """
    reader = _Reader(query, corpus)
    candidates = [c for hit in hits for c in reader.first_look(hit)]
    best = heapq.nlargest(_SECOND_LOOK, candidates, key=lambda c: c.score)
    for candidate in best:
        reader.second_look(candidate)
    ids = corpus.articles
    return sorted(best, key=lambda c: (-c.score, ids[c.article].id, c.number))


class _Reader:
    """Compares sentences of one corpus with one query."""

    def __init__(self, query: Query, corpus: IndexedCorpus) -> None:
        self._query = query
        self._corpus = corpus
        self._direct: dict[tuple[int, int], list[float]] = {}
        self._weights = [word.weight for word in query.words]
        self._topic = query.topic
        self._total = sum(self._weights[i] for i in self._topic) or 1.0
        highest = sum(corpus.vocabulary.idf(w.stem) * query.terms[w.stem] for w in query.words)
        self._highest = _HIGHEST * highest or 1.0
        self._single: dict[str, list[tuple[int, float]]] = {}
        self._phrases = [stand for stand in query.stands if len(stand.phrase) > 1]
        for i, word in enumerate(query.words):
            self._single.setdefault(word.stem, []).append((i, 1.0))
        for stand in query.stands:
            if len(stand.phrase) == 1:
                found = self._single.setdefault(stand.phrase[0], [])
                found.extend((i, stand.strength) for i in stand.words)

    # -- by the words alone -------------------------------------------------------------------

    def first_look(self, hit: Hit) -> Iterable[Candidate]:
        """Yield the sentences of a passage, scored by their words."""
        passage = self._corpus.passages[hit.passage]
        title = self._present(self._corpus.titles[passage.article])
        for number in range(passage.first, passage.first + passage.sentences):
            candidate = self._candidate(passage.article, number, title)
            candidate.add("words", candidate.coverage)
            candidate.add("passage", PASSAGE * hit.score / self._highest)
            self._score_statement(candidate)
            yield candidate

    def _candidate(self, article: int, number: int, title: Sequence[float]) -> Candidate:
        sentence = self._corpus.sentences[article][number]
        own = self._direct_credits(article, number)
        before = self._direct_credits(article, number - 1) if number > 0 else None
        last = len(self._corpus.sentences[article]) - 1
        after = self._direct_credits(article, number + 1) if number < last else None
        speaker = self._present(sentence.speaker_stems) if sentence.speaker_stems else None
        share = BEFORE_PRONOUN if sentence.points_back else BEFORE
        credits = list(own)
        for source, factor in ((speaker, OF_SPEAKER), (before, share), (after, AFTER), (title, TITLE)):
            if source is not None:
                for i, credit in enumerate(source):
                    if credit * factor > credits[i]:
                        credits[i] = credit * factor
        return Candidate(
            article, number, sentence, credits, self._share(credits), self._share(own)
        )

    def _share(self, credits: Sequence[float]) -> float:
        """Return the share of the topic, by weight, that *credits* cover."""
        return sum(self._weights[i] * credits[i] for i in self._topic) / self._total

    def _direct_credits(self, article: int, number: int) -> list[float]:
        key = (article, number)
        if key not in self._direct:
            self._direct[key] = self._present(self._corpus.sentences[article][number].stems)
        return self._direct[key]

    def _present(self, stems: Iterable[str]) -> list[float]:
        """Return how well each word of the query is present among *stems*."""
        credits = [0.0] * len(self._weights)
        single = self._single
        found = False
        for stem in stems:
            for i, strength in single.get(stem, ()):
                found = True
                if strength > credits[i]:
                    credits[i] = strength
        if self._phrases and found:
            self._present_phrases(set(stems), credits)
        return credits

    def _present_phrases(self, stems: set[str], credits: list[float]) -> None:
        for stand in self._phrases:
            if stems.issuperset(stand.phrase):
                for i in stand.words:
                    credits[i] = max(credits[i], stand.strength)

    # -- by who says it -----------------------------------------------------------------------

    def _score_statement(self, candidate: Candidate) -> None:
        """Score who speaks, and what they do by it, where the question asks for that."""
        query = self._query
        if query.acts:
            candidate.act_match = self._act_match(candidate)
            candidate.add("does what is asked", ACT * candidate.act_match)
        if query.speaker:
            candidate.speaker_match = self._speaker_match(candidate.sentence)
            candidate.add("speaker", SPEAKER * candidate.speaker_match)
            if candidate.sentence.speaker_stems and candidate.speaker_match < 0.3:
                candidate.add("another speaks", ANOTHERS)
        elif query.asks_speaker and candidate.sentence.speaker_stems:
            candidate.add("has a speaker", HAS_SPEAKER)

    def _speaker_match(self, sentence: Sentence) -> float:
        """Return how well the speaker of a sentence is the one asked about."""
        if not sentence.speaker_stems:
            return 0.0
        present = self._present(sentence.speaker_stems)
        asked = self._query.speaker
        total = sum(self._weights[i] for i in asked)
        return sum(self._weights[i] * present[i] for i in asked) / total if total else 0.0

    def _act_match(self, candidate: Candidate) -> float:
        """Return how well a sentence does what the question's verb names ("deny")."""
        sentence = candidate.sentence
        acts = self._query.acts
        for groups, stems in sentence.acts:
            if groups & acts and stems and not self._is_object(stems):
                return 1.0
        if "deny" in acts and sentence.speaker_stems and candidate.own > 0:
            text = self._corpus.articles[candidate.article].text
            return 0.7 if denies(text, sentence.start, sentence.end) else 0.0
        return 0.0

    def _is_object(self, stems: frozenset[str]) -> bool:
        """Tell whether who does it is whom the question says it is done to: "who accused the US?"."""
        if not self._query.asks_speaker:
            return False
        names = [i for i in self._topic if self._query.words[i].is_name]
        present = self._present(stems)
        return any(present[i] >= 0.6 for i in names)

    # -- by all that the text shows -----------------------------------------------------------

    def second_look(self, candidate: Candidate) -> None:
        """Add what takes the text itself: nearness, wording, and the kind of thing asked for."""
        query = self._query
        text = self._corpus.articles[candidate.article].text
        bounds = (candidate.sentence.start, candidate.sentence.end)
        forms = {token.form for token in content(tokens(text, *bounds))}
        written = sum(w.weight for w in query.words if w.form in forms)
        candidate.add("as written", AS_WRITTEN * written / (sum(self._weights) or 1.0))
        candidate.add("near", NEAR * self._nearness(candidate.sentence.stems))
        candidate.answers = find(query.kind, text, bounds, query.stems)
        if query.kind in (Kind.ANY, Kind.YES_NO) or query.asks_speaker:
            return
        if candidate.answers:
            candidate.add(f"a {query.kind}", KIND)

    def _nearness(self, stems: Sequence[str]) -> float:
        """Return the share of neighbouring words of the question that are neighbours here, too."""
        positions: dict[str, list[int]] = {}
        for position, stem in enumerate(stems):
            positions.setdefault(stem, []).append(position)
        words = self._query.words
        found = 0.0
        for one, other in zip(words, words[1:], strict=False):
            if one.stem in positions and other.stem in positions:
                gap = min(
                    abs(i - j) for i in positions[one.stem] for j in positions[other.stem]
                )
                found += (one.weight + other.weight) / 2 * (1.0 if gap == 1 else 0.5 if gap <= 3 else 0.0)
        return found / (sum(self._weights) or 1.0)
