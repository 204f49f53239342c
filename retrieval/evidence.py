"""How much speaks for a sentence answering a question, and why it may not: the grounds of an outcome."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.asking import Kind
from retrieval.indexed import Chance, IndexedCorpus
from retrieval.matching import Met
from retrieval.models import Outcome, Reason
from retrieval.query import Query
from retrieval.ranking import Candidate

PRESENT = 0.3
"""The least credit with which a word of the question counts as met."""

_WEAKEST = 0.3
_KIND = 0.15
_LENGTH = 0.05
_LONGEST = 8
_LOOKED_AT = 8
"""How many of the best sentences are tried for one that answers."""

_SHOWN = 3
"""How many are shown as a rule: the one that answers is made one of them."""

_MISSING, _MISSING_OF_CLAIM = 0.15, 0.5
"""The share of the question's weight that names may have which are nowhere in the article."""

_IN_ITSELF, _IN_ITSELF_OF_CLAIM = 0.35, 0.15
"""The share that must stand in the sentence itself; what stands beside it only helps."""

_RARE_WORD = 0.55
"""The share by which a single word is enough, if it is a name: the rare one of a short question."""

_KNOWN_TOPIC = 0.5
"""The share of the question's weight that must be met for the corpus to know its topic at all."""


def evidence(query: Query, candidate: Candidate) -> float:
    """Return how much of the question a sentence meets: about 0 to 2, comparable within one corpus.

    It is the weight of the words that are met, with something for the weakest word, for having the
    kind of thing asked for, and for the number of words, since many are rarely met by chance.
    """
    met = met_share(query, candidate)
    weakest = min((candidate.met[i] for i in query.rest), default=0.0)
    kind = 0.5 if query.kind in (Kind.ANY, Kind.YES_NO) else float(bool(candidate.answers))
    length = min(_LONGEST, len(query.words))
    return met + _WEAKEST * weakest + _KIND * kind + _LENGTH * length


def met_share(query: Query, candidate: Candidate) -> float:
    """Return the share, by weight, of the words that say what is asked and are met: 0 to 1."""
    return _share(query, candidate.met)


def _share(query: Query, met: Met) -> float:
    total = sum(query.words[i].weight for i in query.rest)
    found = sum(query.words[i].weight for i in query.rest if met[i] >= PRESENT)
    return found / total if total else 0.0


