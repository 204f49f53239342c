"""The command line as a whole: help, mistakes, and how it ends."""

import sys
from argparse import Namespace
from pathlib import Path

import pytest

from bot import cli
from bot.cli import COMMANDS
from bot.commands import chat
from bot.settings import Settings
from tests.bot.command_line import BRIDGE, onrecord, write_corpus


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example(command: str) -> None:
    """Whoever knows the name of a command can find out how to use it."""
    ended = onrecord(command, "--help")

    assert ended.code == 0
    assert f"onrecord {command}" in ended.out.split("examples:")[1]
    assert ended.err == ""


def test_the_help_names_all_commands() -> None:
    """Whoever knows the name of the program can find its commands."""
    ended = onrecord("--help")

    assert ended.code == 0
    for command in COMMANDS:
        assert f"\n    {command} " in ended.out


def test_it_says_its_version() -> None:
    """A report of a mistake can say which version it is about."""
    assert onrecord("--version").out.strip().replace(".", "").isdigit()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["frobnicate"], "invalid choice: 'frobnicate'"),
        (["--frobnicate"], "unrecognized arguments: --frobnicate"),
        (["ask"], "a QUESTION or --questions FILE.jsonl is needed"),
        (["ask", "x", "--questions", "y"], "not both"),
        (["ask", "--questions", "y"], "--questions needs --json"),
        (["ask", "x", "--json", "--explain"], "not both"),
        (["ask", "x", "--limit", "0"], "not a number from 1"),
        (["ask", "x", "--limit", "two"], "not a number from 1"),
        (["ask", "x", "--limit", "9" * 5000], "not a number from 1"),
        (["ask", "x", "--now", "Wednsday"], 'not an ISO date: "Wednsday"'),
        (["ask", "x", "--frob\n\x1b[31mnicate"], "unrecognized arguments"),
        (["evaluate"], "FOLDER"),
    ],
)
def test_a_wrong_command_line_is_one_line_and_exit_code_2(
    arguments: list[str], complaint: str
) -> None:
    """No page of usage, no traceback, and nothing on standard output."""
    ended = onrecord(*arguments)

    assert ended.code == 2
    assert ended.out == ""
    assert complaint in ended.err
    assert ended.err.count("\n") == 1
    assert "\x1b" not in ended.err


@pytest.mark.parametrize("command", [["ask", "x"], ["chat"], ["check"], []])
def test_a_missing_corpus_is_one_line_and_exit_code_1(command: list[str], tmp_path: Path) -> None:
    """The line names the path."""
    missing = tmp_path / "nowhere"

    ended = onrecord(*command, environ={"ONRECORD_CORPUS": str(missing)})

    assert ended.code == 1
    assert ended.err == f"onrecord: {missing}: no such file or folder\n"


@pytest.mark.parametrize(
    ("name", "value"),
    [("ONRECORD_SNIPPETS", "many"), ("ONRECORD_SNIPETS", "3"), ("TELEGRAM_BOT_TOKEN", "hello")],
)
def test_a_broken_setting_is_one_line_and_exit_code_1(name: str, value: str) -> None:
    """The line names the variable."""
    ended = onrecord("check", environ={name: value})

    assert ended.code == 1
    assert ended.err.startswith(f"onrecord: {name}")
    assert ended.err.count("\n") == 1


def test_run_without_a_token_says_how_to_get_one() -> None:
    """The bot cannot run; nothing else is done instead."""
    ended = onrecord("run")

    assert ended.code == 1
    assert ended.out == ""
    assert "BotFather" in ended.err
    assert ended.err.count("\n") == 1


def test_without_a_command_and_a_token_it_chats() -> None:
    """One line says so and how to get a token; then the questions are answered."""
    ended = onrecord(stdin=b"who denied involvement?\n")

    first, *rest = ended.out.splitlines()
    assert ended.code == 0
    assert "TELEGRAM_BOT_TOKEN" in first
    assert "BotFather" in first
    assert any(line.startswith("1. “") for line in rest)


def test_without_a_command_and_questions_it_ends_well() -> None:
    """An empty standard input is no mistake."""
    ended = onrecord()

    assert ended.code == 0
    assert len(ended.out.splitlines()) == 1


def test_with_a_token_the_main_job_is_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    """The token decides; the settings reach the bot, the option before the variable."""
    seen: list[Settings] = []

    def run(settings: Settings) -> int:
        seen.append(settings)
        return 0

    monkeypatch.setattr("bot.app.run", run)

    ended = onrecord(environ={"TELEGRAM_BOT_TOKEN": "1:a"})
    told = onrecord("run", "--corpus", "elsewhere", environ={"TELEGRAM_BOT_TOKEN": "1:a"})

    assert (ended.code, told.code) == (0, 0)
    assert seen[1].corpus == Path("elsewhere")


@pytest.mark.parametrize(
    ("error", "code", "complaint"),
    [
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(), 141, ""),
        (OSError("no address"), 1, "onrecord: no address\n"),
        (OSError(28, "No space left on device"), 1, "onrecord: No space left on device\n"),
        (
            PermissionError(13, "Permission denied", "a.txt"),
            1,
            "onrecord: a.txt: Permission denied\n",
        ),
        (
            KeyError(f"x {'1234567890:' + 'a' * 35}"),
            1,
            "onrecord: a mistake of this program: KeyError: 'x [redacted]' "
            "(python -X dev -m bot says where)\n",
        ),
    ],
)
def test_whatever_goes_wrong_is_no_traceback(
    error: BaseException, code: int, complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line or none, an exit code, and never a token."""

    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr(chat, "execute", fail)
    ended = onrecord("chat")

    assert ended.code == code
    assert ended.err == complaint


def test_a_developer_is_told_where(monkeypatch: pytest.MonkeyPatch) -> None:
    """In Python's development mode a mistake of the program shows its way."""

    class DevMode:
        dev_mode = True

    def fail(*_: object) -> int:
        raise KeyError("x")

    monkeypatch.setattr(chat, "execute", fail)
    monkeypatch.setattr(sys, "flags", DevMode())
    ended = onrecord("chat")

    assert ended.code == 1
    assert "in fail" in ended.err


def test_the_option_goes_before_the_setting(tmp_path: Path) -> None:
    """`--corpus` is the nearer wish."""
    corpus = write_corpus(tmp_path / "news", [BRIDGE])

    ended = onrecord("ask", "bridge", "--corpus", str(corpus), environ={"ONRECORD_CORPUS": "/none"})

    assert ended.code == 0
    assert "Council closes the old bridge" in ended.out


def test_every_command_is_a_module_with_the_same_parts() -> None:
    """What bot/commands/__init__.py promises."""
    for command in COMMANDS.values():
        assert command.SUMMARY
        assert command.EXAMPLE.startswith("examples:")
        assert callable(command.configure)
        assert callable(command.execute)
    assert isinstance(cli.parser().parse_args([]), Namespace)
