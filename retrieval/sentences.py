"""An article's sentences as questions need them: their words, who says them, what is done by saying."""

from collections import Counter
from dataclasses import dataclass

from corpus.models import Article
from corpus.passages import passages
from retrieval.analysis import Token, content, tokens
from retrieval.attribution import Attribution, Said, attribute

_POINTING = frozenset(
    ["he", "she", "it", "they", "this", "these", "that", "those", "his", "her", "its", "their"]
)

NOBODY: frozenset[str] = frozenset()
"""One for all sentences without a speaker: Python makes a new one each time."""

Acts = tuple[tuple[frozenset[str], frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article: where it stands and the stems of its content words, in order.

    *speaker_stems* are those of its speaker's mention, none without one; *acts* are the groups of
    each reporting verb in it ("deny"), each with the stems of who does it; *points_back* when it
    begins with a pronoun, and so tells less than it means.
    """

    start: int
    end: int
    stems: tuple[str, ...]
    speaker: Attribution | None
    speaker_stems: frozenset[str]
    acts: Acts
    points_back: bool


@dataclass(frozen=True, slots=True)
class Studied:
    """An article, read: its sentences, how many of them each passage has, and its words.

    *words* are the content tokens of each passage; *capitals* counts, stem by stem, the words inside
    sentences that are written with a capital, *lower* those that are not.
    """

    sentences: tuple[Sentence, ...]
    passage_lengths: tuple[int, ...]
    words: tuple[tuple[Token, ...], ...]
    capitals: Counter[str]
    lower: Counter[str]


def study(article: Article) -> Studied:
    """Read one article. Time is linear in its length."""
    cut = list(passages(article))
    said = iter(attribute(article.text, [bounds for passage in cut for bounds in passage]))
    mentions = _Mentions(article)
    sentences: list[Sentence] = []
    words: list[tuple[Token, ...]] = []
    capitals: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for passage in cut:
        of_passage: list[Token] = []
        for bounds in passage:
            every = list(tokens(article.text, *bounds))
            found = tuple(content(every))
            for token in found:
                written = article.text[token.start].isupper()
                # The first word of a sentence has a capital anyway: it is known, and no more.
                counted = int(token.start > every[0].start or not written)
                (capitals if written else lower)[token.stem] += counted
            points_back = bool(every) and every[0].form in _POINTING
            sentences.append(
                _sentence(bounds, found, mentions, next(said), points_back=points_back)
            )
            of_passage += found
        words.append(tuple(of_passage))
    lengths = tuple(len(passage) for passage in cut)
    return Studied(tuple(sentences), lengths, tuple(words), capitals, lower)


class _Mentions:
    """The stems of an article's speakers; one object for all sentences of one speaker."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._known: dict[tuple[int, int], frozenset[str]] = {}

    def stems(self, attribution: Attribution | None) -> frozenset[str]:
        """Return the stems of a mention, none for nobody."""
        if attribution is None:
            return NOBODY
        key = (attribution.start, attribution.end)
        if key not in self._known:
            found = content(tokens(self._text, *key))
            self._known[key] = frozenset(token.stem for token in found)
        return self._known[key]


def _sentence(
    bounds: tuple[int, int],
    words: tuple[Token, ...],
    mentions: _Mentions,
    said: Said,
    *,
    points_back: bool,
) -> Sentence:
    return Sentence(
        *bounds,
        stems=tuple(token.stem for token in words),
        speaker=said.speaker,
        speaker_stems=mentions.stems(said.speaker),
        acts=tuple((report.groups, mentions.stems(report.speaker)) for report in said.reports),
        points_back=points_back,
    )
