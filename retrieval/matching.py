"""How well the words of a question are met: in a sentence, beside it, and by who says it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import mul

from retrieval.denial import denies
from retrieval.indexed import IndexedCorpus
from retrieval.query import Query
from retrieval.rows import Study
from retrieval.sentences import Sentence

Met = tuple[float, ...]
"""For each word of a query, how well it is met: 0 (not at all) to 1."""

_Way = tuple[Met, Met, Met, Met, Met, bool]
"""How a sentence, its title, its speaker and its neighbours meet them, and whether it begins with a pronoun."""

_IMPLIED = 0.7
"""How much it counts to deny or accuse by other words than those verbs."""

_UNNAMED = 0.6
"""... by somebody who is not named: "it denied having paid"."""

_ELSEWHERE = 0.5
"""How much a word of a speaker's description counts that stands elsewhere in the article."""

_ASIDE = 0.8
"""How much one counts who speaks only in a part of another's sentence: "which Kyiv denies"."""

_IS_OBJECT = 0.6
_IS_MET = 0.5


@dataclass(frozen=True, slots=True)
class _Opened:
    """An article as far as it was compared: *wanted* are the stems in question that it has at all."""

    study: Study
    wanted: dict[int, str]
    title: Met
    met: list[Met | None]


class Matcher:
    """Compares the sentences of one corpus with one query. Lives as long as one question."""

    def __init__(self, query: Query, corpus: IndexedCorpus) -> None:
        self._query = query
        self.corpus = corpus
        self.weights = [word.weight for word in query.words]
        self.total = sum(self.weights) or 1.0
        self._opened: dict[int, _Opened] = {}
        self._articles: dict[int, Met] = {}
        self._single: dict[str, list[tuple[int, float]]] = {}
        self._phrases = [stand for stand in query.stands if len(stand.phrase) > 1]
        self._nothing: Met = (0.0,) * len(self.weights)
        # A question has few words: hundreds of sentences meet it in the same few dozen ways.
        self._ways: dict[frozenset[str], Met] = {frozenset(): self._nothing}
        self._mixed: dict[_Way, Met] = {}
        self._shares: dict[Met, float] = {}
        for i, word in enumerate(query.words):
            self._single.setdefault(word.stem, []).append((i, 1.0))
        for stand in query.stands:
            if len(stand.phrase) == 1:
                found = self._single.setdefault(stand.phrase[0], [])
                found.extend((i, stand.strength) for i in stand.words)
        self._wanted = set(self._single).union(*(stand.phrase for stand in self._phrases))

    def share(self, met: Met) -> float:
        """Return the share of the question, by weight, that is met."""
        share = self._shares.get(met)
        if share is None:
            share = self._shares[met] = sum(map(mul, self.weights, met)) / self.total
        return share

    def in_sentence(self, article: int, number: int) -> Met:
        """Return how well each word is met in a sentence itself."""
        return self._in_sentence(self._open(article), number)

    def _in_sentence(self, opened: "_Opened", number: int) -> Met:
        met = opened.met[number]
        if met is None:
            met = self._nothing
            if opened.wanted:
                met = self._among(opened.study.held(number, opened.wanted))
            opened.met[number] = met
        return met

    def _open(self, article: int) -> "_Opened":
        opened = self._opened.get(article)
        if opened is None:
            study = self.corpus.sentences[article]
            wanted = study.numbered(self._wanted)
            opened = _Opened(study, wanted, self.among(study.title), [None] * len(study))
            self._opened[article] = opened
        return opened

    def among(self, stems: Iterable[str]) -> Met:
        """Return how well each word is met by *stems*."""
        return self._among(frozenset(self._wanted.intersection(stems)))

    def _among(self, present: frozenset[str]) -> Met:
        """Return how well each word is met by stems that are all wanted."""
        met = self._ways.get(present)
        if met is None:
            met = self._ways[present] = self._met_by(present)
        return met

    def _met_by(self, present: frozenset[str]) -> Met:
        met = [*self._nothing]
        for stem in present:
            for i, strength in self._single.get(stem, ()):
                met[i] = max(met[i], strength)
        for stand in self._phrases:
            if present.issuperset(stand.phrase):
                for i in stand.words:
                    met[i] = max(met[i], stand.strength)
        return tuple(met)

    def in_and_beside(self, article: int, number: int) -> Met:
        """Return how well each word is met by a sentence with its speaker, its neighbours and the title."""
        opened = self._open(article)
        study = opened.study
        speaker_stems = study.speaker_stems(number)
        way = (
            self._in_sentence(opened, number),
            opened.title,
            self.among(speaker_stems) if speaker_stems else self._nothing,
            self._in_sentence(opened, number - 1) if number else self._nothing,
            self._in_sentence(opened, number + 1) if number + 1 < len(study) else self._nothing,
            study.points_back(number),
        )
        met = self._mixed.get(way)
        if met is None:
            met = self._mixed[way] = self._mix(way)
        return met

    def _mix(self, way: _Way) -> Met:
        own, title, speaker, before, after, points_back = way
        weights = self.corpus.weights
        beside = (
            (title, weights.title),
            (speaker, weights.of_speaker),
            (before, weights.before_pronoun if points_back else weights.before),
            (after, weights.after),
        )
        return tuple(map(max, own, *([one * factor for one in met] for met, factor in beside)))

    def share_of(self, numbers: Iterable[int], met: Sequence[float]) -> float:
        """Return the share of the words with these *numbers*, by weight, that is met."""
        pairs = [(self.weights[i], met[i]) for i in numbers]
        return sum(weight * one for weight, one in pairs) / (sum(w for w, _ in pairs) or 1.0)

    def speaker(self, article: int, number: int) -> float:
        """Return how well one who speaks in a sentence is the one asked about: 0 to 1.

        What the mention lacks of "the mayor of Lyon" may stand elsewhere in the article.
        """
        study = self._open(article).study
        asked, own = self._query.speaker, study.speaker_stems(number)
        best = 0.0
        for stems in {own, *(stems for _, stems in study.acts(number))}:
            met = self.among(stems)
            if any(met[i] for i in asked):
                around = (_ELSEWHERE * one for one in self.in_article(article))
                part = 1.0 if stems == own else _ASIDE
                best = max(best, part * self.share_of(asked, list(map(max, met, around))))
        return best

    def in_article(self, article: int) -> Met:
        """Return how well each word is met anywhere in an article."""
        if article not in self._articles:
            sentences = self.corpus.sentences[article]
            self._articles[article] = self.among(sentences.stems.union(sentences.title))
        return self._articles[article]

    def act(self, article: int, number: int) -> float:
        """Return how well a sentence does what the question's verb names ("deny"): 0 to 1."""
        study = self._open(article).study
        acts = self._query.acts
        doers = [stems for groups, stems in study.acts(number) if groups & acts]
        if any(stems and not self._is_object(stems) for stems in doers):
            return 1.0
        if not all(doers):
            return _UNNAMED
        speaker = study.speaker_stems(number)
        spoken = bool(speaker) and not self._is_object(speaker)
        # A denial needs no verb of denying: "we had nothing to do with this". It needs a speaker.
        direct = self.in_sentence(article, number)
        if "deny" in acts:
            spoken = spoken and any(direct) and self._denies(article, study[number])
            return _IMPLIED if spoken else 0.0
        # "Russia is lying, Kirby said" accuses, too: all else that is asked stands in his words.
        return _IMPLIED if spoken and all(direct[i] >= _IS_MET for i in self._query.rest) else 0.0

    def _denies(self, article: int, sentence: Sentence) -> bool:
        return denies(self.corpus.articles[article].text, sentence.start, sentence.end)

    def _is_object(self, stems: frozenset[str]) -> bool:
        """Tell whether who does it is whom the question says it is done to: "who accused the US?"."""
        if not self._query.asks_speaker:
            return False
        met = self.among(stems)
        words = self._query.words
        return any(m >= _IS_OBJECT for m, word in zip(met, words, strict=True) if word.is_name)
