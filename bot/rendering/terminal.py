"""Answer -> lines of a terminal, as rich texts: what to show, not how wide or on what.

Nothing of an article is read as markup, and no character of it reaches the terminal as a command.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rich.text import Text
from typing_extensions import override

from bot.rendering import wording
from bot.rendering.catalogue import Words, in_a_terminal
from retrieval.models import Answer, Contribution, Grounds, Snippet

MATCHED = "bold"
QUIET = "dim"

_CONTROLS = {code: 0x2400 + code for code in range(0x20)}
_CONTROLS |= {ord(blank): ord(" ") for blank in "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}
_CONTROLS |= {0x7F: 0x2421}
_CONTROLS |= {code: 0xFFFD for code in range(0x80, 0xA0) if code != 0x85}
_CONTROLS |= dict.fromkeys((0x202D, 0x202E), 0xFFFD)  # overrides turn the reading direction
_CONTROLS |= dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)  # has no encoding


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output: *text* holds no line break; *indent* is in columns.

    `str(line)` is what is shown where there are no styles.
    """

    text: Text
    indent: int = 0

    @override
    def __str__(self) -> str:
        return " " * self.indent + self.text.plain if self.text else ""


BLANK = Line(Text())


def harmless(text: str) -> str:
    """*text* on one line without control characters, each replaced by one visible character.

    As long as *text*, so that offsets into it stay right. A line break becomes a blank.
    """
    return text.translate(_CONTROLS)


def counted(number: int, noun: str) -> str:
    """`1 article`, `2,000 articles`: a number with its noun, which takes an s."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def days(oldest: datetime | None, newest: datetime | None) -> str:
    """`3 May 2023 to 6 May 2023`, one day if both are the same, empty if neither is known."""
    day = in_a_terminal().day
    known = [day(moment) for moment in (oldest, newest) if moment is not None]
    return " to ".join(dict.fromkeys(known))


def quotation(snippet: Snippet) -> Text:
    """The snippet in quotation marks, its highlights in bold."""
    text = Text(harmless(snippet.span.text))
    for highlight in snippet.highlights:
        start = highlight.start - snippet.span.start
        text.stylize(MATCHED, start, start + len(highlight.text))
    return Text("“") + text + Text("”")


def answer_lines(answer: Answer, *, explain: bool = False) -> Iterator[Line]:
    """The whole answer; with *explain*, what each score is made of, and what decided the outcome."""
    words = in_a_terminal()
    blocks = [_above(words, answer)]
    for heading, rank, snippet in wording.in_groups(words, answer.snippets):
        if heading:
            blocks.append([Line(Text(heading))])
        scores = _score_lines(snippet) if explain else ()
        blocks.append([*_snippet_lines(words, rank, snippet), *scores])
    if explain and answer.grounds is not None:
        blocks.append(list(_ground_lines(answer, answer.grounds)))
    below = [Line(Text(line)) for line in wording.explanation(words, answer)]
    if answer.snippets:
        blocks.append(below)
    else:
        blocks[0] += below
    yield from _apart(blocks)


def _above(words: Words, answer: Answer) -> list[Line]:
    heading = wording.heading(words, answer)
    understood = wording.understood(words, answer)
    lines = [] if heading is None else [Line(Text(heading))]
    return lines if understood is None else [*lines, Line(Text(understood, QUIET))]


def _apart(blocks: list[list[Line]]) -> Iterator[Line]:
    """The lines of all blocks, with a blank line between one block and the next."""
    for number, block in enumerate(filter(None, blocks)):
        if number:
            yield BLANK
        yield from block


def _snippet_lines(words: Words, rank: int, snippet: Snippet) -> Iterator[Line]:
    number = f"{rank}. "
    yield Line(Text(number) + quotation(snippet))
    indent = len(number)
    if snippet.speaker is not None:
        yield Line(Text(wording.speaker(words, snippet.speaker)), indent)
    yield Line(Text("".join(wording.source(words, snippet)), QUIET), indent)
    if snippet.article.url:
        yield Line(Text(harmless(snippet.article.url), QUIET), indent)


def _score_lines(snippet: Snippet) -> Iterator[Line]:
    yield from _sum_lines(snippet.contributions, {"score": snippet.score})


def _ground_lines(answer: Answer, grounds: Grounds) -> Iterator[Line]:
    """The sentence that decided the outcome, what spoke for it and against it, and what it lacks."""
    yield Line(Text(f"“{harmless(grounds.sentence.text)}”", QUIET))
    yield from _sum_lines(grounds.parts, {"total": grounds.total, "confidence": answer.confidence})
    for name, reason in (("outcome", answer.reason), ("lacking", grounds.lacking)):
        if reason is not None:
            yield Line(Text(f"{name}: {reason}", QUIET), 5)


def _sum_lines(parts: Sequence[Contribution], ends: Mapping[str, float]) -> Iterator[Line]:
    """A table of summands, and below them what they come to."""
    width = max(len(name) for name in (*ends, *(part.name for part in parts)))
    for part in parts:
        yield Line(Text(f"{harmless(part.name):<{width}}  {part.amount:+8.3f}", QUIET), 5)
    for name, amount in ends.items():
        yield Line(Text(f"{name:<{width}}  {amount:8.3f}", QUIET), 5)
