"""What README.md shows, as it ought to be: `python -m tests.readme` writes it afresh.

Three kinds of places are not written by hand: what a `console` block shows under its commands, the
JSON object, and the tables between comments. Commands run in a folder with the files that the
README gives the contents of.
"""

import json
import os
import re
import subprocess
import sys
from argparse import Action, _SubParsersAction
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel

from bot.cli import parser
from bot.commands.run import main_job
from bot.menus import ADMIN_COMMANDS, COMMANDS
from bot.rendering.catalogue import words_for
from bot.rendering.record import AnswerRecord, ArticleRecord, QuestionRecord, SnippetRecord
from bot.settings import Settings, variable
from corpus.loading import SAMPLE
from tests import picture

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"

_FILE = re.compile(
    r"^`(?P<name>[\w./-]+)`:\n\n```\w*\n(?P<content>.*?)^```$", re.MULTILINE | re.DOTALL
)
_CONSOLE = re.compile(r"(?<=^```console\n)(?P<session>.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_WRITTEN = re.compile(
    r"(?<=^<!-- )(?P<kind>\w+): (?P<what>[^\n]*?) -->\n(?P<content>.*?)(?=^<!-- end -->$)",
    re.MULTILINE | re.DOTALL,
)
_ELAPSED = re.compile(r'(?<="elapsed_ms": )[\d.]+')
_FRACTION = re.compile(r"\d+\.\d{4,}")
_PAIR = re.compile(r"\[\s+(\d+),\s+(\d+)\s+\]")


def given_files(text: str) -> dict[str, str]:
    """Return the files that a reader is shown, each by its name."""
    return {match["name"]: match["content"] for match in _FILE.finditer(text)}


def write_files(folder: Path, files: Mapping[str, str]) -> None:
    """Write *files* below *folder*."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def sessions(text: str) -> list[str]:
    """Return what the console blocks hold: lines with `$ `, each followed by what is printed."""
    return [match["session"] for match in _CONSOLE.finditer(text)]


def session(shown: str, folder: Path) -> str:
    """Return the session *shown* as it really goes in *folder*."""
    typed = [line.removeprefix("$ ") for line in shown.splitlines() if line.startswith("$ ")]
    return "".join(f"$ {one}\n{printed(one, folder)}" for one in typed)


def printed(typed: str, folder: Path) -> str:
    """Run *typed* as in a shell with the environment activated and no setting; return its output.

    Raises CalledProcessError when it fails.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("ONRECORD_", "TELEGRAM_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{kept.get('PATH', '')}"
    ended = subprocess.run(
        ["sh", "-c", typed],
        cwd=folder,
        env={**kept, "PATH": path, "ONRECORD_INDEX": "none"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=True,
        timeout=60,
    )
    # A table is drawn with blanks to its right and blank lines around it.
    lines = "\n".join(line.rstrip() for line in ended.stdout.splitlines())
    return lines.strip("\n") + "\n"


def written(text: str) -> list[tuple[str, str, str]]:
    """Return the places between comments: kind (json or table), what it is of, and what is there."""
    return [(match["kind"], match["what"], match["content"]) for match in _WRITTEN.finditer(text)]


def made(kind: str, what: str, folder: Path) -> str:
    """Return what ought to be in such a place."""
    return TABLES[what]() if kind == "table" else _object(what, folder)


def settled(shown: str) -> str:
    """Return *shown* without what differs from run to run and from machine to machine."""
    rounded = _FRACTION.sub(lambda number: f"{float(number[0]):.3f}", shown)
    return _ELAPSED.sub("0", rounded)


def renewed(text: str) -> str:
    """Return the README *text* as it ought to be; unchanged where it is true already."""

    def kept(shown: str, real: str) -> str:
        return shown if settled(shown) == settled(real) else real

    def afresh(match: re.Match[str]) -> str:
        kind, what = match["kind"], match["what"]
        return f"{kind}: {what} -->\n{kept(match['content'], made(kind, what, folder))}"

    with TemporaryDirectory() as name:
        folder = Path(name)
        write_files(folder, given_files(text))
        text = _CONSOLE.sub(lambda m: kept(m["session"], session(m["session"], folder)), text)
        return _WRITTEN.sub(afresh, text)


def _object(typed: str, folder: Path) -> str:
    shown = json.dumps(json.loads(printed(typed, folder)), ensure_ascii=False, indent=2)
    # Offsets one a line would make it three times as long.
    shown = _PAIR.sub(r"[\1, \2]", shown)
    return f"```json\n{shown}\n```\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of Markdown."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    cells = ([cell.replace("|", r"\|") for cell in line] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in cells)


def settings_table() -> str:
    """Every setting, its default and its meaning."""
    fields = Settings.model_fields.items()
    rows = ((f"`{variable(k)}`", default(k), v.description or "") for k, v in fields)
    return table(["Variable", "Default", "Meaning"], rows)


def default(field: str) -> str:
    """Return the default of a setting in words."""
    value = Settings.model_fields[field].default
    if value == SAMPLE:
        return "the bundled sample"
    return f"`{value}`" if value not in (None, frozenset()) else "none"


def commands_table() -> str:
    """Every command of the command line with its arguments."""
    return table(["Command", "Argument", "Meaning"], _command_rows())


def _command_rows() -> Iterator[tuple[str, str, str]]:
    yield "`onrecord`", "", _sentence(main_job.__doc__ or "")
    yield "", "`--version`", "Print the version."
    for action in parser()._actions:
        if not isinstance(action, _SubParsersAction):
            continue
        for name, command in action.choices.items():
            yield f"`onrecord {name}`", "", command.description or ""
            for argument in command._actions:
                if argument.dest != "help":
                    yield "", f"`{_spelt(argument)}`", _sentence(argument.help or "")


def _spelt(argument: Action) -> str:
    value = argument.metavar if isinstance(argument.metavar, str) else ""
    return " ".join(filter(None, [*argument.option_strings, value]))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '?')) else '.'}"


