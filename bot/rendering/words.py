"""What the bot says of an answer in its own words, the same in Telegram and in a terminal.

Every function is pure and returns plain text on one line, without a line break at the end. What
comes from an article or a question is put on one line and freed of control characters; the words of
a quotation never pass through here.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime

from corpus.models import Article
from retrieval.models import Answer, Outcome, Reason, Searched, Side, Snippet, Speaker

UNTITLED = "Untitled"

_REASONS = {
    Reason.EMPTY_QUESTION: "The question holds no word to search for.",
    Reason.EMPTY_CORPUS: "There are no articles to search yet.",
    Reason.NO_DATES: "No article was published in the time that you ask about.",
    Reason.UNKNOWN_WORDS: "No article has the words of the question.",
    Reason.UNKNOWN_NAME: "No passage that was found has the name that you ask about.",
    Reason.NO_SPEAKER: "No article quotes the speaker that you ask about on this.",
    Reason.NO_SUCH_DETAIL: "No sentence that was found has the number, date or act that you ask for.",
    Reason.TOO_LITTLE: "Too few of the question's words stand together in any sentence.",
}

_SIDES = {Side.CLAIM: "What is claimed", Side.DENIAL: "What is denied", None: "Also on this"}

_NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories without a place in a line of ours: controls, overrides, lone surrogates."""

_JOINERS = frozenset("\u200c\u200d")
"""Cf all the same, but Persian words and emoji are spelt with them."""


def on_one_line(text: str, limit: int = 300) -> str:
    """*text* with blanks joined and unprintable characters left out, at most *limit* characters.

    A text that was cut ends with an ellipsis. For titles, names and messages; not for quotations.
    """
    shown = (
        " " if c.isspace() else c
        for c in text
        if c.isspace() or c in _JOINERS or unicodedata.category(c) not in _NOT_SHOWN
    )
    line = " ".join("".join(shown).split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def counted(number: int, noun: str) -> str:
    """`1 article`, `2,000 articles`: a number with its noun, which takes an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def listed(things: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, end = things
    return f"{', '.join(most)} {last} {end}" if most else end


def day(moment: datetime) -> str:
    """`4 May 2023`, in the time zone that *moment* carries."""
    return f"{moment.day} {moment:%B} {moment.year}"


def days(oldest: datetime | None, newest: datetime | None) -> str:
    """`3 May 2023 to 6 May 2023`, one day if both are the same, empty if neither is known."""
    known = [day(moment) for moment in (oldest, newest) if moment is not None]
    return " to ".join(dict.fromkeys(known))


def heading(answer: Answer) -> str | None:
    """The line above the snippets, which tells a kind of answer from the others at a glance.

    None for an answer proper: it needs no words of ours before the quotation.
    """
    match answer.outcome:
        case Outcome.ANSWERED if answer.snippets:
            return None
        case Outcome.RELATED if answer.snippets:
            return "No sentence answers this. The closest that was found:"
        case Outcome.RELATED:
            return "No sentence answers this."
        case _:
            return "Nothing found."


def reason_in_words(answer: Answer) -> str | None:
    """Why there is no answer proper, or None when there is one or no reason was given."""
    if answer.outcome is Outcome.ANSWERED or answer.reason is None:
        return None
    return _REASONS[answer.reason]


def unknown_in_words(answer: Answer) -> str | None:
    """Which words of the question the corpus does not have, or None if it has them all."""
    if not answer.unknown:
        return None
    names = listed((f"“{on_one_line(word, 40)}”" for word in answer.unknown[:5]), "or")
    return f"No article has {names}."


def understood_in_words(answer: Answer) -> str | None:
    """What was read into the question (dates, a name), and how fresh what was found is; or None."""
    notes = [on_one_line(note, 120) for note in answer.understood[:5]]
    lines = [f"Understood: {'; '.join(notes)}."] if notes else []
    if answer.newest_match is not None:
        lines.append(f"Newest matching article: {day(answer.newest_match)}.")
    return " ".join(lines) or None


def searched_in_words(searched: Searched) -> str:
    """`Searched 12 articles, 3 May 2023 to 6 May 2023.`"""
    parts = [f"Searched {counted(searched.articles, 'article')}"]
    if dates := days(searched.oldest, searched.newest):
        parts.append(dates)
    return ", ".join(parts) + "."


def explanation(answer: Answer) -> tuple[str, ...]:
    """All lines that say why this is no answer proper and what was searched; empty if it is one."""
    if answer.outcome is Outcome.ANSWERED and answer.snippets:
        return ()
    lines = (reason_in_words(answer), unknown_in_words(answer), searched_in_words(answer.searched))
    return tuple(line for line in lines if line is not None)


def in_groups(snippets: Sequence[Snippet]) -> list[tuple[str, int, Snippet]]:
    """The snippets with their ranks, the sides of a dispute apart; the first of a group has its heading.

    Claims come first, then denials, then what is on neither side. Without sides there are no
    headings, and the order is that of the ranks.
    """
    found: list[tuple[str, int, Snippet]] = []
    disputed = any(snippet.side is not None for snippet in snippets)
    for side in (*Side, None):
        group = [(n, s) for n, s in enumerate(snippets, 1) if s.side is side]
        for number, (rank, snippet) in enumerate(group):
            found.append((_SIDES[side] if disputed and number == 0 else "", rank, snippet))
    return found


def speaker_in_words(speaker: Speaker) -> str:
    """Who says it, and `(inferred)` when that had to be worked out."""
    name = on_one_line(speaker.name, 120)
    return f"{name} (inferred)" if speaker.inferred else name


def title(article: Article) -> str:
    """The title on one line, at most 200 characters, or `Untitled`."""
    return on_one_line(article.title, 200) or UNTITLED


def source_details(snippet: Snippet) -> str:
    """What follows the title: `Example Times, 4 May 2023, paragraph 3`."""
    article = snippet.article
    parts = [on_one_line(article.publisher or "", 80)]
    if article.published_at is not None:
        parts.append(day(article.published_at))
    parts.append(f"paragraph {snippet.paragraph}")
    return ", ".join(part for part in parts if part)


def source_line(snippet: Snippet) -> str:
    """The whole citation without the speaker: title, publisher, date, paragraph."""
    return f"{title(snippet.article)}, {source_details(snippet)}"


def also_in_words(snippet: Snippet) -> str | None:
    """`also in 2 articles`, or None when no other article prints the sentence."""
    if not snippet.also_in:
        return None
    return f"also in {counted(len(snippet.also_in), 'article')}"
