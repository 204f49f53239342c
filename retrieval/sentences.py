"""An article's sentences as questions need them: their words, who says them, what is done by saying."""

from collections import Counter
from dataclasses import dataclass

from corpus.models import Article
from corpus.passages import passages
from retrieval.analysis import Token, content, tokens
from retrieval.attribution import Attribution, Said, attribute

_POINTING = frozenset("he she it they this these that those his her its their".split())

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
    mentions: dict[tuple[int, int], frozenset[str]] = {}
    sentences: list[Sentence] = []
    words: list[tuple[Token, ...]] = []
    capitals: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for passage in cut:
        of_passage: list[Token] = []
        for bounds in passage:
            every = list(tokens(article.text, *bounds))
            found = list(content(every))
            for token in found:
                inside = token.start > every[0].start
                counted = capitals if article.text[token.start].isupper() else lower
                if inside or counted is lower:
                    counted[token.stem] += 1
                else:
                    capitals[token.stem] += 0
            points_back = bool(every) and every[0].form in _POINTING
            sentences.append(_sentence(article, bounds, found, next(said), points_back, mentions))
            of_passage += found
        words.append(tuple(of_passage))
    lengths = tuple(len(passage) for passage in cut)
    return Studied(tuple(sentences), lengths, tuple(words), capitals, lower)


def _sentence(  # noqa: PLR0913  # the parts of one record, gathered in one place
    article: Article,
    bounds: tuple[int, int],
    words: list[Token],
    said: Said,
    points_back: bool,  # noqa: FBT001  # a part of the record, not an option
    mentions: dict[tuple[int, int], frozenset[str]],
) -> Sentence:
    def stems_of(attribution: Attribution | None) -> frozenset[str]:
        """Return the stems of a mention; one object for all sentences of one speaker."""
        if attribution is None:
            return frozenset()
        key = (attribution.start, attribution.end)
        if key not in mentions:
            mentions[key] = frozenset(t.stem for t in content(tokens(article.text, *key)))
        return mentions[key]

    return Sentence(
        *bounds,
        stems=tuple(token.stem for token in words),
        speaker=said.speaker,
        speaker_stems=stems_of(said.speaker),
        acts=tuple((report.groups, stems_of(report.speaker)) for report in said.reports),
        points_back=points_back,
    )