def chat_table() -> str:
    """Every command of a chat."""
    rows = (
        (f"`/{name}`", _described(name) + ("" if name in COMMANDS else " For admins only."))
        for name in ADMIN_COMMANDS
    )
    return table(["Command", "Meaning"], rows)


def _described(name: str) -> str:
    return _sentence(words_for(None)(f"menu-{name}"))


def fields_table(model: type[BaseModel]) -> Callable[[], str]:
    """Return what makes the table of a model's fields."""

    def made() -> str:
        properties = model.model_json_schema(mode="serialization")["properties"]
        rows = (
            (f"`{name}`", _kind(schema), model.model_fields[name].description or "")
            for name, schema in properties.items()
        )
        return table(["Field", "Type", "Meaning"], rows)

    return made


_NAMES = {"SnippetRecord": "snippet", "ArticleRecord": "article"}


def _kind(schema: Mapping[str, Any]) -> str:
    """Return a JSON schema in words."""
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if "$ref" in schema:
        return _NAMES.get(schema["$ref"].rpartition("/")[2], "string")
    if "prefixItems" in schema:
        return f"[{', '.join(map(_kind, schema['prefixItems']))}]"
    if schema["type"] == "array":
        item = _kind(schema["items"])
        return f"list of {item}s" if item.isalpha() else f"list of {item}"
    return str(schema["type"])


TABLES: dict[str, Callable[[], str]] = {
    "settings": settings_table,
    "commands": commands_table,
    "chat": chat_table,
    "answer": fields_table(AnswerRecord),
    "snippet": fields_table(SnippetRecord),
    "article": fields_table(ArticleRecord),
    "question": fields_table(QuestionRecord),
}

if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
    if picture.page(picture.reply()) != picture.PAGE.read_text(encoding="utf-8"):
        print("The picture shows another answer than now: python -m tests.picture")  # noqa: T201 - a command