def confidence(query: Query, candidate: Candidate, chance: Chance) -> float:
    """Return how sure it is, 0 to 1, that the question is answered; .5 where chance does as well."""
    above = (evidence(query, candidate) - chance.usual(len(query.words))) / chance.spread
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, above))))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a question ends, why it is not answered, how sure that is, and the sentences to show."""

    outcome: Outcome
    reason: Reason | None
    confidence: float
    sentences: Sequence[Candidate]


def judge(query: Query, corpus: IndexedCorpus, candidates: Sequence[Candidate]) -> Verdict:
    """Judge whether the sentences that may be shown, best first, answer the question."""
    if not candidates:
        return Verdict(Outcome.NOTHING, Reason.UNKNOWN_WORDS, 0.0, ())
    if query.asks_news:
        return Verdict(Outcome.ANSWERED, None, 1.0, candidates)
    best = candidates[:_LOOKED_AT]
    lacks = [_shortcoming(query, corpus, candidate) for candidate in best]
    # One sentence must have all that an answer has: two halves of one are none.
    whole = [one for one, lack in zip(best, lacks, strict=True) if lack is None]
    sure = max(confidence(query, candidate, corpus.chance) for candidate in whole or best)
    if whole and sure >= 0.5:
        return Verdict(Outcome.ANSWERED, None, sure, _shown(candidates, whole[0]))
    reason = (lacks[0] if not whole else None) or Reason.TOO_LITTLE
    if not any(_related(query, one) for one in best):
        return Verdict(Outcome.NOTHING, reason, sure / 2, ())
    return Verdict(Outcome.RELATED, reason, min(sure, 0.5), candidates)


def _shown(candidates: Sequence[Candidate], answering: Candidate) -> Sequence[Candidate]:
    """Return the sentences with the one that answers among the first, which all see."""
    if answering in candidates[:_SHOWN]:
        return candidates
    others = [candidate for candidate in candidates if candidate is not answering]
    return [*others[: _SHOWN - 1], answering, *others[_SHOWN - 1 :]]


def _related(query: Query, candidate: Candidate) -> bool:
    """Tell whether the sentence is about somebody or about most of what the question is about."""
    named = any(
        word.is_name and met >= PRESENT
        for word, met in zip(query.words, candidate.direct, strict=True)
    )
    return named or candidate.speaker_match >= 0.5 or met_share(query, candidate) >= _KNOWN_TOPIC


def _shortcoming(query: Query, corpus: IndexedCorpus, candidate: Candidate) -> Reason | None:
    """Return what a sentence lacks that an answer would have, or None."""
    lacking = (reason for reason, holds in _GROUNDS if not holds(query, corpus, candidate))
    return next(lacking, None)


def _names_met(query: Query, corpus: IndexedCorpus, candidate: Candidate) -> bool:
    """Tell whether the names of the question are in the sentence, beside it, or in its article.

    Few may be missing among many words; of a claim half, for it tells more than one sentence does.
    """
    missing = [
        i for i, word in enumerate(query.words) if word.is_name and candidate.met[i] < PRESENT
    ]
    if not missing:
        return True
    stems = {stem for sentence in corpus.sentences[candidate.article] for stem in sentence.stems}
    stems.update(corpus.titles[candidate.article])
    absent = sum(query.words[i].weight for i in missing if not query.stands_for(i, stems))
    total = sum(word.weight for word in query.words)
    return absent <= total * (_MISSING_OF_CLAIM if query.is_claim else _MISSING)


def _speaks(query: Query, _: IndexedCorpus, candidate: Candidate) -> bool:
    """Tell whether whom the question asks about says the sentence, or is named in it or beside it."""
    if not query.speaker or candidate.speaker_match >= 0.5:
        return True
    return all(candidate.met[i] >= PRESENT for i in query.speaker)


def _acts(query: Query, _: IndexedCorpus, candidate: Candidate) -> bool:
    """Tell whether somebody does in the sentence what the question asks about."""
    if not query.acts or candidate.act_match > 0:
        return True
    return any(candidate.direct[i] > 0 for i in query.act_words)


def _has_figure(query: Query, _: IndexedCorpus, candidate: Candidate) -> bool:
    """Tell whether the sentence has the number or the time asked for."""
    asked = query.kind in (Kind.NUMBER, Kind.TIME) and not query.speaker
    return not asked or bool(candidate.answers)


def _counts(query: Query, _: IndexedCorpus, candidate: Candidate) -> bool:
    """Tell whether the sentence is about what "how many" counts."""
    return all(candidate.met[i] >= PRESENT for i in query.counted)


def _in_common(query: Query, _: IndexedCorpus, candidate: Candidate) -> bool:
    """Tell whether the sentence itself has enough of the question, and more than one chance word."""
    met = [i for i, one in enumerate(candidate.met) if one >= PRESENT]
    if len(met) < min(2, len(query.words)):
        rare = bool(met) and query.words[met[0]].is_name
        if not rare or met_share(query, candidate) < _RARE_WORD:
            return False
    # A speaker or a denial is itself what was asked for: what it is about may stand beside it.
    if candidate.speaker_match >= 0.5 or candidate.act_match > 0:
        return met_share(query, candidate) >= _IN_ITSELF
    needed = _IN_ITSELF_OF_CLAIM if query.is_claim else _IN_ITSELF
    return _share(query, candidate.direct) >= needed


_GROUNDS = (
    (Reason.UNKNOWN_NAME, _names_met),
    (Reason.NO_SPEAKER, _speaks),
    (Reason.NO_SUCH_DETAIL, _acts),
    (Reason.NO_SUCH_DETAIL, _has_figure),
    (Reason.NO_SUCH_DETAIL, _counts),
    (Reason.TOO_LITTLE, _in_common),
)
"""What an answer must have, and the reason that is given where the best sentence lacks it."""
