"""How much speaks for a sentence answering a question, and why it may not: the grounds of an outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.asking import Kind
from retrieval.indexed import IndexedCorpus
from retrieval.matching import Matcher, Met
from retrieval.models import Contribution, Grounds, Outcome, Reason
from retrieval.query import Query
from retrieval.ranking import Candidate

PRESENT = 0.3
"""The least credit with which a word of the question counts as met."""

_LOOKED_AT = 8
"""How many of the best sentences are tried for one that answers."""

_SHOWN = 3
"""How many are shown as a rule: the one that answers is made one of them."""

_MISSING, _MISSING_OF_CLAIM = 0.15, 0.5
"""The share of the question's weight that names may have which are nowhere in the article."""

_RARE_WORD = 0.55
"""The share by which a single word is enough, if it is a name: the rare one of a short question."""

_OF_STATEMENT = 0.35
"""The share of what somebody's words are asked about that must be met: all of theirs are by them."""

_NOT_FAR = -1.5
"""The sum of its grounds from which a sentence bears on the question, if it does not answer it."""

_KNOWN_TOPIC = 0.5
"""The share of the question's weight that must be met for the corpus to know its topic at all."""


def met_share(query: Query, met: Met) -> float:
    """Return the share, by weight, of the words that say what is asked and are met: 0 to 1."""
    total = sum(query.words[i].weight for i in query.rest)
    found = sum(query.words[i].weight for i in query.rest if met[i] >= PRESENT)
    return found / total if total else 0.0


def weigh(query: Query, candidate: Candidate, matcher: Matcher) -> Grounds:
    """Return what speaks for a sentence answering, and against it."""
    corpus = matcher.corpus
    worth = corpus.grounds
    around = matcher.in_article(candidate.article)
    lacking = _shortcoming(query, candidate, around)
    parts = (
        ("to begin with", worth.base),
        *_met(query, candidate, matcher),
        (f"a {query.kind}", worth.kind * bool(candidate.answers)),
        ("said by whom it is asked of", worth.speaker * candidate.speaker_match),
        ("does what is asked", worth.act * candidate.act_match),
        ("asks nothing", worth.claim * query.is_claim),
        ("lacks nothing", worth.whole * (lacking is None)),
        ("found by chance as well", worth.chance * corpus.chance.usual(len(query.words))),
    )
    found = tuple(Contribution(name, amount) for name, amount in parts if amount)
    return Grounds(corpus.span(candidate.article, candidate.sentence), found, lacking)


def met_by_chance(query: Query, corpus: IndexedCorpus, candidates: Sequence[Candidate]) -> float:
    """Return how much of a question that means nothing the best sentence meets, in logits."""
    matcher = Matcher(query, corpus)
    sums = (sum(amount for _, amount in _met(query, c, matcher)) for c in candidates[:_LOOKED_AT])
    return max(sums, default=0.0)


