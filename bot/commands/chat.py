"""`onrecord chat`: questions and answers in the terminal."""

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime

from rich.text import Text

from bot.commands.corpora import add_corpus_option, read_corpus
from bot.rendering.terminal import BLANK, Line, answer_lines, counted
from bot.screen import Screen
from bot.settings import Settings

SUMMARY = "ask in the terminal, question after question"
EXAMPLE = """\
examples:
  onrecord chat
  onrecord chat --corpus news/
  onrecord chat < questions.txt
"""


def configure(parser: ArgumentParser) -> None:
    """Add the arguments of `chat`."""
    add_corpus_option(parser)


def execute(options: Namespace, settings: Settings, screen: Screen) -> int:  # noqa: ARG001 - as all
    """Answer each line of standard input until it ends."""
    snapshot = read_corpus(settings, screen)
    if screen.interactive:
        articles = counted(snapshot.index.searched.articles, "article")
        screen.say(f"{articles} to ask about. End with Ctrl-D.")
        for example in snapshot.examples:
            screen.show([Line(Text(f"such as: {example}"), 2)])
    for question in screen.questions("\n> "):
        if not screen.interactive:
            screen.say(f"> {question}")
        answer = snapshot.answer(question, limit=settings.snippets, now=datetime.now(UTC))
        screen.show([*answer_lines(answer), BLANK])
    if screen.interactive:
        screen.say()  # so that the shell's prompt does not stand beside ours
    return 0
