"""`onrecord ask`: one question, or a file of them."""

import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.commands.corpora import add_corpus_option, read_corpus
from bot.rendering.record import AnswerRecord, moment, read_question, record
from bot.rendering.terminal import answer_lines
from bot.screen import Screen
from bot.settings import Settings
from bot.snapshots import Snapshot

SUMMARY = "answer one question, or a file of questions"
EXAMPLE = """\
examples:
  onrecord ask "who denied involvement?"
  onrecord ask "who denied involvement?" --corpus news/ --limit 5 --json
  onrecord ask --questions questions.jsonl --json > answers.jsonl
"""

_JSON_LIMIT = 10
"""Programs want more to choose from than people do."""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `ask`."""
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="in plain words")
    add_corpus_option(parser)
    parser.add_argument(
        "--questions",
        metavar="FILE.jsonl",
        help='answer each {"id", "question"} line (optional "now") instead; - is standard input',
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object a question")
    parser.add_argument(
        "--limit",
        type=_at_least_one,
        metavar="N",
        help=f"at most N snippets (default: ONRECORD_SNIPPETS, or {_JSON_LIMIT} with --json)",
    )
    parser.add_argument(
        "--now",
        type=_moment,
        metavar="ISO",
        help="the date that 'yesterday' is counted from (default: today)",
    )
    parser.add_argument(
        "--explain", action="store_true", help="show what each score is made of, and what decided"
    )


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:
    """Answer. 1 if a line of the questions file could not be answered."""
    _refuse_contradictions(options)
    if options.questions is not None:
        with _lines(options.questions, screen) as lines:
            snapshot = read_corpus(settings, screen)
            return _answer_lines(lines, snapshot, options, screen)
    snapshot = read_corpus(settings, screen)
    question = " ".join(options.question)
    if options.json:
        screen.record(_answered(snapshot, None, question, options).model_dump())
    else:
        limit = options.limit or settings.snippets
        answer = snapshot.answer(question, limit=limit, now=_now(options.now))
        screen.show(answer_lines(answer, explain=options.explain))
    return 0


def _refuse_contradictions(options: Namespace) -> None:
    if options.questions is None and not options.question:
        options.refuse("a QUESTION or --questions FILE.jsonl is needed")
    if options.questions is not None and options.question:
        options.refuse("either a QUESTION or --questions, not both")
    if options.questions is not None and not options.json:
        options.refuse("--questions needs --json (for plain text: onrecord chat < FILE)")
    if options.explain and options.json:
        options.refuse("--explain is for people, --json for programs; not both")


@contextmanager
def _lines(name: str, screen: Screen) -> Iterator[Iterable[bytes]]:
    if name == "-":
        yield screen.lines()
        return
    with Path(name).open("rb") as lines:
        yield lines


def _answer_lines(
    lines: Iterable[bytes], snapshot: Snapshot, options: Namespace, screen: Screen
) -> int:
    """Answer each line at once, in order. A broken one is named on standard error, the rest go on."""
    name = "<stdin>" if options.questions == "-" else options.questions
    broken = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = read_question(line)
        except ValueError as error:
            screen.complain(f"{name}:{number}: {error}")
            broken += 1
        else:
            answered = _answered(snapshot, asked.id, asked.question, options, asked.now)
            screen.record(answered.model_dump())
    return 1 if broken else 0


def _answered(
    snapshot: Snapshot,
    id: str | int | None,  # noqa: A002 - the name that the public JSON has
    question: str,
    options: Namespace,
    now: datetime | None = None,
) -> AnswerRecord:
    began = time.perf_counter()
    answer = snapshot.answer(
        question, limit=options.limit or _JSON_LIMIT, now=_now(now or options.now)
    )
    return record(answer, id=id, elapsed_ms=(time.perf_counter() - began) * 1000)


def _now(given: datetime | None) -> datetime:
    return given or datetime.now(UTC)


def _at_least_one(value: str) -> int:
    if not (value.isascii() and value.isdecimal() and 1 <= len(value) <= 6 and int(value) >= 1):
        raise ArgumentTypeError(f"not a number from 1 to 999999: {value[:40]!r}")
    return int(value)


def _moment(value: str) -> datetime:
    try:
        return moment(value)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None