def _met(query: Query, candidate: Candidate, matcher: Matcher) -> Sequence[tuple[str, float]]:
    """Return what it speaks for a sentence to have words of the question, here and around."""
    worth, words = matcher.corpus.grounds, query.words
    # A warrant for an arrest elsewhere in its article arrests nobody, either.
    around = [
        candidate.met[i] if i in query.suffered else m
        for i, m in enumerate(matcher.in_article(candidate.article))
    ]
    as_such = matcher.share(tuple(float(m == 1.0) for m in around))
    otherwise = matcher.share(tuple(float(PRESENT <= m < 1.0) for m in around))
    absent = matcher.share(
        tuple(float(w.is_name and not m) for w, m in zip(words, around, strict=True))
    )
    unknown = matcher.share(
        tuple(float(not w.known and not m) for w, m in zip(words, around, strict=True))
    )
    return (
        ("words met here or beside", worth.met * met_share(query, candidate.met)),
        ("words in the sentence itself", worth.itself * met_share(query, candidate.direct)),
        (
            "the word met least",
            worth.weakest * min((candidate.met[i] for i in query.rest), default=0),
        ),
        ("words in its article", worth.article * as_such),
        ("words it has by others", worth.otherwise * otherwise),
        ("names it has not", worth.absent * absent),
        ("words that no article has", worth.unknown * unknown),
        ("found by the search", worth.search * candidate.search_share),
    )


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a question ends, why it is not answered, how sure that is, and the sentences to show."""

    outcome: Outcome
    reason: Reason | None
    confidence: float
    sentences: Sequence[Candidate]
    grounds: Grounds | None = None


def judge(query: Query, corpus: IndexedCorpus, candidates: Sequence[Candidate]) -> Verdict:
    """Judge whether the sentences that may be shown, best first, answer the question."""
    if not candidates:
        return Verdict(Outcome.NOTHING, Reason.UNKNOWN_WORDS, 0.0, ())
    if query.asks_news:
        return Verdict(Outcome.ANSWERED, None, 1.0, candidates)
    best = candidates[:_LOOKED_AT]
    matcher = Matcher(query, corpus)
    every = [weigh(query, candidate, matcher) for candidate in best]
    # One sentence must have all that an answer has: two halves of one are none.
    whole = [grounds for grounds in every if grounds.lacking is None]
    decisive = max(whole or every, key=lambda grounds: grounds.total)
    if whole and decisive.total >= 0:
        shown = _shown(candidates, best[every.index(whole[0])])
        return Verdict(Outcome.ANSWERED, None, decisive.confidence, shown, decisive)
    reason = (every[0].lacking if not whole else None) or Reason.TOO_LITTLE
    sure = min(decisive.confidence, 0.5)
    near = decisive.total >= _NOT_FAR or any(_related(query, one) for one in best)
    if not near:
        return Verdict(Outcome.NOTHING, reason, sure / 2, (), decisive)
    return Verdict(Outcome.RELATED, reason, sure, candidates, decisive)


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
    total = sum(query.words[i].weight for i in query.rest)
    met = sum(query.words[i].weight * candidate.met[i] for i in query.rest)
    return named or candidate.speaker_match >= 0.5 or met >= _KNOWN_TOPIC * total


def _shortcoming(query: Query, candidate: Candidate, around: Met) -> Reason | None:
    """Return what a sentence lacks that an answer would have, or None.

    *around* is how well each word is met anywhere in its article.
    """
    lacking = (reason for reason, holds in _GROUNDS if not holds(query, candidate, around))
    return next(lacking, None)


def _names_met(query: Query, candidate: Candidate, around: Met) -> bool:
    """Tell whether the names of the question are in the sentence, beside it, or in its article.

    Few may be missing among many words; of a claim half, for it tells more than one sentence does.
    """
    unmet = zip(query.words, candidate.met, around, strict=True)
    absent = sum(w.weight for w, met, near in unmet if w.is_name and met < PRESENT and not near)
    total = sum(word.weight for word in query.words)
    return absent <= total * (_MISSING_OF_CLAIM if query.is_claim else _MISSING)


def _speaks(query: Query, candidate: Candidate, _: Met) -> bool:
    """Tell whether whom the question asks about says the sentence, or is named in it or beside it."""
    if not query.speaker or candidate.speaker_match >= 0.5:
        return True
    return all(candidate.met[i] >= PRESENT for i in query.speaker)


def _acts(query: Query, candidate: Candidate, _: Met) -> bool:
    """Tell whether somebody does in the sentence what the question asks about."""
    if not query.acts or candidate.act_match > 0:
        return True
    return any(candidate.direct[i] > 0 for i in query.act_words)


def _has_figure(query: Query, candidate: Candidate, _: Met) -> bool:
    """Tell whether the sentence has the number or the time asked for."""
    asked = query.kind in (Kind.NUMBER, Kind.TIME) and not query.speaker
    return not asked or bool(candidate.answers)


def _counts(query: Query, candidate: Candidate, _: Met) -> bool:
    """Tell whether the sentence is about what "how many" counts."""
    return all(candidate.met[i] >= PRESENT for i in query.counted)


def _enough_alone(query: Query, candidate: Candidate, met: Sequence[int]) -> bool:
    """Tell whether a single word is enough: all of a question, or the rare name of a short one."""
    if not met or candidate.direct[met[0]] < PRESENT:
        return False
    rare = query.words[met[0]].is_name and met_share(query, candidate.met) >= _RARE_WORD
    return rare or len(query.words) == 1


def _in_common(query: Query, candidate: Candidate, _: Met) -> bool:
    """Tell whether more than one chance word is met, and of a statement what it is to be about."""
    met = [i for i, one in enumerate(candidate.met) if one >= PRESENT]
    if len(met) < 2 and not _enough_alone(query, candidate, met):
        return False
    return not query.speaker or met_share(query, candidate.met) >= _OF_STATEMENT


_GROUNDS = (
    (Reason.UNKNOWN_NAME, _names_met),
    (Reason.NO_SPEAKER, _speaks),
    (Reason.NO_SUCH_DETAIL, _acts),
    (Reason.NO_SUCH_DETAIL, _has_figure),
    (Reason.NO_SUCH_DETAIL, _counts),
    (Reason.TOO_LITTLE, _in_common),
)
"""What an answer must have, and the reason that is given where the best sentence lacks it."""
