"""What the bot says of an answer in its own words, the same in Telegram and in a terminal.

Every function is pure and returns plain text on one line, without a line break at the end. The
quoted words never pass through here.
"""

from collections.abc import Iterable, Sequence
from functools import reduce

from bot.rendering.catalogue import Said, Words
from bot.rendering.lines import on_one_line
from corpus.models import Article
from retrieval.models import Answer, Note, Outcome, Reason, Searched, Side, Snippet, Speaker

_SHOWN = 5
"""Notes, and unknown words, that are told; a question of nothing else would fill the message."""


def heading(words: Words, answer: Answer) -> Said | None:
    """The line above the snippets, which tells a kind of answer from the others at a glance.

    None for an answer proper: it needs no words of ours before the quotation.
    """
    match answer.outcome:
        case Outcome.ANSWERED if answer.snippets:
            return None
        case Outcome.RELATED if answer.snippets:
            return words("heading-closest")
        case Outcome.RELATED:
            return words("heading-related")
        case _:
            return words("heading-nothing")


def reason(words: Words, answer: Answer) -> Said | None:
    """Why there is no answer proper, or None when there is one or no reason was given."""
    if answer.outcome is Outcome.ANSWERED or answer.reason is None:
        return None
    return words(f"reason-{answer.reason}")


def unknown(words: Words, answer: Answer) -> Said | None:
    """Which words of the question the corpus does not have, or None if it has them all."""
    if not answer.unknown:
        return None
    quoted = [words("quoted-word", word=on_one_line(word, 40)) for word in answer.unknown[:_SHOWN]]
    return words("words-unknown", words=words.listed(quoted, "or"))


def note(words: Words, read: Note) -> Said:
    """One thing that was read into a question."""
    values = {
        name: on_one_line(value, 100) if isinstance(value, str) else value
        for name, value in read.values.items()
    }
    return words(f"understood-{read.kind}", **values)


def understood(words: Words, answer: Answer) -> Said | None:
    """What was read into the question (dates, a name), and how fresh what was found is; or None."""
    notes = [note(words, read) for read in answer.understood[:_SHOWN]]
    lines: list[str] = []
    if notes:
        lines.append(words("understood", notes=_side_by_side(words, "understood-two", notes)))
    if answer.newest_match is not None:
        lines.append(words("newest-match", day=answer.newest_match))
    return Said(" ".join(lines)) if lines else None


def searched(words: Words, where: Searched) -> Said:
    """`Searched 12 articles, 3 May 2023 to 6 May 2023.`"""
    days = [words.day(moment) for moment in (where.oldest, where.newest) if moment is not None]
    match list(dict.fromkeys(days)):
        case [first, last]:
            return words("searched-days", articles=where.articles, first=first, last=last)
        case [day]:
            return words("searched-day", articles=where.articles, day=day)
        case _:
            return words("searched", articles=where.articles)


def explanation(words: Words, answer: Answer) -> tuple[Said, ...]:
    """All lines that say why this is no answer proper and what was searched; empty if it is one."""
    if answer.outcome is Outcome.ANSWERED and answer.snippets:
        return ()
    why, lacking = reason(words, answer), unknown(words, answer)
    lines: tuple[Said | None, ...]
    match answer.reason:
        case Reason.EMPTY_CORPUS:
            lines = (why,)  # it lacks every word, and nothing was searched
        case Reason.UNKNOWN_WORDS if lacking is not None:
            lines = (lacking, searched(words, answer.searched))
        case _:
            lines = (why, lacking, searched(words, answer.searched))
    return tuple(line for line in lines if line is not None)


def in_groups(words: Words, snippets: Sequence[Snippet]) -> list[tuple[str, int, Snippet]]:
    """The snippets with their ranks, the sides of a dispute apart; the first of a group has its heading.

    Claims come first, then denials, then what is on neither side. Without sides there are no
    headings, and the order is that of the ranks.
    """
    found: list[tuple[str, int, Snippet]] = []
    disputed = any(snippet.side is not None for snippet in snippets)
    for side in (*Side, None):
        group = [(n, s) for n, s in enumerate(snippets, 1) if s.side is side]
        for number, (rank, snippet) in enumerate(group):
            begins = disputed and number == 0
            found.append((words(f"side-{side or 'neither'}") if begins else "", rank, snippet))
    return found


def speaker(words: Words, who: Speaker) -> Said | str:
    """Who says it, and `(inferred)` when that had to be worked out."""
    name = on_one_line(who.name, 120)
    return words("speaker-inferred", speaker=name) if who.inferred else name


def title(words: Words, article: Article) -> Said | str:
    """The title on one line, at most 200 characters, or `Untitled`."""
    return on_one_line(article.title, 200) or words("untitled")


def source(
    words: Words, snippet: Snippet, *, day: Said | None = None, paragraph: Said | None = None
) -> tuple[str, str, str]:
    """The whole citation without the speaker: what is before the title, the title, what is after it.

    `A title`, and `, Example Times, 4 May 2023, paragraph 3; also in 4 articles (5 articles, 2
    independent)`. *day* and
    *paragraph* stand for the words that are said of those, where they are to be found again.
    """
    said = details(words, snippet, day=day, paragraph=paragraph)
    headline = title(words, snippet.article)
    if not snippet.also_in:
        return words.around("source", "title", title=headline, details=said)
    also = words(
        "also-independent",
        also=words("also-in", articles=len(snippet.also_in)),
        all=1 + len(snippet.also_in),
        independent=snippet.independent,
    )
    return words.around("source-also", "title", title=headline, details=said, also=also)


def details(
    words: Words,
    snippet: Snippet,
    *,
    publisher: int = 80,
    day: Said | None = None,
    paragraph: Said | None = None,
) -> str:
    """`Example Times, 4 May 2023, paragraph 3`, at most *publisher* characters of the first.

    `summary only` behind it where the source gave no more of the article.
    """
    article = snippet.article
    parts: list[str] = []
    if name := on_one_line(article.publisher or "", publisher):
        parts.append(name)
    if article.published_at is not None:
        parts.append(day or words.day(article.published_at))
    parts.append(paragraph or words("paragraph", number=snippet.paragraph))
    if article.is_summary:
        parts.append(words("summary-only"))
    return _side_by_side(words, "source-two", parts)


def _side_by_side(words: Words, message_id: str, parts: Iterable[str]) -> str:
    return reduce(lambda one, two: words(message_id, one=one, two=two), parts)
